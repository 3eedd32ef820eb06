import type { Context } from "../contract/base/context.js";
import type { Instant } from "../contract/rules/time.js";

/** Reports an option that is set, but not to an integer from `min` to `max`. */
export function reportInteger(
  context: Context,
  key: string,
  value: unknown,
  min: number,
  max: number,
): void {
  if (value === undefined) return;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return;
  context.mismatch("config", `an integer from ${min} to ${max}`, value, key);
}

/** Maximum of an option in milliseconds, about 24 days: the longest delay of `setTimeout`. */
export const maxMillis = 2_147_483_647;

/** Converts a timestamp or duration to milliseconds, with fractions. */
export function toMillis({ seconds, nanos }: Instant): number {
  return Number(seconds) * 1000 + nanos / 1_000_000;
}
