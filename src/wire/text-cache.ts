import { countElement, maxDepth } from "./elements.js";
import { readString } from "./text.js";
import { isKept, keepWords } from "./words.js";

const words = 16;
/** Maximum length of a cached text, in bytes. */
const longest = words * 4;
/** How many misses update the cache before the field's texts are taken to be all different. */
const learningBudget = 32;

/**
 * The text that a field had when it was last read, with its bytes. Names, sources and types repeat; ids do
 * not. There is one text per field, so memory is bounded. All bytes are compared before it is used.
 */
export interface TextCache {
  text: string;
  /** Length of the text in bytes; -1 before there is one. */
  size: number;
  readonly words: Int32Array;
  /** How many misses may still update the cache: texts that never repeat must not cost an update each. */
  budget: number;
}

/** Creates an empty cache for one string field. */
// @__NO_SIDE_EFFECTS__
export function createTextCache(): TextCache {
  return { text: "", size: -1, words: new Int32Array(words), budget: learningBudget };
}

/** Reads UTF-8. Returns the cached string if the bytes are the same as last time. */
export function readText(
  cache: TextCache,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  size: number,
  depth: number,
): string {
  if (depth > maxDepth) countElement(depth, start);
  if (size === cache.size && isKept(cache.words, 0, view, start, size)) return cache.text;
  const text = readString(bytes, view, start, size, 0);
  // Every 16th miss updates the cache even without budget, so that it adapts when the texts change.
  if (size >= 4 && size <= longest && (--cache.budget >= 0 || (cache.budget & 15) === 0)) {
    if (cache.budget < -1_000_000) cache.budget = 0;
    cache.text = text;
    cache.size = size;
    keepWords(cache.words, 0, view, start, size);
  }
  return text;
}
