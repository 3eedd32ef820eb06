import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { contentOf, recordsOf, type WireRecord } from "./bytes.js";

/**
 * The number of elements in the bytes of a message, counted by descriptor: sub-messages, texts, byte arrays,
 * map entries with their keys, and unknown fields.
 */
export function countElements(schema: DescMessage, bytes: Uint8Array): number {
  const fields = new Map(schema.fields.map((field) => [field.number, field]));
  return sum(recordsOf(bytes).map((record) => ofRecord(fields.get(record.no), record)));
}

function ofRecord(field: DescField | undefined, { wireType, value }: WireRecord): number {
  if (field === undefined) return 1;
  if (field.fieldKind === "map") {
    if (wireType !== 2) return 1;
    const values = recordsOf(contentOf(value)).filter(({ no }) => no === 2);
    return 1 + sum(values.map((record) => ofValue(field.message, field.scalar, record)));
  }
  const expected = wireTypeOf(field);
  if (wireType === expected) return ofValue(field.message, field.scalar, { wireType, value });
  return field.fieldKind === "list" && wireType === 2 ? 0 : 1;
}

type Value = Pick<WireRecord, "wireType" | "value">;

function ofValue(
  message: DescMessage | undefined,
  scalar: ScalarType | undefined,
  { value }: Value,
): number {
  if (message !== undefined) return 1 + countElements(message, contentOf(value));
  return scalar === ScalarType.STRING || scalar === ScalarType.BYTES ? 1 : 0;
}

function wireTypeOf({ message, scalar }: DescField): number {
  if (message !== undefined) return 2;
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return 2;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return 1;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return 5;
    default:
      return 0;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
