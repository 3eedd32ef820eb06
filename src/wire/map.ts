import { wrong } from "./fault.js";
import { readString, writeString } from "./text.js";
import { isKept, keepWords } from "./words.js";

const slots = 1024;
/** Maximum length of a cached key, in bytes: six 32-bit words. */
const longestKey = 24;
const wordsOfKey = longestKey / 4;

/**
 * A cache of keys that were read before, by a hash of their bytes. A cached key needs no new string, and
 * the engine already knows it as a property name. All bytes are compared, so a hash collision costs time
 * but never returns a wrong key.
 */
const knownKeys: string[] = new Array<string>(slots).fill("");
const knownWords: Int32Array = new Int32Array(slots * wordsOfKey);

/** Reads a map key, which is no element beside its entry. Keys of 4 to 24 ASCII bytes are cached. */
export function readKey(bytes: Uint8Array, view: DataView, start: number, length: number): string {
  if (length < 4 || length > longestKey) return readString(bytes, view, start, length, 0);
  const last = view.getInt32(start + length - 4, true);
  const hash = Math.imul(view.getInt32(start, true), 0x9e3779b1) ^ Math.imul(last, 0x85ebca77);
  const slot = (hash ^ (hash >>> 15) ^ length) & (slots - 1);
  const at = slot * wordsOfKey;
  const known = knownKeys[slot] ?? "";
  if (known.length === length && isKept(knownWords, at, view, start, length)) return known;
  const text = readString(bytes, view, start, length, 0);
  // Only ASCII keys have one byte per character; the comparison of lengths above relies on that.
  if (text.length !== length) return text;
  // As a property name the engine returns its internalized copy of the string; setting that is four times as fast.
  const [key = text] = Object.keys({ [text]: 0 });
  knownKeys[slot] = key;
  keepWords(knownWords, at, view, start, length);
  return key;
}

/** Maximum number of entries that are collected in {@link mapKeys} before they are put into their map. */
export const maxPendingEntries = 8;
/** The keys of collected entries. */
export const mapKeys: string[] = new Array<string>(maxPendingEntries).fill("");
/** The values of collected entries of a map of numbers. */
export const mapNumbers: Float64Array = new Float64Array(maxPendingEntries);
/** The values of collected entries of a map of strings. */
export const mapStrings: string[] = new Array<string>(maxPendingEntries).fill("");

/** Sets an entry of a map. `__proto__` is an ordinary key here; a plain assignment would change the prototype. */
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
 * The keys that a map field had when it was last written, by position, with their encoding (tag, length
 * and text). Maps of one field usually have the same keys in the same order.
 */
export interface KeyCache {
  readonly keys: string[];
  readonly sizes: number[];
  readonly words: Int32Array;
  /** How many misses may still update the cache: keys that never repeat must not cost an update each. */
  budget: number;
}

const learningBudget = 64;

/** Creates an empty cache of keys for one map field. */
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
    // A word may write two bytes past the key, because the shortest value has two, but not three.
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
  // Every 16th miss updates the cache even without budget, so that it adapts when the keys change.
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

/** To be called on a map: whether a key is an own property. */
export const isOwn: (key: PropertyKey) => boolean = Object.prototype.hasOwnProperty;

const empty: object = {};
let inherited = false;

/** Checks whether `Object.prototype` has enumerable properties. Called once per encoding. */
export function lookForInherited(): void {
  inherited = false;
  for (const _ in empty) inherited = true;
}

/**
 * Throws for a value that is not a plain object, which is how protobuf-es represents a map. Returns true
 * if a `for..in` loop over it would also visit inherited properties.
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
    // An object of another realm has another Object.prototype; like ours, its prototype is null.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  }
  wrong("a plain object", map);
}

/** Converts a property name to the number key of a map. Throws if it is not a number. */
export function numberKey(key: string): number {
  const number = Number(key);
  if (String(number) !== key) wrong("a number as a map key", key);
  return number;
}

/** Converts a property name to the 64-bit integer key of a map. Throws if it is not an integer. */
export function bigintKey(key: string): bigint {
  if (!/^-?(?:0|[1-9]\d{0,19})$/.test(key)) wrong("an integer as a map key", key);
  return BigInt(key);
}

/** Converts a property name to the bool key of a map. Throws if it is not `true` or `false`. */
export function boolKey(key: string): boolean {
  if (key !== "true" && key !== "false") wrong("true or false as a map key", key);
  return key === "true";
}
