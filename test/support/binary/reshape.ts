import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { onceIn, pick, type Random, shuffled } from "../random.js";
import {
  concat,
  contentOf,
  recordsOf,
  sized,
  tag,
  valuesOf,
  varint,
  type WireRecord,
  write,
} from "./bytes.js";

/**
 * Another valid encoding of a message: fields in another order, repeated, split into parts to be merged,
 * packed or not, with padded varints. It may decode to another message, but it is always valid.
 */
export function reshape(schema: DescMessage, bytes: Uint8Array, random: Random): Uint8Array {
  const fields = new Map(schema.fields.map((field) => [field.number, field]));
  const records = recordsOf(bytes).flatMap((record) => {
    const field = fields.get(record.no);
    const others = field === undefined ? [record] : reshapeField(field, record, random);
    return onceIn(random, 8) ? [...others, ...others] : others;
  });
  const ordered = onceIn(random, 2) ? shuffled(random, records) : records;
  return join(ordered, random);
}

function join(records: readonly WireRecord[], random: Random): Uint8Array {
  return concat(...records.map((record) => write(record, tagWidth(random))));
}

function tagWidth(random: Random): number {
  return onceIn(random, 12) ? pick(random, [2, 3, 4, 5]) : 1;
}

function reshapeField(field: DescField, record: WireRecord, random: Random): WireRecord[] {
  const { no, wireType, value } = record;
  const packed = wireTypeOf(field);
  if (wireType !== 2) {
    if (wireType !== packed) return [record];
    const wide = wireType === 0 && onceIn(random, 6) ? widen(value, random) : value;
    if (field.fieldKind !== "list" || !onceIn(random, 4)) return [{ no, wireType, value: wide }];
    return [{ no, wireType: 2, value: sized(wide) }];
  }
  const content = contentOf(value);
  const width = onceIn(random, 10) ? pick(random, [2, 3, 5, 10]) : 1;
  if (field.fieldKind === "map") {
    return [{ no, wireType, value: sized(reshapeEntry(field, content, random), width) }];
  }
  if (field.message !== undefined) {
    const other = reshape(field.message, content, random);
    return cut(other, random).map((part) => ({ no, wireType, value: sized(part, width) }));
  }
  if (packed === 2 || field.fieldKind !== "list") {
    return [{ no, wireType, value: sized(content, width) }];
  }
  const values = valuesOf(content, packed);
  if (onceIn(random, 3)) return values.map((item) => ({ no, wireType: packed, value: item }));
  const middle = Math.floor(random() * values.length);
  const runs = [values.slice(0, middle), values.slice(middle)];
  return runs.map((run) => ({ no, wireType: 2, value: sized(concat(...run), width) }));
}

/** Sometimes splits a message into two records: a decoder merges them. */
function cut(message: Uint8Array, random: Random): Uint8Array[] {
  if (!onceIn(random, 4)) return [message];
  const records = recordsOf(message).map((record) => write(record));
  const middle = Math.floor(random() * records.length);
  return [concat(...records.slice(0, middle)), concat(...records.slice(middle))];
}

function reshapeEntry(
  field: DescField & { fieldKind: "map" },
  entry: Uint8Array,
  random: Random,
): Uint8Array {
  const { message } = field;
  const records = recordsOf(entry).map((record) => {
    if (record.no !== 2 || message === undefined) return record;
    const value = sized(reshape(message, contentOf(record.value), random));
    return { no: 2, wireType: 2, value };
  });
  const isJson = field.parent.typeName === "google.protobuf.Struct";
  const some = records.filter(({ no }) => (isJson && no === 2) || !onceIn(random, 10));
  const more = onceIn(random, 8) ? [...some, ...some] : some;
  const unknown = { no: 3, wireType: 2, value: sized([...tag(1, 0), 1]) };
  const all = onceIn(random, 8) ? [unknown, ...more] : more;
  return join(onceIn(random, 3) ? shuffled(random, all) : all, random);
}

/** Pads a varint with more bytes. */
function widen(value: Uint8Array, random: Random): Uint8Array {
  let number = 0n;
  for (const byte of [...value].reverse()) number = (number << 7n) | BigInt(byte & 0x7f);
  return Uint8Array.from(varint(number, pick(random, [2, 4, 5, 6, 9, 10])));
}

/** The wire type of a single value of a field. */
function wireTypeOf(field: DescField): number {
  if (field.message !== undefined) return 2;
  switch (field.scalar) {
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
