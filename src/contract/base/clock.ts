import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";

/** A clock in milliseconds, with fractions. Only differences between its times are used. */
export type Clock = () => number;

/** The platform's monotonic clock, `performance.now`. */
export const platformClock: Clock = () => performance.now();

/**
 * Makes a clock monotonic: a time before the last one is replaced by the last one. The returned clock
 * throws ContractError `config` if the given one throws or returns no finite number.
 */
export function monotonic(name: string, now: Clock): Clock {
  const refuse = (issue: ContractIssue): never => {
    throw new ContractError("configure", name, issue);
  };
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    let time: unknown;
    try {
      time = now();
    } catch {
      refuse({ path: "now", rule: "config", message: "the clock threw an error" });
    }
    if (typeof time !== "number" || !Number.isFinite(time)) {
      const expected = "a clock that gives a finite number of milliseconds";
      return refuse(mismatch("now", "config", expected, time));
    }
    latest = Math.max(latest, time);
    return latest;
  };
}
