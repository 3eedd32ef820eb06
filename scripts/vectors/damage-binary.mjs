import { sample } from "./random.mjs";

const varints = [0n, 1n, 5n, 99n, 101n, 2n ** 31n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];
const doubles = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 101, 1e300];
const texts = [
  "",
  "a",
  "a b",
  "\u0000",
  "é",
  ...[65, 129, 257, 513].map((length) => "x".repeat(length)),
];
const wireTypes = { varint: 0, fixed64: 1, delimited: 2, group: 3, fixed32: 5 };

/**
 * Encoded valid messages with one error added: `{ name, kind, bytes }`. `bases` are `{ name, bytes }`, in
 * the order of preference.
 */
export function* damagedBytes(schema, bases, random) {
  for (const { name, bytes } of bases) {
    for (const { what, kind, changed } of changesOf(bytes, random)) {
      yield { name: `${name}: ${what}`, kind, bytes: changed };
    }
    for (const { what, record } of recordsFor(schema, 3)) {
      yield { name: `${name}: + ${what}`, kind: "added", bytes: Buffer.concat([bytes, record]) };
    }
  }
}

function* changesOf(bytes, random) {
  const offsets = [...bytes.keys()];
  for (const offset of sample(random, offsets, 12)) {
    yield { what: `cut at ${offset}`, kind: "cut", changed: bytes.subarray(0, offset) };
  }
  for (const offset of sample(random, offsets, 24)) {
    const bit = Math.floor(random() * 8);
    const changed = Buffer.from(bytes);
    changed[offset] ^= 1 << bit;
    yield { what: `bit ${bit} of byte ${offset} turned`, kind: "bit", changed };
  }
  for (const [index, { no, start, end, type, value }] of recordsIn(bytes).entries()) {
    const around = (middle) =>
      Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]);
    const what = `record ${index} (field ${no})`;
    yield { what: `${what} removed`, kind: "removed", changed: around(Buffer.alloc(0)) };
    for (const other of [0, 1, 2, 3, 4, 5, 6, 7].filter((each) => each !== type)) {
      const changed = around(Buffer.concat([tag(no, other), bytes.subarray(value, end)]));
      yield { what: `${what} as wire type ${other}`, kind: `wire type ${other}`, changed };
    }
    if (type !== wireTypes.delimited || end === start) continue;
    const changed = Buffer.from(bytes);
    changed[end - 1] = 0xff;
    yield { what: `${what} ends in 0xff`, kind: "text", changed };
  }
  const added = {
    "an unknown field": Buffer.concat([tag(9999, 0), varint(7n)]),
    "an unknown group": Buffer.concat([tag(9999, 3), tag(1, 0), varint(7n), tag(9999, 4)]),
    "a group that does not end": tag(9999, 3),
    "an end without a group": tag(9999, 4),
    "field number 0": Buffer.from([0, 0]),
    "a varint of 11 bytes": Buffer.concat([tag(9999, 0), Buffer.alloc(10, 0xff), Buffer.from([1])]),
    "a length of 4 GiB": Buffer.concat([tag(9999, 2), varint(2n ** 32n)]),
    "101 groups": Buffer.concat([
      ...Array.from({ length: 101 }, () => tag(9999, 3)),
      ...Array.from({ length: 101 }, () => tag(9999, 4)),
    ]),
  };
  for (const [what, record] of Object.entries(added)) {
    yield { what: `+ ${what}`, kind: what, changed: Buffer.concat([bytes, record]) };
  }
}

/** Records of every field with values at the bounds, in nested messages too. */
function* recordsFor(schema, depth) {
  for (const field of schema.fields) {
    for (const { what, value } of valuesFor(field, depth)) {
      const { type, bytes } = value;
      yield {
        what: `${field.name}${what}`,
        record: Buffer.concat([tag(field.number, type), bytes]),
      };
    }
  }
}

function* valuesFor(field, depth) {
  if (field.fieldKind === "map") {
    yield { what: " {}", value: delimited(Buffer.alloc(0)) };
    const entry = { number: 2, fieldKind: field.mapKind, ...field, name: "value" };
    const single = { ...entry, number: 2, fieldKind: field.mapKind };
    for (const { what, value } of valuesFor(single, depth)) {
      const bytes = Buffer.concat([tag(2, value.type), value.bytes]);
      yield { what: `[""]${what}`, value: delimited(bytes) };
    }
    return;
  }
  if (field.message !== undefined) {
    yield { what: " {}", value: delimited(Buffer.alloc(0)) };
    if (depth === 0) return;
    for (const { what, record } of recordsFor(field.message, depth - 1)) {
      yield { what: `.${what}`, value: delimited(record) };
    }
    return;
  }
  yield* scalarValues(field.scalar);
}

/** Values for a scalar type, by its number in descriptors; undefined is an enum. */
function* scalarValues(scalar) {
  switch (scalar) {
    case 1: // double
      for (const number of doubles) yield { what: ` ${number}`, value: fixed64(number) };
      return;
    case 2: // float
      for (const number of doubles) yield { what: ` ${number}`, value: fixed32(number) };
      return;
    case 6: // fixed64
    case 16: // sfixed64
      yield { what: " all ones", value: { type: wireTypes.fixed64, bytes: Buffer.alloc(8, 0xff) } };
      return;
    case 7: // fixed32
    case 15: // sfixed32
      yield { what: " all ones", value: { type: wireTypes.fixed32, bytes: Buffer.alloc(4, 0xff) } };
      return;
    case 9: // string
    case 12: // bytes
      for (const text of texts) {
        const what = text.length > 8 ? ` x ${text.length}` : ` ${JSON.stringify(text)}`;
        yield { what, value: delimited(Buffer.from(text)) };
      }
      yield { what: " 0xff", value: delimited(Buffer.from([0xff])) };
      return;
    default:
      for (const number of varints) {
        yield { what: ` ${number}`, value: { type: wireTypes.varint, bytes: varint(number) } };
      }
  }
}

function fixed64(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(number);
  return { type: wireTypes.fixed64, bytes };
}

function fixed32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(Math.fround(number));
  return { type: wireTypes.fixed32, bytes };
}

function delimited(bytes) {
  return { type: wireTypes.delimited, bytes: Buffer.concat([varint(BigInt(bytes.length)), bytes]) };
}

function tag(no, type) {
  return varint(BigInt(no * 8 + type));
}

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

/** The records of a valid message. */
function recordsIn(bytes) {
  const records = [];
  let offset = 0;
  const read = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[offset++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (offset < bytes.length) {
    const start = offset;
    const head = read();
    const value = offset;
    const type = head % 8;
    if (type === wireTypes.varint) read();
    else if (type === wireTypes.fixed64) offset += 8;
    else if (type === wireTypes.fixed32) offset += 4;
    else if (type === wireTypes.delimited) offset = read() + offset;
    else return records;
    records.push({ no: Math.floor(head / 8), type, start, value, end: offset });
  }
  return records;
}
