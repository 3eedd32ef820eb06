/**
 * Whether a value is an object as JSON.parse returns it, not an instance of a class. A Proxy around such an
 * object passes.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm has its own Object.prototype, which like ours has no prototype.
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(Object(prototype), "hasOwnProperty"))
  );
}

/** Whether a value is an object of any class; not an array or null. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text after "expected" for a value that is not a plain object. */
export function expectedObject(value: unknown): string {
  return isObject(value) ? "a plain object" : "an object";
}
