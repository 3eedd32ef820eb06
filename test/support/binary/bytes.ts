/** Bytes, as an array of either kind. */
export type Bytes = Uint8Array | readonly number[];

/** Bytes one after the other. */
export function concat(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Whether two byte arrays have the same bytes. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Bytes in hexadecimal digits, as they stand in the text of a failure. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A varint of a number of 64 bits; with `width`, of that many bytes, more than it needs. */
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

/** Bytes with their length before them. */
export function sized(bytes: Bytes, width = 1): Uint8Array<ArrayBuffer> {
  return concat(varint(bytes.length, width), bytes);
}

/** One field of a message as it stands in the bytes: its value with the length or the end of its group. */
export interface WireRecord {
  readonly no: number;
  readonly wireType: number;
  readonly value: Uint8Array;
}

/** Cuts a well-formed message into its fields. */
export function recordsOf(bytes: Uint8Array): WireRecord[] {
  const records: WireRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value: name, next } = readVarint(bytes, at);
    at = endOf(bytes, name, next);
    records.push({ no: name >>> 3, wireType: name & 7, value: bytes.subarray(next, at) });
  }
  return records;
}

/** A record with the number that is given to its field, in a tag of at least `width` bytes. */
export function write({ no, wireType, value }: WireRecord, width = 1): Uint8Array {
  return concat(tag(no, wireType, width), value);
}

/** What stands behind the length of a value. */
export function contentOf(value: Uint8Array): Uint8Array {
  return value.subarray(readVarint(value, 0).next);
}

/** The single values of a packed field of a wire type. */
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
