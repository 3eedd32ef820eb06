import type { Result } from "../contract/base/result.js";
import type { Outcome } from "./watch.js";

const success: Outcome = Object.freeze({ ok: true });

/** The outcome of a method that returned a value without a size. */
export function succeeded(): Outcome {
  return success;
}

/** The outcome of a `safe…` method whose value has no size: the result itself. */
export function sameOutcome(result: Outcome): Outcome {
  return result;
}

/** The outcome of a method that returned encoded bytes. */
export function withSize(bytes: Uint8Array): Outcome {
  return { ok: true, bytes: bytes.length };
}

/** The outcome of a method that returned parts: the size is the sum of the encoded `Part` messages. */
export function withTotalSize(parts: readonly Uint8Array[]): Outcome {
  return { ok: true, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
}

/** Adapts an outcome function to the corresponding `safe…` method. */
export function ofResult<T>(outcomeOf: (value: T) => Outcome): (result: Result<T>) => Outcome {
  return (result) => (result.ok ? outcomeOf(result.value) : result);
}
