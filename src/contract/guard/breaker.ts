import { ContractError, type ContractIssue } from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { createListener, type ListenerFaults } from "../base/listener.js";
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
  const clock = monotonic(sectionName, now);
  const heard = createListener(listener);
  const { failure_threshold, recovery_timeout_ms, half_open_requests } = settings;

  let state: BreakerState = "closed";
  let failures = 0;
  /** When it was opened or failed last; while half-open, when the trial calls were let through. */
  let since = 0;
  /** The trial calls that were let through since. */
  let trials = 0;
  /** Counts the changes of state, so that a call knows whether it began in this one. */
  let period = 0;

  const change = (to: BreakerState, forced: boolean): void => {
    const from = state;
    if (from === to) return;
    const told = { from, to, failures, forced };
    state = to;
    period++;
    heard.emit(Object.freeze(told));
  };

  const remaining = (time: number): number => Math.max(0, since + recovery_timeout_ms - time);

  const deny = (message: string): never => {
    const issue: ContractIssue = { path: "", rule: "breaker.open", message };
    throw new ContractError("encode", name, issue);
  };

  const admit = (): void => {
    if (state === "closed") return;
    const time = clock();
    const left = remaining(time);
    if (state === "open") {
      if (left > 0) deny(`the circuit breaker is open for another ${Math.ceil(left)} ms`);
      failures = 0;
      trials = 0;
      since = time;
      change("half-open", false);
    } else if (trials >= half_open_requests) {
      if (left > 0) deny("the circuit breaker is half-open, and its trial calls are under way");
      // Calls that never report would keep it half-open for ever.
      trials = 0;
      since = time;
    }
    trials++;
  };

  const succeeded = (began: number): void => {
    // A call of an earlier state says nothing of this one.
    if (began !== period) return;
    failures = 0;
    change("closed", false);
  };

  const failed = (): void => {
    failures++;
    if (state === "closed" && failures < failure_threshold) return;
    since = clock();
    change("open", false);
  };

  const breaker: Breaker = {
    config: settings,
    get state() {
      return state;
    },
    get failures() {
      return failures;
    },
    get remainingMillis() {
      return state === "open" ? remaining(clock()) : 0;
    },
    get listenerFaults() {
      return heard.faults;
    },
    begin() {
      admit();
      const began = period;
      let reported = false;
      return {
        succeed() {
          if (!reported) succeeded(began);
          reported = true;
        },
        fail() {
          if (!reported) failed();
          reported = true;
        },
      };
    },
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
    open() {
      since = clock();
      change("open", true);
    },
    close() {
      failures = 0;
      change("closed", true);
    },
  };
  return Object.freeze(breaker);
}
