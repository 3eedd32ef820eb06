/** The message of the issue `required`. */
export const keyRequired = "this key is required";
/** The message of the issue `unknown_key` of a JSON key. */
export const noSuchKey = "the message has no such key";
/** The message of the issue `unknown_key` of a property. */
export const noSuchProperty = "the message has no such property";
