/** The text of an issue `required`. */
export const keyRequired = "this key is required";
