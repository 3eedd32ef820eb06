import type { Duration } from "@bufbuild/protobuf/wkt";
import type { Step } from "../contract/base/context.js";
import type { Report } from "../contract/model/definition.js";

import { formed } from "../contract/rules/formats.js";

/** A lower-case name such as that of a subsystem, or the empty string for one that is not stated. */
export const nameOrEmpty = formed(
  /^(?:[a-z][a-z0-9_]*)?$/,
  "a lower-case name of letters, digits and _, or an empty string",
);

/** Bounds of a share of a whole. */
export const share = { min: 0, max: 1 } as const;

/** Bounds of a float that is finite and not negative. */
export const notNegative = { min: 0 } as const;

/** Bounds of a float that is any finite number: the largest float32, either way. */
export const finite = { min: -3.4028234663852886e38, max: 3.4028234663852886e38 } as const;

/** Reports an entry whose key is empty. */
export function refuseEmptyKey(
  map: Readonly<Record<string, unknown>>,
  key: string,
  report: Report,
): void {
  if (Object.hasOwn(map, "")) report([key, ""], "length", "the key must not be empty");
}

/** Reports the first item that an earlier one equals; `place` gives its place. */
export function refuseRepeat(
  items: readonly (string | number)[],
  place: (index: number) => readonly Step[],
  report: Report,
): void {
  const seen = new Set<string | number>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item)) {
      report(place(index), "rule", "repeats an earlier item");
      return;
    }
    seen.add(item);
  }
}

/** True for a duration that is longer than nothing. */
export function isPositive({ seconds, nanos }: Duration): boolean {
  return seconds > 0n || (seconds === 0n && nanos > 0);
}
