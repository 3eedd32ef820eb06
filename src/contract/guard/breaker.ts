import { ContractError, type ContractIssue } from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { createListener, type Listener, type ListenerFaults } from "../base/listener.js";
import {
  defaultsOf,
  readOptions,
  readSettings,
  reportKind,
  type Section,
  type Settings,
} from "../base/settings.js";

const section = {
  failure_threshold: { default: 3, min: 1 },
  recovery_timeout_ms: { default: 30_000, min: 1 },
  half_open_requests: { default: 1, min: 1 },
} as const satisfies Section;

const sectionName = "circuit_breaker";

/** The configuration of a breaker with all defaults. */
export type BreakerSettings = Settings<typeof section>;

/**
 * The configuration of a breaker, every key optional, each an integer of at least 1. Document: the
 * Leyline document, "Circuit Breakers".
 *
 * - `failure_threshold`: number of consecutive failures that open it. Default 3.
 * - `recovery_timeout_ms`: time that it stays open after the last failure, in milliseconds. Default 30000.
 * - `half_open_requests`: maximum number of pending trial calls while it is half-open. Default 1.
 */
export type BreakerConfig = Partial<BreakerSettings>;

/** The documented defaults of a breaker's configuration. */
export const breakerDefaults: BreakerSettings = defaultsOf(section);

/** A configuration with all defaults, frozen. Throws ContractError `config` with all issues. */
export function readBreakerConfig(config: unknown): BreakerSettings {
  return readSettings(sectionName, section, config);
}

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

/** Options of {@link createBreaker}. */
export interface BreakerOptions {
  /** The name of the guarded work, e.g. a message type; the `type` of its errors. Default `messages`. */
  readonly name?: string;
  /** A monotonic clock in milliseconds. Default `performance.now`. */
  readonly now?: Clock;
  /** Called after each change of state. Its errors are recorded in `listenerFaults`. Default none. */
  readonly listener?: (change: BreakerChange) => void;
}

/** One admitted call, which must report its outcome once; further reports do nothing. */
export interface BreakerCall {
  succeed(): void;
  fail(): void;
}

/** A circuit breaker: denies calls for a while after consecutive failures. */
export interface Breaker {
  /** The configuration with all defaults, frozen. */
  readonly config: BreakerSettings;
  /** An open breaker becomes half-open at the first call after `recovery_timeout_ms`, not earlier. */
  readonly state: BreakerState;
  /** Number of consecutive failures. */
  readonly failures: number;
  /** Remaining time in milliseconds for which it denies calls; 0 unless it is open. */
  readonly remainingMillis: number;
  /** The errors that the listener threw. */
  readonly listenerFaults: ListenerFaults;
  /** Begins a call, which must report its outcome. Throws ContractError `breaker.open` if it is denied. */
  begin(): BreakerCall;
  /**
   * Runs synchronous work as one call, which fails if the work throws; the error is rethrown. Throws
   * ContractError `breaker.open` if the call is denied. For asynchronous work, use `begin`.
   */
  run<T>(work: () => T): T;
  /** Opens it, as if the failure threshold had been reached. */
  open(): void;
  /** Closes it and resets its failures. */
  close(): void;
}

/**
 * Creates a closed circuit breaker. `failure_threshold` consecutive failures open it. It then denies all
 * calls until `recovery_timeout_ms` have passed since the last failure, and becomes half-open at the next
 * call: it admits `half_open_requests` trial calls, of which the first failure opens it again and the first
 * success closes it. Throws ContractError `config` for a wrong configuration or option. Document: the
 * Leyline document, "Circuit Breakers".
 */
export function createBreaker(config: BreakerConfig = {}, options: BreakerOptions = {}): Breaker {
  const settings = readBreakerConfig(config);
  const {
    name = "messages",
    now = platformClock,
    listener = () => {},
  } = readOptions(sectionName, options, (given, context) => {
    reportKind(context, "name", given.name, "string");
    reportKind(context, "now", given.now, "function");
    reportKind(context, "listener", given.listener, "function");
  });
  const changes = createListener(listener);
  const machine = new StateMachine(settings, name, monotonic(sectionName, now), changes);
  const breaker: Breaker = {
    config: settings,
    get state() {
      return machine.state;
    },
    get failures() {
      return machine.failures;
    },
    get remainingMillis() {
      return machine.remainingMillis;
    },
    get listenerFaults() {
      return changes.faults;
    },
    begin: () => machine.begin(),
    run(work) {
      const call = breaker.begin();
      let result: ReturnType<typeof work>;
      try {
        result = work();
      } catch (error) {
        call.fail();
        throw error;
      }
      call.succeed();
      return result;
    },
    open: () => machine.open(),
    close: () => machine.close(),
  };
  return Object.freeze(breaker);
}

class StateMachine {
  state: BreakerState = "closed";
  failures = 0;
  /** Time of the last opening or failure; while half-open, of admitting the trial calls. */
  #since = 0;
  /** Number of trial calls admitted since then. */
  #trials = 0;
  /** Number of changes of state, so that a call knows whether it began in the current state. */
  #period = 0;

  constructor(
    readonly settings: BreakerSettings,
    readonly name: string,
    readonly clock: Clock,
    readonly changes: Listener<BreakerChange>,
  ) {}

  get remainingMillis(): number {
    return this.state === "open" ? this.#remaining(this.clock()) : 0;
  }

  begin(): BreakerCall {
    this.#admit();
    const began = this.#period;
    let isReported = false;
    return {
      succeed: () => {
        if (!isReported) this.#succeed(began);
        isReported = true;
      },
      fail: () => {
        if (!isReported) this.#fail();
        isReported = true;
      },
    };
  }

  open(): void {
    this.#since = this.clock();
    this.#change("open", true);
  }

  close(): void {
    this.failures = 0;
    this.#change("closed", true);
  }

  #admit(): void {
    if (this.state === "closed") return;
    const time = this.clock();
    const left = this.#remaining(time);
    if (this.state === "open") {
      if (left > 0) this.#deny(`the circuit breaker is open for another ${Math.ceil(left)} ms`);
      this.failures = 0;
      this.#trials = 0;
      this.#since = time;
      this.#change("half-open", false);
    } else if (this.#trials >= this.settings.half_open_requests) {
      if (left > 0) this.#deny("the circuit breaker is half-open, and its trial calls are pending");
      // Calls that never report would keep it half-open for ever.
      this.#trials = 0;
      this.#since = time;
    }
    this.#trials++;
  }

  #succeed(began: number): void {
    // The success of a call from an earlier state must not close it.
    if (began !== this.#period) return;
    this.failures = 0;
    this.#change("closed", false);
  }

  #fail(): void {
    this.failures++;
    if (this.state === "closed" && this.failures < this.settings.failure_threshold) return;
    this.#since = this.clock();
    this.#change("open", false);
  }

  #change(to: BreakerState, forced: boolean): void {
    const from = this.state;
    if (from === to) return;
    const change = { from, to, failures: this.failures, forced };
    this.state = to;
    this.#period++;
    this.changes.emit(Object.freeze(change));
  }

  #deny(message: string): never {
    const issue: ContractIssue = { path: "", rule: "breaker.open", message };
    throw new ContractError("encode", this.name, issue);
  }

  #remaining(time: number): number {
    return Math.max(0, this.#since + this.settings.recovery_timeout_ms - time);
  }
}
