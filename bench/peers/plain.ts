import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { isJsonObject } from "../limits/descriptors.js";

/** How a format that knows no protobuf holds what not all formats have. */
export interface PlainShape {
  /** An integer of 64 bits. */
  integer(value: bigint): unknown;
  bytes(value: Uint8Array): unknown;
  /** The JSON object of a google.protobuf.Struct. */
  json(value: unknown): unknown;
  /** Fields that are not set are `missing` keys or `null`. */
  readonly absent: "missing" | "null";
}

/** The shape for formats without a schema: integers are as small as the format can write them. */
export const schemalessShape: PlainShape = {
  integer: (value) => (BigInt.asIntN(54, value) === value ? Number(value) : value),
  bytes: (value) => value,
  json: (value) => value,
  absent: "missing",
};

/** The fields of a message as an object of its own, without the names of message types. */
export function toPlain(
  schema: DescMessage,
  message: object,
  shape: PlainShape,
): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const field of schema.fields) {
    const value = fieldValue(field, message);
    if (value !== undefined) plain[field.localName] = plainField(field, value, shape);
    else if (shape.absent === "null") plain[field.localName] = null;
  }
  return plain;
}

function fieldValue({ localName, oneof }: DescField, message: object): unknown {
  if (oneof === undefined) return Reflect.get(message, localName);
  const member: unknown = Reflect.get(message, oneof.localName);
  if (!isObject(member)) throw new Error(`the oneof ${oneof.localName} is no object`);
  return Reflect.get(member, "case") === localName ? Reflect.get(member, "value") : undefined;
}

function plainField(field: DescField, value: unknown, shape: PlainShape): unknown {
  if (Array.isArray(value)) return value.map((item) => plainValue(field, item, shape));
  if (field.fieldKind !== "map" || !isObject(value)) return plainValue(field, value, shape);
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, plainValue(field, item, shape)]));
}

function plainValue(field: DescField, value: unknown, shape: PlainShape): unknown {
  if (typeof value === "bigint") return shape.integer(value);
  if (value instanceof Uint8Array) return shape.bytes(value);
  if (isJsonObject(field)) return shape.json(value);
  return field.message !== undefined && isObject(value)
    ? toPlain(field.message, value, shape)
    : value;
}

/** True for objects, arrays included. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The same value of plain objects and arrays only, with bytes as Uint8Array, so that it can be compared. */
export function normalize(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(normalize);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalize(item)]));
}
