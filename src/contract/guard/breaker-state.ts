import type { BreakerSettings } from "./breaker-config.js";

/** `closed` admits all calls, `open` none, `half-open` a number of trial calls. */
export type BreakerState = "closed" | "open" | "half-open";

/** One change of a breaker's state. */
export interface BreakerChange {
  readonly from: BreakerState;
  readonly to: BreakerState;
  /** Number of consecutive failures at that time. */
  readonly failures: number;
  /** Whether `open()` or `close()` caused it. */
  readonly forced: boolean;
}

/** An admitted call: the stay in a state in which it began, and the change that it caused. */
export interface Admission {
  readonly period: number;
  readonly change: BreakerChange | undefined;
}

/**
 * The rules of a circuit breaker. It calls nobody: times are given, and changes returned when they are complete.
 * Times are milliseconds of one clock that never goes back.
 */
export class BreakerMachine {
  state: BreakerState = "closed";
  failures = 0;
  /** Time of the last opening or failure; while half-open, of admitting the trial calls. */
  #since = 0;
  /** Number of trial calls admitted since then. */
  #trials = 0;
  /** Number of changes of state, so that a call knows whether it began in the current state. */
  #period = 0;

  constructor(readonly settings: BreakerSettings) {}

  /** Remaining milliseconds for which it denies calls, or waits for the pending trial calls. */
  remaining(time: number): number {
    if (this.state === "closed") return 0;
    return Math.max(0, this.#since + this.settings.recovery_timeout_ms - time);
  }

  /** Admits a call, or returns undefined. */
  admit(time: number): Admission | undefined {
    if (this.state === "closed") return { period: this.#period, change: undefined };
    const isFull = this.#trials >= this.settings.half_open_requests;
    if (this.state === "half-open" && !isFull) {
      this.#trials++;
      return { period: this.#period, change: undefined };
    }
    // When its time has passed, calls that never report would keep it half-open for ever.
    if (this.remaining(time) > 0) return undefined;
    this.#since = time;
    this.#trials = 1;
    if (this.state === "open") this.failures = 0;
    const change = this.#change("half-open", false);
    return { period: this.#period, change };
  }

  /** Reports the success of a call. That of a call from an earlier stay in a state changes nothing. */
  succeed(period: number): BreakerChange | undefined {
    if (period !== this.#period) return undefined;
    this.failures = 0;
    return this.#change("closed", false);
  }

  /** Reports the failure of a call, whenever it began. */
  fail(time: number): BreakerChange | undefined {
    this.failures++;
    if (this.state === "closed" && this.failures < this.settings.failure_threshold)
      return undefined;
    this.#since = time;
    return this.#change("open", false);
  }

  /** Opens it, as if the failure threshold had been reached. */
  open(time: number): BreakerChange | undefined {
    this.#since = time;
    return this.#change("open", true);
  }

  /** Closes it and resets its failures. */
  close(): BreakerChange | undefined {
    this.failures = 0;
    return this.#change("closed", true);
  }

  #change(to: BreakerState, forced: boolean): BreakerChange | undefined {
    const from = this.state;
    if (from === to) return undefined;
    this.state = to;
    this.#period++;
    return Object.freeze({ from, to, failures: this.failures, forced });
  }
}
