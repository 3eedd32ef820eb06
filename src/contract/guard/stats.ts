import type { ListenerFaults } from "../base/listener.js";
import type { BreakerState } from "./breaker-state.js";
import type { GuardEvent } from "./events.js";

/** Counts of the messages of one type. */
export interface MessageCounts {
  /** Messages that were encoded, as a whole or in parts. */
  readonly encoded: number;
  /** Messages refused by the rules or the codec: serialization failures. */
  readonly failed: number;
  /** Messages refused because of their encoded size. */
  readonly oversize: number;
  /** Messages that the breaker denied. */
  readonly denied: number;
  /** Encoded messages that took longer than `serialization_timeout_us`. */
  readonly slow: number;
  /** The largest encoded message or part, in bytes. */
  readonly largestBytes: number;
  /** The longest time of a successful encoding, in microseconds. */
  readonly slowestMicros: number;
  /** Messages that were decoded. */
  readonly decoded: number;
  /** Inputs that were refused, version mismatches included. */
  readonly refused: number;
  /** Inputs that were refused because of their `version`. */
  readonly versionMismatches: number;
  /** Enum numbers without a name in decoded messages; at most 20 are counted in each. */
  readonly invalidEnums: number;
}

/** {@link MessageCounts} that change. */
export type Tally = { -readonly [K in keyof MessageCounts]: number };

/** The counts of one message type, with the state of its breaker. */
export interface MessageStats extends MessageCounts {
  readonly breaker: BreakerState;
}

/** The counts of a guard so far. */
export interface GuardStats {
  /** By the full name of the message type. */
  readonly messages: Readonly<Record<string, MessageStats>>;
  /** The errors that the logger threw. */
  readonly loggerFaults: ListenerFaults;
  /** The errors that the listener threw. */
  readonly listenerFaults: ListenerFaults;
}

/** The counts of a message type without events. */
export const noCounts: MessageCounts = Object.freeze({
  encoded: 0,
  failed: 0,
  oversize: 0,
  denied: 0,
  slow: 0,
  largestBytes: 0,
  slowestMicros: 0,
  decoded: 0,
  refused: 0,
  versionMismatches: 0,
  invalidEnums: 0,
});

/** Adds an event to the counts of its message type. */
export function count(counts: Tally, event: GuardEvent): void {
  switch (event.kind) {
    case "encoded":
      counts.encoded++;
      if (event.slow) counts.slow++;
      counts.slowestMicros = Math.max(counts.slowestMicros, event.durationMicros);
      for (const size of event.sizes) counts.largestBytes = Math.max(counts.largestBytes, size);
      return;
    case "decoded":
      counts.decoded++;
      counts.invalidEnums += event.invalidEnums.length;
      return;
    case "refused":
      counts.refused++;
      if (event.versionMismatch) counts.versionMismatches++;
      return;
    case "failed":
    case "oversize":
    case "denied":
      counts[event.kind]++;
      return;
  }
}
