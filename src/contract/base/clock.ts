import { ContractError, mismatch, type Operation } from "../../wire/error.js";

/** A clock in milliseconds, with fractions; only differences of its times mean anything. */
export type Clock = () => number;

/** The monotonic clock of the platform. */
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
 * The clock, made monotonic: a time before the last one reads as the last one. Throws ContractError
 * `config` as {@link readClock} does.
 */
export function monotonic(name: string, now: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    latest = Math.max(latest, readClock("configure", name, now));
    return latest;
  };
}
