import { Fault, tooDeep } from "./fault.js";

/** Maximum nesting depth of messages and groups; the outermost message counts as 1. */
export const maxDepth = 100;

/**
 * Added to every depth while elements are counted. Each message is tested for `depth > maxDepth` anyway,
 * so that counting costs nothing while it is off.
 */
const counting = 0x10000;

let limit = 0;
let left = 0;

/**
 * The depth of the outermost message of an input of `length` bytes. Elements are counted only where there
 * can be too many: each takes at least two bytes.
 */
export function outermostDepth(length: number, maxElements: number): number {
  if (length <= maxElements * 2) return 1;
  limit = maxElements;
  left = maxElements;
  return counting + 1;
}

/** Called for a message of a depth beyond {@link maxDepth}, and of every depth while elements are counted. */
export function enterMessage(depth: number, at: number): void {
  if (isTooDeep(depth)) tooDeep(at);
  // The outermost message is not an element of itself.
  if (depth !== counting + 1) countElement(depth, at);
}

/** Counts a text, a byte array, a map entry or an unknown field. Throws `input.elements` for one too many. */
export function countElement(depth: number, at: number): void {
  if (depth <= counting || --left >= 0) return;
  throw new Fault("input.elements", `more than the ${limit} elements that are accepted`, at);
}

/** Whether a depth, which may be one of {@link outermostDepth} or below, is beyond {@link maxDepth}. */
export function isTooDeep(depth: number): boolean {
  return depth > maxDepth && (depth <= counting || depth - counting > maxDepth);
}
