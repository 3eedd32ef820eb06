import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";

/** A clock in milliseconds, with fractions; only differences of its times mean anything. */
export type Clock = () => number;

/** The monotonic clock of the platform. */
export const platformClock: Clock = () => performance.now();

/**
 * The clock, made monotonic: a time before the last one reads as the last one. Throws ContractError
 * `config` when the clock throws, or gives no finite number.
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
