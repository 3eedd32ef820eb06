/** A value that the rules have proven to be of a type, given back under that type. */
export function proven<T>(value: unknown): T;
export function proven(value: unknown): unknown {
  return value;
}
