import { full, malformed, truncated, wrong } from "./fault.js";

/** Where the last varint ended. A global, because returning two numbers would allocate an object. */
let position = 0;
/** The upper 32 bits of the last 64-bit varint. */
let upper = 0;

const words64 = new BigUint64Array(1);
const words32 = new Uint32Array(words64.buffer);
const signed64 = new BigInt64Array(words64.buffer);

/** The offset after the last varint that was read. */
export function after(): number {
  return position;
}

/** Reads a varint and returns its lower 32 bits. */
export function readVarint(bytes: Uint8Array, start: number): number {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let low = byte & 0x7f;
  if (byte > 0x7f) {
    byte = bytes[at++] ?? 0;
    low |= (byte & 0x7f) << 7;
    if (byte > 0x7f) {
      byte = bytes[at++] ?? 0;
      low |= (byte & 0x7f) << 14;
      if (byte > 0x7f) {
        byte = bytes[at++] ?? 0;
        low |= (byte & 0x7f) << 21;
        if (byte > 0x7f) {
          byte = bytes[at++] ?? 0;
          low |= (byte & 0x7f) << 28;
          upper = (byte & 0x7f) >> 4;
          position = byte > 0x7f ? readUpper(bytes, at, start) : at;
          return low;
        }
      }
    }
  }
  upper = 0;
  position = at;
  return low;
}

function readUpper(bytes: Uint8Array, from: number, start: number): number {
  let at = from;
  for (let shift = 3; shift <= 31; shift += 7) {
    const byte = bytes[at++] ?? 0;
    upper |= (byte & 0x7f) << shift;
    if (byte <= 0x7f) return at;
  }
  return malformed("a varint of more than 10 bytes", start);
}

/** Reads the tag at `start`, of one or more bytes, in a message that ends at `end`. */
export function readTag(bytes: Uint8Array, start: number, end: number): number {
  const tag = readVarint(bytes, start);
  if (position > end) truncated(end);
  if (position - start > 5 || upper !== 0) malformed("a tag of more than 32 bits", start);
  return tag >>> 0;
}

/** Reads the length of a value. Throws if the value would not end inside the message that ends at `end`. */
export function readLength(bytes: Uint8Array, start: number, end: number): number {
  const length = readVarint(bytes, start) >>> 0;
  if (upper !== 0 || length > end - position) truncated(start);
  return length;
}

/** Reads an int64, of one or more bytes. */
export function readInt64(bytes: Uint8Array, start: number): bigint {
  words32[0] = readVarint(bytes, start);
  words32[1] = upper;
  return signed64[0] ?? 0n;
}

/** Reads a uint64, of one or more bytes. */
export function readUint64(bytes: Uint8Array, start: number): bigint {
  words32[0] = readVarint(bytes, start);
  words32[1] = upper;
  return words64[0] ?? 0n;
}

/** Reads a sint64, of one or more bytes. */
export function readSint64(bytes: Uint8Array, start: number): bigint {
  const low = readVarint(bytes, start);
  const sign = -(low & 1);
  words32[0] = ((low >>> 1) | (upper << 31)) ^ sign;
  words32[1] = (upper >>> 1) ^ sign;
  return signed64[0] ?? 0n;
}

/** Reads a bool, of one or more bytes: every value except 0 is true. */
export function readBool(bytes: Uint8Array, start: number): boolean {
  return readVarint(bytes, start) !== 0 || upper !== 0;
}

