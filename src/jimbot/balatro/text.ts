import type { RepairContext } from "./repairs.js";

const quote = 0x22;
const backslash = 0x5c;
const nonFinite = ["-inf", "inf", "-nan", "nan"];

/**
 * Turns the output of Lua's encoder into JSON. That encoder escapes only some control characters, and
 * writes numbers that are not finite as bare words; here these become strings.
 */
export function repairText(text: string, context: RepairContext): string {
  const controls: number[] = [];
  const numbers: number[] = [];
  let repairs = "";
  let copied = 0;
  const replace = (start: number, end: number, by: string): void => {
    repairs += `${text.slice(copied, start)}${by}`;
    copied = end;
  };
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) inside = !inside;
    else if (inside && code === backslash) at++;
    else if (inside && code < 0x20) {
      controls.push(at);
      replace(at, at + 1, `\\u${code.toString(16).padStart(4, "0")}`);
    } else if (!inside) {
      const word = wordAt(text, at);
      if (word === undefined) continue;
      numbers.push(at);
      replace(at, at + word.length, `"${word}"`);
      at += word.length - 1;
    }
  }
  report(context, "control_character", "control characters escaped", controls);
  report(context, "not_finite", "words inf or nan read as text", numbers);
  return `${repairs}${text.slice(copied)}`;
}

function wordAt(text: string, at: number): string | undefined {
  return nonFinite.find((word) => text.startsWith(word, at));
}

function report(
  context: RepairContext,
  kind: "control_character" | "not_finite",
  what: string,
  places: readonly number[],
): void {
  const [first] = places;
  if (first === undefined) return;
  context.repaired(kind, `${places.length} ${what}, the first at character ${first + 1}`);
}
