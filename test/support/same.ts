import { hex, sameBytes } from "./binary/bytes.js";

/**
 * The path of the first difference of two values, or undefined. Compares own properties, prototypes, and
 * the bits of numbers and bytes. The order of properties matters in maps and JSON objects, not in messages.
 */
export function difference(one: unknown, other: unknown, path = ""): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return `${path}: ${show(one)} is not ${show(other)}`;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return `${path}: prototypes`;
  if (one instanceof Uint8Array && other instanceof Uint8Array) {
    if (sameBytes(one, other)) return undefined;
    return `${path}: ${show(one)} is not ${show(other)}`;
  }
  const [keys, others] = [keysOf(one), keysOf(other)];
  if (keys.length !== others.length || keys.some((key, index) => key !== others[index])) {
    return `${path}: properties ${keys.map(String)} are not ${others.map(String)}`;
  }
  for (const key of keys) {
    const found = difference(
      propertyOf(one, key),
      propertyOf(other, key),
      `${path}.${String(key)}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function keysOf(object: object): readonly PropertyKey[] {
  if (!("$typeName" in object)) return Reflect.ownKeys(object);
  return Reflect.ownKeys(object).sort((one, other) => (String(one) < String(other) ? -1 : 1));
}

/** The value of an own property; for `__proto__` its property descriptor. */
function propertyOf(object: object, key: PropertyKey): unknown {
  if (key === "__proto__") return Object.getOwnPropertyDescriptor(object, key);
  return Reflect.get(object, key);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Uint8Array) return `bytes ${hex(value)}`;
  return typeof value === "bigint" ? `${value}n` : `${JSON.stringify(value)}`;
}
