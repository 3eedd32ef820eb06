import type { Duration } from "@bufbuild/protobuf/wkt";
import type { Step } from "../contract/base/context.js";
import type { Report } from "../contract/model/definition.js";
import { formed } from "../contract/rules/formats.js";

/** Format of a lower-case name, such as a subsystem, or an empty string if it is not set. */
export const nameOrEmpty = formed(
  /^(?:[a-z][a-z0-9_]*)?$/,
  "a lower-case name of letters, digits and _, or an empty string",
);

/** Bounds of a ratio, 0 to 1. */
export const share = { min: 0, max: 1 } as const;

/** Bounds of a finite float of at least 0. */
export const notNegative = { min: 0 } as const;

/** Bounds of any finite float: the smallest and the largest float32. */
export const finite = { min: -3.4028234663852886e38, max: 3.4028234663852886e38 } as const;

/** Reports an empty key of a map. */
export function reportEmptyKey(
  map: Readonly<Record<string, unknown>>,
  key: string,
  report: Report,
): void {
  if (Object.hasOwn(map, "")) report([key, ""], "length", "the key must not be empty");
}

/** Reports the first item that equals an earlier one; `pathOf` returns its path by index. */
export function reportRepeat(
  items: readonly (string | number)[],
  pathOf: (index: number) => readonly Step[],
  report: Report,
): void {
  const seen = new Set<string | number>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item)) {
      report(pathOf(index), "rule", "repeats an earlier item");
      return;
    }
    seen.add(item);
  }
}

/** Whether a duration is greater than 0. */
export function isPositive({ seconds, nanos }: Duration): boolean {
  return seconds > 0n || (seconds === 0n && nanos > 0);
}
