import { callOption } from "../../contract/base/call-option.js";
import { readClock } from "../../contract/base/clock.js";
import { ContractError, mismatch } from "../../wire/error.js";

/**
 * The id that a caller's function makes. Throws ContractError `config` if the function throws or does not
 * return a non-empty string: that is no fault of the message.
 */
export function callNewId(typeName: string, newId: () => string): string {
  const id: unknown = callOption("configure", typeName, "newId", newId);
  if (typeof id === "string" && id !== "") return id;
  const expected = "a function that gives a non-empty string";
  throw new ContractError("configure", typeName, mismatch("newId", "config", expected, id));
}

/** The time of a caller's clock. Throws ContractError `config` as {@link callNewId} does. */
export function callNow(typeName: string, now: () => number): number {
  return readClock("configure", typeName, now);
}
