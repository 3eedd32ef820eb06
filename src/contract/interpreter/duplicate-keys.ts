import type { Context } from "../base/context.js";

/** The number of the frames that lie on the stack of {@link reportDuplicateKeys}: an object's keys, or a list. */
interface Frame {
  /** The keys that the object had so far; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** The next item's index, in a list. */
  index: number;
  /** True after a key, until its value has been read. */
  hasKey: boolean;
}

/**
 * Reports keys that an object of a JSON text has twice, which `JSON.parse` passes over in silence. The
 * text must be one that `JSON.parse` takes. Needs one pass and no recursion.
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
          if (frame.keys.has(key)) context.fault("duplicate_key", "this key stands twice", key);
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

/** Where a string of JSON ends, behind its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"' && at < text.length) at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
