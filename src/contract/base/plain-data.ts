/**
 * True for what JSON.parse gives for an object: own plain properties, no class behind them. A Proxy
 * around such an object passes.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm has an Object.prototype of its own; like ours, nothing stands behind it.
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(Object(prototype), "hasOwnProperty"))
  );
}

/** True for objects of any class; not for arrays and null, whose words say enough. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is expected where a value is no plain object. */
export function expectedObject(value: unknown): string {
  return isObject(value) ? "a plain object" : "an object";
}
