import { createBuffers, isNative } from "../../wire/buffers.js";
import type { Context } from "../base/context.js";
import type { JsonWriter } from "../model/value-writer.js";

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };
const firstSize = 4096;
const largestSpare = 65_536;

/** A buffer that no writer uses. */
let spare: Uint8Array | undefined;

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const quotes = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;

/** Up to this length a loop over the characters is faster than calls into the engine. Measured. */
const longestLoop = 200;

const billion = 1_000_000_000;
/** Maximum length of a number in bytes. */
const maxNumberBytes = 32;

/**
 * Writes JSON text into a buffer. The text is what `JSON.stringify` returns for the same values. What JSON
 * cannot express is reported to `context`, without a path.
 */
export class JsonTextWriter implements JsonWriter {
  #bytes: Uint8Array;
  #at = 0;
  #ascii = true;

  constructor(readonly context: Context) {
    this.#bytes = spare ?? createBuffers(firstSize).bytes;
    // A writer that is used before this one is finished, in a getter for example, needs its own buffer.
    spare = undefined;
  }

  /** Returns the text. The writer must not be used afterwards. */
  finish(): string {
    const bytes = this.#bytes;
    if (bytes.length <= largestSpare) spare = bytes;
    if (this.#ascii && isNative(bytes)) return bytes.asciiSlice(0, this.#at);
    return utf8.decoder.decode(bytes.subarray(0, this.#at));
  }

  openObject(): void {
    this.#mark(openBrace);
  }

  closeObject(): void {
    this.#mark(closeBrace);
  }

  openArray(): void {
    this.#mark(openBracket);
  }

  closeArray(): void {
    this.#mark(closeBracket);
  }

  item(): void {
    if (this.#bytes[this.#at - 1] !== openBracket) this.#mark(comma);
  }

  key(bytes: Uint8Array): void {
    this.#room(bytes.length);
    const target = this.#bytes;
    let at = this.#at;
    for (let index = target[at - 1] === openBrace ? 1 : 0; index < bytes.length; index++) {
      target[at++] = bytes[index] ?? 0;
    }
    this.#at = at;
  }

  entry(key: string): void {
    if (this.#bytes[this.#at - 1] !== openBrace) this.#mark(comma);
    this.string(key);
    this.raw(":");
  }

  string(text: string): void {
    const { length } = text;
    if (length > longestLoop) {
      this.json(JSON.stringify(text));
      return;
    }
    this.#room(length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = quotes;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7e || unit === quotes || unit === backslash) {
        this.json(JSON.stringify(text));
        return;
      }
      bytes[at++] = unit;
    }
    bytes[at++] = quotes;
    this.#at = at;
  }

  asciiString(content: Uint8Array): boolean {
    const { length } = content;
    this.#room(length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = quotes;
    for (let index = 0; index < length; index++) {
      const unit = content[index] ?? 0;
      if (unit < 0x20 || unit > 0x7e || unit === quotes || unit === backslash) return false;
      bytes[at++] = unit;
    }
    bytes[at++] = quotes;
    this.#at = at;
    return true;
  }

  number(value: number): void {
    const magnitude = Math.abs(value);
    const whole = Math.trunc(magnitude);
    if (magnitude === whole ? whole >= 1e15 : magnitude < 1e-6 || whole >= 1e6) {
      this.raw(String(value));
      return;
    }
    this.#room(maxNumberBytes);
    if (magnitude === whole) {
      this.#whole(value, whole);
      return;
    }
    // A decimal of at most 15 digits that reads back as the same double is the shortest one.
    for (let scale = 1e3, decimals = 3; scale <= 1e9; scale *= 1e3, decimals += 3) {
      const scaled = Math.round(magnitude * scale);
      if (scaled / scale !== magnitude) continue;
      this.#whole(value, whole);
      this.#fraction(scaled - whole * scale, decimals);
      return;
    }
    this.raw(String(value));
  }

  value(json: unknown): void {
    if (typeof json === "string") this.string(json);
    else if (typeof json === "number") this.number(json);
    else this.json(JSON.stringify(json) ?? "null");
  }

  json(text: string): void {
    // A UTF-16 code unit is at most three bytes in UTF-8.
    this.#room(text.length * 3);
    const bytes = this.#bytes;
    const written = isNative(bytes)
      ? bytes.utf8Write(text, this.#at)
      : utf8.encoder.encodeInto(text, bytes.subarray(this.#at)).written;
    if (written !== text.length) this.#ascii = false;
    this.#at += written;
  }

  raw(ascii: string): void {
    this.#room(ascii.length);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < ascii.length; index++) bytes[at++] = ascii.charCodeAt(index);
    this.#at = at;
  }

  #mark(character: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = character;
  }

  /** The sign and the digits before the point. */
  #whole(value: number, whole: number): void {
    if (value < 0) this.#bytes[this.#at++] = minus;
    if (whole < billion) {
      this.#digits(whole, digitsOf(whole));
      return;
    }
    const billions = Math.floor(whole / billion);
    this.#digits(billions, digitsOf(billions));
    this.#digits(whole - billions * billion, 9);
  }

  /** The point and the digits after it, without zeros at the end. */
  #fraction(fraction: number, decimals: number): void {
    let rest = fraction | 0;
    let count = decimals;
    for (; rest % 10 === 0; count--) rest = (rest / 10) | 0;
    this.#bytes[this.#at++] = point;
    this.#digits(rest, count);
  }

  /** An integer below a billion, with zeros before it up to a count of digits. */
  #digits(integer: number, count: number): void {
    const bytes = this.#bytes;
    let rest = integer | 0;
    for (let at = this.#at + count - 1; at >= this.#at; at--) {
      const tens = (rest / 10) | 0;
      bytes[at] = zero + rest - tens * 10;
      rest = tens;
    }
    this.#at += count;
  }

  #room(size: number): void {
    const needed = this.#at + size;
    if (needed <= this.#bytes.length) return;
    const larger = createBuffers(Math.max(needed, this.#bytes.length * 2)).bytes;
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

/** How many digits an integer below a billion has. */
function digitsOf(integer: number): number {
  if (integer < 1e3) return integer < 10 ? 1 : integer < 100 ? 2 : 3;
  if (integer < 1e6) return integer < 1e4 ? 4 : integer < 1e5 ? 5 : 6;
  return integer < 1e7 ? 7 : integer < 1e8 ? 8 : 9;
}
