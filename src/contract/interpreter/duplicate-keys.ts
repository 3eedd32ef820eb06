import type { Context } from "../base/context.js";

/** An object or list that the parser is in. */
interface Frame {
  /** The keys of the object so far; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** The index of the next item of a list. */
  index: number;
  /** Whether a key was read whose value was not. */
  hasKey: boolean;
}

/**
 * Reports duplicate keys in the objects of a JSON text, which `JSON.parse` ignores. `JSON.parse` must
 * accept the text. Makes one pass without recursion.
 */
export function reportDuplicateKeys(text: string, context: Context): void {
  const frames: Frame[] = [];
  const entersItem = (frame: Frame | undefined): void => {
    if (frame?.keys === undefined && frame !== undefined) context.enter(frame.index++);
  };
  const leavesValue = (frame: Frame | undefined): void => {
    if (frame === undefined) return;
    frame.hasKey = false;
    context.leave();
  };
  let at = 0;
  while (at < text.length && !context.full) {
    const frame = frames.at(-1);
    const character = text[at];
    switch (character) {
      case "{":
      case "[":
        entersItem(frame);
        frames.push({
          keys: character === "{" ? new Set() : undefined,
          index: 0,
          hasKey: false,
        });
        at++;
        break;
      case "}":
      case "]":
        frames.pop();
        leavesValue(frames.at(-1));
        at++;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (frame?.keys !== undefined && !frame.hasKey) {
          const key: unknown = JSON.parse(text.slice(at, end));
          if (typeof key !== "string") return;
          if (frame.keys.has(key)) context.fault("duplicate_key", "this key appears twice", key);
          frame.keys.add(key);
          frame.hasKey = true;
          context.enter(key);
        } else {
          entersItem(frame);
          leavesValue(frame);
        }
        at = end;
        break;
      }
      case ",":
      case ":":
      case " ":
      case "\n":
      case "\r":
      case "\t":
        at++;
        break;
      default:
        entersItem(frame);
        leavesValue(frame);
        while (at < text.length && !/[,\]}\s]/.test(text[at] ?? "")) at++;
    }
  }
}

/** The offset after the closing quote of a JSON string. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"' && at < text.length) at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
