import type { ContractError, ContractIssue } from "../../wire/error.js";
import type { BreakerChange } from "./breaker.js";

/**
 * What happens in a guard, as data. Durations are microseconds of the guard's clock, rules included. No
 * event holds a message.
 */
export type GuardEvent =
  /** The guard is ready. */
  | { readonly kind: "loaded"; readonly version: number }
  /** Encoding begins; `fieldCount` counts the message's own fields that are set. */
  | { readonly kind: "started"; readonly typeName: string; readonly fieldCount: number }
  | GuardEncoded
  /** The rules or the codec refused a message: a serialization failure. */
  | {
      readonly kind: "failed";
      readonly typeName: string;
      readonly durationMicros: number;
      readonly error: ContractError;
    }
  /** The message was encoded, and is larger than its limit or cannot be cut into parts within it. */
  | {
      readonly kind: "oversize";
      readonly typeName: string;
      readonly durationMicros: number;
      readonly error: ContractError;
    }
  /** The breaker of the message type is open, and nothing was tried. */
  | { readonly kind: "denied"; readonly typeName: string; readonly error: ContractError }
  /** Bytes were decoded. */
  | {
      readonly kind: "decoded";
      readonly typeName: string;
      readonly sizeBytes: number;
      readonly durationMicros: number;
      /** The enum numbers without a name that the message has, at most 20; they are kept. */
      readonly invalidEnums: readonly ContractIssue[];
    }
  /** Bytes were refused; `versionMismatch` when because of their `version`. */
  | {
      readonly kind: "refused";
      readonly typeName: string;
      readonly versionMismatch: boolean;
      readonly error: ContractError;
    }
  /** The breaker of a message type changed its state. */
  | ({ readonly kind: "breaker"; readonly typeName: string } & BreakerChange);

/** A message was encoded and given to the caller, whole or in parts. */
export interface GuardEncoded {
  readonly kind: "encoded";
  readonly typeName: string;
  readonly durationMicros: number;
  /** The size of each part; one for a message that was encoded whole. */
  readonly sizes: readonly number[];
  /** The limit of the message or of each part, if there is one. */
  readonly maxBytes?: number;
  /** The configured `serialization_timeout_us`. */
  readonly maxMicros: number;
  /** True when it took longer than that. */
  readonly slow: boolean;
}
