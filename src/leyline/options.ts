import type { Context } from "../contract/base/context.js";
import type { Instant } from "../contract/rules/time.js";
import { ContractError, mismatch, type Operation } from "../wire/error.js";

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

/**
 * The time that a clock gives, in milliseconds since 1970. Throws ContractError `config` when the clock
 * throws or gives no finite number.
 */
export function timeOf(operation: Operation, typeName: string, now: () => number): number {
  let time: unknown;
  try {
    time = now();
  } catch {
    const message = "the clock threw an error";
    throw new ContractError(operation, typeName, { path: "now", rule: "config", message });
  }
  if (typeof time === "number" && Number.isFinite(time)) return time;
  const expected = "a clock that gives a finite number of milliseconds";
  throw new ContractError(operation, typeName, mismatch("now", "config", expected, time));
}

/** An instant or a duration in milliseconds, with fractions. */
export function toMillis({ seconds, nanos }: Instant): number {
  return Number(seconds) * 1000 + nanos / 1_000_000;
}
