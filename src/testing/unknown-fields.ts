import { BinaryWriter } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import type { UnknownField } from "../wire/unknown.js";
import { byteArrays, uint64 } from "./scalars.js";

/** Varints, some of them padded with more bytes. */
const wideVarints = fc
  .tuple(uint64, fc.constantFrom(1, 1, 1, 2, 9, 10))
  .map(([value, width]) => varint(value, width));

/** Unknown fields, of any number except the known ones. */
export function unknownFields(known: ReadonlySet<number>, depth = 2): fc.Arbitrary<UnknownField> {
  const edges = fc.constantFrom(15, 16, 2047, 2048, 262_143, 262_144, 2 ** 29 - 1);
  const numbers = fc
    .oneof(fc.integer({ min: 1, max: 2 ** 20 }), edges)
    .filter((no) => !known.has(no));
  const kinds = [
    fc.record({ wireType: fc.constant(0), data: wideVarints }),
    fc.record({ wireType: fc.constant(1), data: fc.uint8Array({ minLength: 8, maxLength: 8 }) }),
    fc.record({ wireType: fc.constant(5), data: fc.uint8Array({ minLength: 4, maxLength: 4 }) }),
    fc.record({
      wireType: fc.constant(2),
      data: byteArrays.map((bytes) => new BinaryWriter().bytes(bytes).finish()),
    }),
  ];
  const plain = fc.tuple(numbers, fc.oneof(...kinds)).map(([no, kind]) => ({ no, ...kind }));
  if (depth === 0) return plain;
  const inner = fc.array(unknownFields(new Set(), depth - 1), { maxLength: 3 });
  const group = fc.tuple(numbers, inner).map(([no, fields]) => {
    const writer = new BinaryWriter();
    for (const field of fields) writer.tag(field.no, field.wireType).raw(field.data);
    return { no, wireType: 3, data: writer.tag(no, 4).finish() };
  });
  return fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: group });
}

function varint(value: bigint, width: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn || bytes.length + 1 < width) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
