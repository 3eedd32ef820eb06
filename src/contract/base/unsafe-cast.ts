/** Casts a value to a type that the caller knows it to have, because rules have checked it. */
export function unsafeCast<T>(value: unknown): T;
export function unsafeCast(value: unknown): unknown {
  return value;
}
