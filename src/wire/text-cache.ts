import { readString } from "./text.js";
import { isKept, keepWords } from "./words.js";

const words = 16;
/** The longest text that is remembered. */
const longest = words * 4;
/** How many misses are learned from before a field counts as one whose texts are all different. */
const learningBudget = 32;

/**
 * The text that a field had when it was read last, with its bytes. Names, sources and types come again
 * and again; ids do not. One text for each field, so its memory is bounded, and a text is only given
 * where every byte is the same.
 */
export interface TextCache {
  text: string;
  /** Bytes of the text; -1 before there is one. */
  size: number;
  readonly words: Int32Array;
  /** How many misses may still be learned from: texts that never come again must not cost twice. */
  budget: number;
}

/** An empty cache, for one string field. */
// @__NO_SIDE_EFFECTS__
export function createTextCache(): TextCache {
  return { text: "", size: -1, words: new Int32Array(words), budget: learningBudget };
}

/** Reads UTF-8, as the same string object when it is the text that the field had last. */
export function readText(
  cache: TextCache,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  size: number,
): string {
  if (size === cache.size && isKept(cache.words, 0, view, start, size)) return cache.text;
  const text = readString(bytes, view, start, size);
  // Every 16th miss is learned from even without budget, so that a change of habits is noticed.
  if (size >= 4 && size <= longest && (--cache.budget >= 0 || (cache.budget & 15) === 0)) {
    if (cache.budget < -1_000_000) cache.budget = 0;
    cache.text = text;
    cache.size = size;
    keepWords(cache.words, 0, view, start, size);
  }
  return text;
}
