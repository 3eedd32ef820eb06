/** A value that the rules have proven to be of a type, given back under that type. */
export function unsafeCast<T>(value: unknown): T;
export function unsafeCast(value: unknown): unknown {
  return value;
}
