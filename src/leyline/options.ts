import type { Context } from "../contract/base/context.js";
import type { Instant } from "../contract/rules/time.js";

/** Reports an option that is given and is no integer from `min` to `max`. */
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

/** The most milliseconds that an option may ask for: some 24 days. */
export const maxMillis = 2_147_483_647;

/** An instant or a duration in milliseconds, with fractions. */
export function toMillis({ seconds, nanos }: Instant): number {
  return Number(seconds) * 1000 + nanos / 1_000_000;
}
