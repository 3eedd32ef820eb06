import type { Subject } from "../support/binary/test-all-types.js";

/** One check in the browser. */
export interface Check {
  readonly name: string;
  /** Throws if the check fails. Gets the message with fields of every kind, which is only generated for the page. */
  readonly run: (everyKind: Subject) => void;
}

/** The result of a check. */
export interface Result {
  readonly name: string;
  readonly ok: boolean;
  /** What was thrown, or undefined. */
  readonly message: string;
}

export function resultOf({ name, run }: Check, everyKind: Subject): Result {
  try {
    run(everyKind);
    return { name, ok: true, message: "" };
  } catch (thrown) {
    return { name, ok: false, message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
