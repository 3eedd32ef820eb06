import { ContractError } from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { createListener, type Listener, type ListenerFaults } from "../base/listener.js";
import { readOptions, reportKind } from "../base/settings.js";
import {
  type BreakerConfig,
  type BreakerSettings,
  breakerSectionName,
  readBreakerConfig,
} from "./breaker-config.js";
import { type BreakerChange, BreakerMachine, type BreakerState } from "./breaker-state.js";

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
  const machine = new BreakerMachine(readBreakerConfig(config));
  const { name, clock, changes } = readBreakerOptions(options);
  const emit = (change: BreakerChange | undefined): void => {
    if (change !== undefined) changes.emit(change);
  };
  const breaker: Breaker = {
    config: machine.settings,
    get state() {
      return machine.state;
    },
    get failures() {
      return machine.failures;
    },
    get remainingMillis() {
      return machine.state === "open" ? machine.remaining(clock()) : 0;
    },
    get listenerFaults() {
      return changes.faults;
    },
    begin() {
      const time = machine.state === "closed" ? 0 : clock();
      const admission = machine.admit(time);
      if (admission === undefined) throw denial(name, machine, time);
      const { period, change } = admission;
      emit(change);
      return callOf({
        succeed: () => emit(machine.succeed(period)),
        fail: () => emit(machine.fail(clock())),
      });
    },
    run: (work) => runAs(breaker.begin(), work),
    open: () => emit(machine.open(clock())),
    close: () => emit(machine.close()),
  };
  return Object.freeze(breaker);
}

function readBreakerOptions(options: BreakerOptions): {
  name: string;
  clock: Clock;
  changes: Listener<BreakerChange>;
} {
  const given = readOptions(breakerSectionName, options, ({ name, now, listener }, context) => {
    reportKind(context, "name", name, "string");
    reportKind(context, "now", now, "function");
    reportKind(context, "listener", listener, "function");
  });
  const { name = "messages", now = platformClock, listener = () => {} } = given;
  return { name, clock: monotonic(breakerSectionName, now), changes: createListener(listener) };
}

/** A call of which only the first report counts, also while a listener is called. */
function callOf(report: BreakerCall): BreakerCall {
  let isReported = false;
  const once = (outcome: keyof BreakerCall) => () => {
    if (isReported) return;
    isReported = true;
    report[outcome]();
  };
  return { succeed: once("succeed"), fail: once("fail") };
}

function runAs<T>(call: BreakerCall, work: () => T): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    call.fail();
    throw error;
  }
  call.succeed();
  return result;
}

function denial(name: string, machine: BreakerMachine, time: number): ContractError {
  const left = Math.ceil(machine.remaining(time));
  const message =
    machine.state === "open"
      ? `the circuit breaker is open for another ${left} ms`
      : "the circuit breaker is half-open, and its trial calls are pending";
  return new ContractError("encode", name, { path: "", rule: "breaker.open", message });
}
