import type { ContractError, ContractIssue } from "../../wire/error.js";
import type { BreakerChange } from "./breaker-state.js";

/**
 * What happens in a guard, as data. Durations are in microseconds of the guard's clock and include
 * validation. No event contains a message.
 */
export type GuardEvent =
  /** The guard was created; `version` is that of the message contracts. */
  | { readonly kind: "loaded"; readonly version: number }
  /** An encoding begins; `fieldCount` is the number of top-level fields that are set. */
  | { readonly kind: "started"; readonly typeName: string; readonly fieldCount: number }
  | GuardEncoded
  /** A message was refused by the rules or the codec: a serialization failure. */
  | {
      readonly kind: "failed";
      readonly typeName: string;
      readonly durationMicros: number;
      readonly error: ContractError;
    }
  /** A message was encoded, but is larger than its limit or cannot be cut into parts within it. */
  | {
      readonly kind: "oversize";
      readonly typeName: string;
      readonly durationMicros: number;
      readonly error: ContractError;
    }
  /** The breaker of the message type denied the encoding. */
  | { readonly kind: "denied"; readonly typeName: string; readonly error: ContractError }
  /** Bytes were decoded. */
  | {
      readonly kind: "decoded";
      readonly typeName: string;
      readonly sizeBytes: number;
      readonly durationMicros: number;
      /** The issues of enum numbers without a name, at most 20; the numbers are kept. */
      readonly invalidEnums: readonly ContractIssue[];
    }
  /** Bytes were refused; `versionMismatch`: because of their `version`. */
  | {
      readonly kind: "refused";
      readonly typeName: string;
      readonly versionMismatch: boolean;
      readonly error: ContractError;
    }
  /** The breaker of a message type changed its state. */
  | ({ readonly kind: "breaker"; readonly typeName: string } & BreakerChange);

/** A message was encoded, as a whole or in parts. */
export interface GuardEncoded {
  readonly kind: "encoded";
  readonly typeName: string;
  readonly durationMicros: number;
  /** The size of each part in bytes; a single one for a message encoded as a whole. */
  readonly sizes: readonly number[];
  /** The limit of the message or of each part in bytes, if there is one. */
  readonly maxBytes?: number;
  /** The configured `serialization_timeout_us`. */
  readonly maxMicros: number;
  /** Whether it took longer than `maxMicros`. */
  readonly slow: boolean;
}
