import { ScalarType } from "@bufbuild/protobuf";

/** The mean length of some messages, in bytes. */
export function meanSize(encoded: readonly Uint8Array[]): number {
  return encoded.reduce((sum, { length }) => sum + length, 0) / encoded.length;
}

/** How many bytes a number takes as a varint. */
function varintSize(value: number | bigint): number {
  let size = 1;
  for (let rest = BigInt.asUintN(64, BigInt(value)) >> 7n; rest > 0n; rest >>= 7n) size++;
  return size;
}

/** How many bytes a value takes behind its tag; a text or byte array is given by its own size. */
export function valueSize(type: ScalarType, value: number | bigint): number {
  switch (type) {
    case ScalarType.DOUBLE:
      return 8;
    case ScalarType.FLOAT:
      return 4;
    case ScalarType.SINT32:
      return varintSize((BigInt(value) << 1n) ^ (BigInt(value) >> 31n));
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return varintSize(value) + Number(value);
    default:
      return varintSize(value);
  }
}
