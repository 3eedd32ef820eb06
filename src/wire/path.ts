import { cut, preview } from "./preview.js";

/** One step into a value: a key or a list index. */
export type Step = string | number;

const plainKey = /^[A-Za-z_$@][\w$]*$/;
/** Maximum length of a key in a path. */
const longestKey = 80;
/** Maximum length of a path, and what its two ends have when it is cut. */
const longestPath = 320;
const longestEnd = 150;
/** Stands for the steps that were cut out of a path. No key is written like this. */
const gap = "[...]";

/**
 * Formats a path: `seed_states[3].stage`. A key that is not an identifier, or longer than 80 characters, is
 * written in brackets and quotes, cut to 80 characters. A long path keeps both ends: `a.b[...].y.z`.
 */
export function formatPath(steps: readonly Step[]): string {
  const parts = steps.map(formatStep);
  const path = parts.join("");
  if (path.length <= longestPath) return path.startsWith(".") ? path.slice(1) : path;
  let head = "";
  let from = 0;
  for (; head.length + (parts[from]?.length ?? 0) <= longestEnd; from++) head += parts[from];
  let tail = "";
  for (let to = parts.length - 1; to >= from; to--) {
    if (tail.length + (parts[to]?.length ?? 0) > longestEnd) break;
    tail = `${parts[to]}${tail}`;
  }
  return `${head.startsWith(".") ? head.slice(1) : head}${gap}${tail}`;
}

function formatStep(step: Step): string {
  if (typeof step === "number") return `[${step}]`;
  return step.length <= longestKey && plainKey.test(step) ? `.${step}` : `[${preview(step)}]`;
}

/** A path that may come from anywhere, cut as {@link formatPath} cuts one. */
export function cutPath(path: string): string {
  if (path.length <= longestPath) return path;
  return `${cut(path, longestEnd, "")}${gap}${path.slice(-longestEnd).toWellFormed()}`;
}

const step =
  /\.?([A-Za-z_$@][\w$]*)|\[(\d{1,15})\]|\[("(?:[^"\\]|\\.)*")(\.\.\.)?\]|\[(\.\.\.)\]/gy;

/**
 * The steps of an issue's path: `seed_states[3].stage` has the steps "seed_states", 3 and "stage". What is
 * not a path is one step.
 */
export function parsePath(path: string): Step[] {
  const text = cutPath(path);
  const steps: Step[] = [];
  let end = 0;
  for (const [whole, name, index, quoted, cutKey = "", between] of text.matchAll(step)) {
    end += whole.length;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? between ?? `${unquote(quoted ?? "")}${cutKey}`);
  }
  if (end < text.length) steps.push(text.slice(end));
  return steps;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/** The path of something inside a value: `payload` and `items[3]` make `payload.items[3]`, `payload` and `[3]` make `payload[3]`. */
export function joinPaths(outer: string, inner: string): string {
  const dot = outer === "" || inner === "" || inner.startsWith("[") ? "" : ".";
  return `${outer}${dot}${inner}`;
}
