import { wrong } from "./fault.js";
import { readString, writeString } from "./text.js";
import { isKept, keepWords } from "./words.js";

const slots = 1024;
/** The longest key that is remembered; six words of four bytes. */
const longestKey = 24;
const wordsOfKey = longestKey / 4;

/**
 * Keys that were read before, by a hash of their bytes, beside those bytes. A key that is found here
 * needs no new string, and the engine knows it as a property name already. A wrong entry costs a
 * comparison, never a wrong key: every byte is compared.
 */
const knownKeys: string[] = new Array<string>(slots).fill("");
const knownWords: Int32Array = new Int32Array(slots * wordsOfKey);

/** Reads a map key, as the same string object as often as that is cheap. */
export function readKey(bytes: Uint8Array, view: DataView, start: number, length: number): string {
  if (length < 4 || length > longestKey) return readString(bytes, view, start, length);
  const last = view.getInt32(start + length - 4, true);
  const hash = Math.imul(view.getInt32(start, true), 0x9e3779b1) ^ Math.imul(last, 0x85ebca77);
  const slot = (hash ^ (hash >>> 15) ^ length) & (slots - 1);
  const at = slot * wordsOfKey;
  const known = knownKeys[slot] ?? "";
  if (known.length === length && isKept(knownWords, at, view, start, length)) return known;
  const text = readString(bytes, view, start, length);
  // Only ASCII keys have one byte for each character, which the comparison of lengths relies on.
  if (text.length !== length) return text;
  // A key that was a property name is the engine's own copy of it; with that, setting it is four times as fast.
  const [key = text] = Object.keys({ [text]: 0 });
  knownKeys[slot] = key;
  keepWords(knownWords, at, view, start, length);
  return key;
}

/** How many entries {@link mapKeys} and its values hold before they are put into their map. */
export const maxPendingEntries = 8;
/** The keys of entries that were read and wait to be put into their map together. */
export const mapKeys: string[] = new Array<string>(maxPendingEntries).fill("");
/** The values of those entries, of maps of numbers. */
export const mapNumbers: Float64Array = new Float64Array(maxPendingEntries);
/** The values of those entries, of maps of strings. */
export const mapStrings: string[] = new Array<string>(maxPendingEntries).fill("");

/** Sets an entry. `__proto__` is an ordinary key, which a plain assignment would lose. */
export function setEntry(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    const property = { value, configurable: true, enumerable: true, writable: true };
    Object.defineProperty(map, key, property);
  } else {
    map[key] = value;
  }
}

const cachedKeys = 8;
const wordsOfPrefix = 7;

/**
 * The keys that a map field had when it was written last, by position, with the bytes of their tag,
 * length and text. Maps of one field mostly have the same keys in the same order.
 */
export interface KeyCache {
  readonly keys: string[];
  readonly sizes: number[];
  readonly words: Int32Array;
  /** How many misses may still be learned from: keys that never come again must not cost twice. */
  budget: number;
}

const learningBudget = 64;

/** An empty cache of keys, for one map field. */
// @__NO_SIDE_EFFECTS__
export function createKeyCache(): KeyCache {
  return {
    keys: new Array<string>(cachedKeys).fill(""),
    sizes: new Array<number>(cachedKeys).fill(0),
    words: new Int32Array(cachedKeys * wordsOfPrefix),
    budget: learningBudget,
  };
}

/** Writes the key of a map entry, tag and length included. The caller has made room for 28 bytes. */
export function writeKey(
  cache: KeyCache,
  index: number,
  key: string,
  bytes: Uint8Array,
  view: DataView,
  start: number,
): number {
  if (index < cachedKeys && cache.keys[index] === key && key !== "") {
    const end = start + (cache.sizes[index] ?? 0);
    let word = index * wordsOfPrefix;
    let at = start;
    for (; at < end - 1; at += 4) view.setInt32(at, cache.words[word++] ?? 0, true);
    // A word may run over the key by two bytes, as long as the shortest value, but not by three.
    if (at === end - 1) bytes[at] = cache.words[word] ?? 0;
    return end;
  }
  return writeNewKey(cache, index, key, bytes, view, start);
}

function writeNewKey(
  cache: KeyCache,
  index: number,
  key: string,
  bytes: Uint8Array,
  view: DataView,
  start: number,
): number {
  bytes[start] = 10;
  const end = writeString(key, bytes, start + 1);
  const size = end - start;
  // Every 16th miss is learned from even without budget, so that a change of habits is noticed.
  cache.budget--;
  if ((cache.budget < 0 && (cache.budget & 15) !== 0) || index >= cachedKeys) return end;
  if (size > wordsOfPrefix * 4 - 2 || start + wordsOfPrefix * 4 > bytes.length) return end;
  if (cache.budget < -1_000_000) cache.budget = 0;
  cache.keys[index] = key;
  cache.sizes[index] = size;
  for (let word = 0; word < wordsOfPrefix; word++) {
    cache.words[index * wordsOfPrefix + word] = view.getInt32(start + word * 4, true);
  }
  return end;
}

/** Called on a map: whether a key is its own. */
export const isOwn: (key: PropertyKey) => boolean = Object.prototype.hasOwnProperty;

const empty: object = {};
let inherited = false;

/** Looks whether somebody has added enumerable properties to all objects. Once for each encoding. */
export function lookForInherited(): void {
  inherited = false;
  for (const _ in empty) inherited = true;
}

/**
 * Throws for what is no map in protobuf-es' shape: a plain object. True when a `for..in` loop over it
 * would also meet properties that are not its own.
 */
export function checkMap(map: unknown): boolean {
  if (typeof map !== "object" || map === null || Object.getPrototypeOf(map) !== Object.prototype) {
    checkOtherMap(map);
  }
  return inherited;
}

function checkOtherMap(map: unknown): void {
  if (typeof map === "object" && map !== null && !Array.isArray(map)) {
    const prototype: unknown = Object.getPrototypeOf(map);
    // Another realm has an Object.prototype of its own; like ours, nothing stands behind it.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  }
  wrong("a plain object", map);
}

/** The number that a map key stands for. */
export function numberKey(key: string): number {
  const number = Number(key);
  if (String(number) !== key) wrong("a number as a map key", key);
  return number;
}

/** The integer of 64 bits that a map key stands for. */
export function bigintKey(key: string): bigint {
  if (!/^-?(?:0|[1-9]\d{0,19})$/.test(key)) wrong("an integer as a map key", key);
  return BigInt(key);
}

/** The bool that a map key stands for. */
export function boolKey(key: string): boolean {
  if (key !== "true" && key !== "false") wrong("true or false as a map key", key);
  return key === "true";
}
