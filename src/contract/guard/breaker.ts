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

/** Every setting of a breaker. */
export type BreakerSettings = Settings<typeof section>;

/**
 * The configuration of a breaker, every key optional, each an integer of at least 1. Document: the
 * Leyline document, "Circuit Breakers".
 *
 * - `failure_threshold`: failures in a row that open it. Default 3.
 * - `recovery_timeout_ms`: milliseconds that it stays open after the last failure. Default 30000.
 * - `half_open_requests`: trial calls that may be under way at once while it is half-open. Default 1.
 */
export type BreakerConfig = Partial<BreakerSettings>;

/** The documented configuration, which stands for every key that is missing. */
export const breakerDefaults: BreakerSettings = defaultsOf(section);

/** The configuration with all defaults, frozen. Throws ContractError `config` with every fault. */
export function readBreakerConfig(config: unknown): BreakerSettings {
  return readSettings(sectionName, section, config);
}

export type BreakerState = "closed" | "open" | "half-open";

/** One change of state. */
export interface BreakerChange {
  readonly from: BreakerState;
  readonly to: BreakerState;
  /** The failures in a row that had been reported by then. */
  readonly failures: number;
  /** True when `open()` or `close()` made it. */
  readonly forced: boolean;
}

/** What {@link createBreaker} takes besides the configuration. */
export interface BreakerOptions {
  /** What is guarded, e.g. a message type; the type of the error `breaker.open`. Default `messages`. */
  readonly name?: string;
  /** A monotonic clock in milliseconds. Default `performance.now`. */
  readonly now?: Clock;
  /** Hears each change after it was made. What it throws is kept in `listenerFaults`. Default none. */
  readonly listener?: (change: BreakerChange) => void;
}

/** One call that the breaker let through. Its first report counts; a later one does nothing. */
export interface BreakerCall {
  succeed(): void;
  fail(): void;
}

/** Stops work that fails again and again, for a while. */
export interface Breaker {
  readonly config: BreakerSettings;
  /** An open breaker becomes half-open with the first call after its time, not before. */
  readonly state: BreakerState;
  /** The failures in a row that were reported. */
  readonly failures: number;
  /** The milliseconds for which it denies calls yet; 0 unless it is open. */
  readonly remainingMillis: number;
  readonly listenerFaults: ListenerFaults;
  /** Asks for one call, which must report how it went. Throws ContractError `breaker.open`. */
  begin(): BreakerCall;
  /**
   * Does synchronous work as one call: it fails when the work throws, and what it throws is thrown on.
   * Throws ContractError `breaker.open`. Asynchronous work needs `begin`, which can report later.
   */
  run<T>(work: () => T): T;
  /** Opens it, as if the threshold had been reached. */
  open(): void;
  /** Closes it and forgets its failures. */
  close(): void;
}

/**
 * Makes a circuit breaker, closed. Failures in a row open it; it then denies all calls until
 * `recovery_timeout_ms` have passed since the last failure, and is half-open with the next: it lets
 * `half_open_requests` trial calls through, of which the first failure opens it again and the first
 * success closes it. Throws ContractError `config`. Document: the Leyline document, "Circuit Breakers".
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
