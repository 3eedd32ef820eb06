/** The message of the issue `required`. */
export const keyRequired = "this key is required";
