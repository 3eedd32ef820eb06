import { longestAscii, readAscii } from "./ascii.js";
import { isNative, lengthOf } from "./buffers.js";
import { countElement, maxDepth } from "./elements.js";
import { Fault, full, wrong } from "./fault.js";
import { noBytes } from "./input.js";
import { writeVarint } from "./varint.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Up to this length a loop over the characters is faster than a call into the engine (measured). */
const longestLoop = 36;

/** Writes a string with its length and returns the end. Throws {@link full} if the buffer is too small. */
export function writeString(text: string, bytes: Uint8Array, start: number): number {
  if (typeof text !== "string") wrong("a string", text);
  const { length } = text;
  if (length > longestLoop) return writeLong(text, bytes, start);
  if (start + 1 + length * 3 > bytes.length) throw full;
  let at = start + 1;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const one = text.charCodeAt(index);
    const two = text.charCodeAt(index + 1);
    const three = text.charCodeAt(index + 2);
    const four = text.charCodeAt(index + 3);
    if ((one | two | three | four) > 0x7f) return writeUnicode(text, index, bytes, start, at);
    bytes[at] = one;
    bytes[at + 1] = two;
    bytes[at + 2] = three;
    bytes[at + 3] = four;
    at += 4;
  }
  for (; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return writeUnicode(text, index, bytes, start, at);
    bytes[at++] = unit;
  }
  bytes[start] = length;
  return at;
}

/** Writes the rest of a short string, starting at its first character outside ASCII. */
function writeUnicode(
  text: string,
  from: number,
  bytes: Uint8Array,
  start: number,
  begin: number,
): number {
  let at = begin;
  for (let index = from; index < text.length; index++) {
    let point = text.charCodeAt(index);
    if (point >= 0xd800 && point <= 0xdfff) {
      const next = text.charCodeAt(index + 1);
      if (point > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) wrongText(text);
      point = ((point - 0xd7c0) << 10) + (next - 0xdc00);
      index++;
    }
    if (point < 0x80) bytes[at++] = point;
    else if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  bytes[start] = at - start - 1;
  return at;
}

function writeLong(text: string, bytes: Uint8Array, start: number): number {
  if (!text.isWellFormed()) wrongText(text);
  // Room for the worst case: three bytes for each UTF-16 unit, five for the length.
  if (start + 5 + text.length * 3 > bytes.length) throw full;
  const prefix = varintSize(text.length);
  const at = start + prefix;
  const written = isNative(bytes) ? bytes.utf8Write(text, at) : encodeInto(text, bytes, at);
  const needed = varintSize(written);
  if (needed !== prefix) bytes.copyWithin(start + needed, at, at + written);
  writeVarint(written, bytes, start);
  return start + needed + written;
}

function encodeInto(text: string, bytes: Uint8Array, at: number): number {
  try {
    return encoder.encodeInto(text, bytes.subarray(at)).written;
  } catch {
    // Browsers do not encode into shared or resizable memory.
    const encoded = encoder.encode(text);
    bytes.set(encoded, at);
    return encoded.length;
  }
}

function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

function wrongText(text: string): never {
  return wrong("a string without lone surrogates", text, "format");
}

const nothing = new Uint8Array(0);

/** Whether a bytes field must be written. True also for an invalid value that looks empty, so that writing it throws. */
export function hasBytes(value: Uint8Array): boolean {
  return value !== noBytes && (value?.length !== 0 || !isEmpty(value));
}

function isEmpty(value: Uint8Array): boolean {
  try {
    // Throws for a transferred buffer: such an array looks empty, but its bytes were lost.
    nothing.set(value);
    // The length as the engine knows it, which a Proxy does not have.
    return value instanceof Uint8Array && lengthOf(value) === 0;
  } catch {
    return false;
  }
}

/** Writes a byte array with its length and returns the end. Throws {@link full} if the buffer is too small. */
export function writeBytes(value: Uint8Array, bytes: Uint8Array, start: number): number {
  const length = value instanceof Uint8Array ? lengthOf(value) : -1;
  if (length < 0) wrong("a Uint8Array", value);
  if (start + 5 + length > bytes.length) throw full;
  const at = writeVarint(length, bytes, start);
  try {
    if (value !== noBytes) bytes.set(value, at);
  } catch {
    wrong("a Uint8Array with a buffer", value);
  }
  return at + length;
}

/** Above this length TextDecoder is faster than a loop that looks for bytes outside ASCII. */
const longestCheck = 512;

/**
 * Reads UTF-8 of a message at `depth` and keeps every character, U+FEFF and NUL included. Throws `format` if
 * the bytes are not UTF-8. With depth 0 the text is not counted as an element.
 */
export function readString(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  length: number,
  depth: number,
): string {
  if (depth > maxDepth) countElement(depth, start);
  const end = start + length;
  if (length <= longestAscii) {
    const text = readAscii(bytes, start, length);
    if (text !== undefined) return text;
  } else if (length <= longestCheck && isNative(bytes)) {
    // The last word may overlap the one before it, so that no byte after the text is read.
    let bits = view.getInt32(end - 4);
    for (let at = start; at < end - 4; at += 4) bits |= view.getInt32(at);
    if ((bits & 0x80808080) === 0) return bytes.asciiSlice(start, end);
  }
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    throw new Fault("format", "a string that is not UTF-8", start);
  }
}
