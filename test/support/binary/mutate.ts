import fc from "fast-check";
import type { RecordPlace } from "../json/judge.js";
import { concat, varint } from "./bytes.js";

/** One corruption of bytes. `at` is the position, as a fraction of the length. */
export interface Mutation {
  readonly kind:
    | "bit"
    | "byte"
    | "insert"
    | "remove"
    | "cut"
    | "double"
    | "length"
    | "wire type"
    | "number";
  readonly at: number;
  readonly value: number;
}

const kinds = ["bit", "byte", "insert", "remove", "cut", "double"] as const;
const aimed = ["length", "wire type", "number"] as const;

/** Mutations of bytes of any length. */
export const mutations: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.oneof(fc.constantFrom(...kinds), fc.constantFrom(...aimed)),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  value: fc.nat({ max: 255 }),
});

/** The bytes after a mutation. `places` are their records, for mutations of one record. */
export function mutate(
  bytes: Uint8Array,
  { kind, at, value }: Mutation,
  places: readonly RecordPlace[],
): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const rest = bytes.subarray(place);
  switch (kind) {
    case "bit":
      return concat(
        bytes.subarray(0, place),
        [(rest[0] ?? 0) ^ (1 << (value & 7))],
        rest.subarray(1),
      );
    case "byte":
      return concat(bytes.subarray(0, place), [value], rest.subarray(1));
    case "insert":
      return concat(bytes.subarray(0, place), new Uint8Array(1 + (value & 15)).fill(value), rest);
    case "remove":
      return concat(bytes.subarray(0, place), rest.subarray(1 + (value & 7)));
    case "cut":
      return bytes.slice(0, place);
    case "double":
      return concat(bytes.subarray(0, place), rest.subarray(0, 1 + value), rest);
    default: {
      const record = places[Math.floor(at * places.length)];
      return record === undefined ? bytes : aim(bytes, kind, value, record);
    }
  }
}

/** Changes the tag or the length of one record, without adapting the lengths of the messages around it. */
function aim(
  bytes: Uint8Array,
  kind: (typeof aimed)[number],
  value: number,
  { at, no, wireType, value: start }: RecordPlace,
): Uint8Array {
  const head = bytes.subarray(0, at);
  switch (kind) {
    case "wire type":
      return concat(head, varint(no * 8 + (value & 7)), bytes.subarray(start));
    case "number":
      return concat(head, varint((value >> 2) * 8 + wireType), bytes.subarray(start));
    default: {
      let end = start;
      while ((bytes[end] ?? 0) > 0x7f) end++;
      const length = lengths[value % lengths.length]?.(BigInt(bytes[start] ?? 0)) ?? 0n;
      return concat(bytes.subarray(0, start), varint(length), bytes.subarray(end + 1));
    }
  }
}

const lengths: readonly ((length: bigint) => bigint)[] = [
  (length) => length + 1n,
  (length) => length + 2n,
  (length) => length + 5n,
  (length) => length - 1n,
  () => 2n ** 31n - 1n,
  () => 2n ** 31n,
  () => 2n ** 32n - 1n,
  () => 2n ** 32n,
  (length) => 2n ** 32n + length,
  () => 2n ** 63n,
  () => 2n ** 64n - 1n,
];
