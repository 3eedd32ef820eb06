import { ContractError, mismatch, type Operation } from "../../wire/error.js";

/** A clock in milliseconds, with fractions. Only differences between its times are used. */
export type Clock = () => number;

/** The platform's monotonic clock, `performance.now`. */
export const platformClock: Clock = () => performance.now();

/**
 * Reads a clock that the caller gave. Throws ContractError `config` if the clock throws or does not return
 * a finite number.
 */
export function readClock(operation: Operation, name: string, now: Clock): number {
  let time: unknown;
  try {
    time = now();
  } catch {
    const message = "the clock threw an error";
    throw new ContractError(operation, name, { path: "now", rule: "config", message });
  }
  if (typeof time === "number" && Number.isFinite(time)) return time;
  const expected = "a clock that gives a finite number of milliseconds";
  throw new ContractError(operation, name, mismatch("now", "config", expected, time));
}

/**
 * Makes a clock monotonic: a time before the last one is replaced by the last one. The returned clock
 * throws ContractError `config` if the given one throws or returns no finite number.
 */
export function monotonic(name: string, now: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    // Read first: a clock that reads this one again must not set it back.
    const time = readClock("configure", name, now);
    latest = Math.max(latest, time);
    return latest;
  };
}
