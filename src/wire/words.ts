/**
 * Whether the text of at least four bytes at `start` is the one that {@link keepWords} stored at `at`, as
 * 32-bit words. The last word is stored first; it may overlap the one before it, so that no byte after the
 * text is read.
 */
export function isKept(
  words: Int32Array,
  at: number,
  view: DataView,
  start: number,
  size: number,
): boolean {
  const last = start + size - 4;
  if (words[at] !== view.getInt32(last, true)) return false;
  let word = at + 1;
  for (let from = start; from < last; from += 4) {
    if (words[word++] !== view.getInt32(from, true)) return false;
  }
  return true;
}

/** Stores the bytes of a text of at least four bytes as 32-bit words. */
export function keepWords(
  words: Int32Array,
  at: number,
  view: DataView,
  start: number,
  size: number,
): void {
  const last = start + size - 4;
  words[at] = view.getInt32(last, true);
  let word = at + 1;
  for (let from = start; from < last; from += 4) words[word++] = view.getInt32(from, true);
}
