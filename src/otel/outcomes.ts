import type { Result } from "../contract/base/result.js";
import type { Outcome } from "./watch.js";

const success: Outcome = Object.freeze({ ok: true });

/** The outcome of a door that gave something. */
export function passed(): Outcome {
  return success;
}

/** A result says of itself how it ended. */
export function itself(result: Outcome): Outcome {
  return result;
}

export function size(bytes: Uint8Array): Outcome {
  return { ok: true, bytes: bytes.length };
}

/** A message in parts has the size of all its parts, their carriers included. */
export function sizes(parts: readonly Uint8Array[]): Outcome {
  return { ok: true, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
}

/** The same of a `safe…` twin. */
export function resultOf<T>(outcomeOf: (value: T) => Outcome): (result: Result<T>) => Outcome {
  return (result) => (result.ok ? outcomeOf(result.value) : result);
}
