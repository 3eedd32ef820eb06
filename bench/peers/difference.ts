import { isDeepStrictEqual } from "node:util";
import { isObject } from "./plain.js";

/** The first place where two values differ. */
export interface Difference {
  /** Keys and places, joined by dots; empty for the values themselves. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Finds the first place where two values differ. Arrays of bytes are compared whole. */
export function findDifference(
  expected: unknown,
  actual: unknown,
  path: readonly string[] = [],
): Difference | undefined {
  if (isDeepStrictEqual(expected, actual)) return undefined;
  if (isNested(expected) && isNested(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const inner = [...path, key];
      const found = findDifference(Reflect.get(expected, key), Reflect.get(actual, key), inner);
      if (found !== undefined) return found;
    }
  }
  return { path: path.join("."), expected, actual };
}

function isNested(value: unknown): value is object {
  return isObject(value) && !(value instanceof Uint8Array);
}

/**
 * Says in one line how the message at this place came back wrong, without its values: they may be long.
 * Undefined when it did not.
 */
export function describeDifference(
  expected: unknown,
  actual: unknown,
  index: number,
): string | undefined {
  const found = findDifference(expected, actual);
  if (found === undefined) return undefined;
  if (found.path === "") return `message ${index} comes back as something else`;
  const { path } = found;
  if (isRounded(found)) return `reads ${path} as a double and loses its last digits`;
  const oneof = /^(.*?)\.case$/.exec(path)?.[1];
  return oneof === undefined
    ? `message ${index} comes back with other values: ${path}`
    : `writes another member of the oneof ${oneof} than it has read`;
}

/** Whether two integers are the same but for what a double cannot hold. */
function isRounded({ expected, actual }: Difference): boolean {
  const isNumber = typeof actual === "bigint" || typeof actual === "number";
  return typeof expected === "bigint" && isNumber && Number(expected) === Number(actual);
}
