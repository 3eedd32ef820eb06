import type { Subject } from "../support/binary/test-all-types.js";

/** One thing that is checked in the browser. */
export interface Check {
  readonly name: string;
  /** Throws what is wrong. Gets the message with fields of every kind, which only the page has. */
  readonly run: (everyKind: Subject) => void;
}

/** What the browser tells of a check. */
export interface Result {
  readonly name: string;
  readonly ok: boolean;
  /** What was thrown, or nothing. */
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