/** Writes an unsigned integer of up to 32 bits and returns the end. The caller ensures room for 5 bytes. */
export function writeVarint(value: number, bytes: Uint8Array, start: number): number {
  let at = start;
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Writes an int32 or enum number. The caller ensures room for 10 bytes. */
export function writeInt32(value: number, bytes: Uint8Array, start: number): number {
  if (typeof value !== "number" || value !== (value | 0)) wrongInteger("an int32", value);
  if (value >= 0) return writeVarint(value, bytes, start);
  const at = writeVarint(value, bytes, start);
  // A negative int32 is sign-extended to 64 bits: ten bytes, the last one 1.
  bytes[at - 1] = (bytes[at - 1] ?? 0) | 0xf0;
  bytes.fill(0xff, at, at + 4);
  bytes[at + 4] = 1;
  return at + 5;
}

/** Writes a uint32. The caller ensures room for 5 bytes. */
export function writeUint32(value: number, bytes: Uint8Array, start: number): number {
  if (typeof value !== "number" || value !== value >>> 0) wrongInteger("a uint32", value);
  return writeVarint(value, bytes, start);
}

/** Writes a sint32. The caller ensures room for 5 bytes. */
export function writeSint32(value: number, bytes: Uint8Array, start: number): number {
  if (typeof value !== "number" || value !== (value | 0)) wrongInteger("a sint32", value);
  return writeVarint((value << 1) ^ (value >> 31), bytes, start);
}

/** Writes a bool. The caller ensures room for 1 byte. */
export function writeBool(value: boolean, bytes: Uint8Array, start: number): number {
  if (typeof value !== "boolean") wrong("a boolean", value);
  bytes[start] = value ? 1 : 0;
  return start + 1;
}

/** Writes an int64. The caller ensures room for 10 bytes. */
export function writeInt64(value: bigint, bytes: Uint8Array, start: number): number {
  splitSigned(value, "an int64");
  return writeWords(words32[0] ?? 0, words32[1] ?? 0, bytes, start);
}

/** Writes a uint64. The caller ensures room for 10 bytes. */
export function writeUint64(value: bigint, bytes: Uint8Array, start: number): number {
  splitUnsigned(value, "a uint64");
  return writeWords(words32[0] ?? 0, words32[1] ?? 0, bytes, start);
}

/** Writes a sint64. The caller ensures room for 10 bytes. */
export function writeSint64(value: bigint, bytes: Uint8Array, start: number): number {
  splitSigned(value, "a sint64");
  const low = words32[0] ?? 0;
  const high = words32[1] ?? 0;
  const sign = -(high >>> 31);
  return writeWords((low << 1) ^ sign, ((high << 1) | (low >>> 31)) ^ sign, bytes, start);
}

function writeWords(low: number, high: number, bytes: Uint8Array, start: number): number {
  let at = start;
  let lower = low >>> 0;
  let higher = high >>> 0;
  while (higher > 0 || lower > 0x7f) {
    bytes[at++] = (lower & 0x7f) | 0x80;
    lower = ((lower >>> 7) | (higher << 25)) >>> 0;
    higher >>>= 7;
  }
  bytes[at++] = lower;
  return at;
}

/** Writes a fixed64 or sfixed64. The caller ensures room for 8 bytes. */
export function writeFixed64(
  value: bigint,
  signed: boolean,
  view: DataView,
  start: number,
): number {
  if (signed) splitSigned(value, "an sfixed64");
  else splitUnsigned(value, "a fixed64");
  view.setUint32(start, words32[0] ?? 0, true);
  view.setUint32(start + 4, words32[1] ?? 0, true);
  return start + 8;
}

function splitSigned(value: bigint, expected: string): void {
  if (typeof value !== "bigint") wrong(`${expected} as a bigint`, value);
  signed64[0] = value;
  if (signed64[0] !== value) wrong(expected, value, "range");
}

function splitUnsigned(value: bigint, expected: string): void {
  if (typeof value !== "bigint") wrong(`${expected} as a bigint`, value);
  words64[0] = value;
  if (words64[0] !== value) wrong(expected, value, "range");
}

/** Converts the string of a 64-bit field with jstype = JS_STRING to a bigint. Throws if it is not an integer. */
export function longOf(text: string): bigint {
  if (typeof text !== "string" || !/^-?(?:0|[1-9]\d{0,19})$/.test(text)) {
    wrong("an integer as a string", text);
  }
  return BigInt(text);
}

/** Throws for a value that is not a 32-bit integer. */
export function wrongInteger(expected: string, value: unknown): never {
  return wrong(expected, value, typeof value === "number" ? "range" : "type");
}

/** Throws for a value that a float field cannot hold. Only called for values that are not clearly in range. */
export function checkFloat(value: number): void {
  if (typeof value !== "number") wrong("a number", value);
  // A number that rounds to the largest float fits: 3.4028235e38 is the usual way to write that float.
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
    wrong("a number that fits a float", value, "range");
  }
}

/** Throws for a value that is not a number. */
export function checkDouble(value: number): void {
  if (typeof value !== "number") wrong("a number", value);
}

/**
 * Writes the length of a value from `start` to `end`, for which one byte before `start` was reserved.
 * Moves the value if the length needs more bytes. Returns the new end.
 */
export function closeLength(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 0x80) {
    bytes[start - 1] = length;
    return end;
  }
  const more = length < 0x4000 ? 1 : length < 0x200000 ? 2 : length < 0x10000000 ? 3 : 4;
  if (end + more > bytes.length) throw full;
  bytes.copyWithin(start + more, start, end);
  writeVarint(length, bytes, start - 1);
  return end + more;
}
