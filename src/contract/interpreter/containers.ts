const quote = 0x22;
const backslash = 0x5c;
const brace = 0x7b;
const bracket = 0x5b;

/**
 * Whether a JSON text has more than `max` objects and arrays: what parsing would need most memory for. Makes
 * one pass, and none over a text that is too short for so many. The text need not be valid.
 */
export function hasMoreContainers(text: string, max: number): boolean {
  if (text.length <= max * 2) return false;
  let left = max;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) {
      at = stringEnd(text, at + 1);
      if (at < 0) return false;
    } else if ((unit === brace || unit === bracket) && --left < 0) return true;
  }
  return false;
}

/** The index of the quote that ends a string, or -1. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (before >= start && text.charCodeAt(before) === backslash) before--;
    if ((end - before) % 2 === 1) return end;
  }
  return -1;
}
