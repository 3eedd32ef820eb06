/** Bytes as an array of numbers or a byte array. */
export type Bytes = Uint8Array | readonly number[];

/** Concatenates bytes. */
export function concat(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Whether two byte arrays are equal. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Bytes as hexadecimal digits, for the text of a failed test. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Encodes a 64-bit number as a varint, padded to at least `width` bytes. */
export function varint(value: number | bigint, width = 1): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn || bytes.length + 1 < width) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}

/** The tag of a field. */
export function tag(no: number, wireType: number, width = 1): number[] {
  return varint(((no << 3) | wireType) >>> 0, width);
}

/** Bytes with a length prefix. */
export function sized(bytes: Bytes, width = 1): Uint8Array<ArrayBuffer> {
  return concat(varint(bytes.length, width), bytes);
}

/** One encoded field of a message. Its value includes the length or the end of its group. */
export interface WireRecord {
  readonly no: number;
  readonly wireType: number;
  readonly value: Uint8Array;
}

/** Splits a well-formed message into its fields. */
export function recordsOf(bytes: Uint8Array): WireRecord[] {
  const records: WireRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value: name, next } = readVarint(bytes, at);
    at = endOf(bytes, name, next);
    records.push({ no: name >>> 3, wireType: name & 7, value: bytes.subarray(next, at) });
  }
  return records;
}

/** Encodes a record with the given field number, with a tag of at least `width` bytes. */
export function write({ no, wireType, value }: WireRecord, width = 1): Uint8Array {
  return concat(tag(no, wireType, width), value);
}

/** A length-delimited value without its length. */
export function contentOf(value: Uint8Array): Uint8Array {
  return value.subarray(readVarint(value, 0).next);
}

/** Splits a packed field into its values. */
export function valuesOf(packed: Uint8Array, wireType: number): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const end = endOf(packed, wireType, at);
    values.push(packed.subarray(at, end));
    at = end;
  }
  return values;
}

function endOf(bytes: Uint8Array, name: number, at: number): number {
  switch (name & 7) {
    case 0:
      return readVarint(bytes, at).next;
    case 1:
      return at + 8;
    case 2: {
      const { value, next } = readVarint(bytes, at);
      return next + value;
    }
    case 3:
      for (let next = at; ; ) {
        const inner = readVarint(bytes, next);
        if ((inner.value & 7) === 4) return inner.next;
        next = endOf(bytes, inner.value, inner.next);
      }
    default:
      return at + 4;
  }
}

/** Reads the lower 32 bits of a varint. */
function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let next = at; next < bytes.length; next++) {
    const byte = bytes[next] ?? 0;
    if (next - at < 5) value |= (byte & 0x7f) << (7 * (next - at));
    if (byte < 0x80) return { value: value >>> 0, next: next + 1 };
  }
  throw new Error("the bytes end in a varint");
}
