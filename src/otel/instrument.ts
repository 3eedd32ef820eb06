import type { Message } from "@bufbuild/protobuf";
import type { Meter, Tracer } from "@opentelemetry/api";
import { monotonic } from "../contract/base/clock.js";
import { createListener, type Listener } from "../contract/base/listener.js";
import { isObject } from "../contract/base/plain-data.js";
import { guardedRead } from "../contract/base/result.js";
import { readOptions } from "../contract/base/settings.js";
import type { Contract } from "../contract/contract.js";
import type { Guard } from "../contract/guard/guard.js";
import type { MessageType } from "./leyline-metrics.js";
import { leylineObserver, type ObserverOf } from "./leyline-observer.js";
import {
  type ClockOptions,
  reportClock,
  reportMeter,
  reportTracer,
  subject,
  telemetryDefaults,
} from "./options.js";
import { setOriginal } from "./original.js";
import { type Observer, watchWith } from "./watch.js";
import { watchedContract } from "./watched-contract.js";
import { watchedGuard } from "./watched-guard.js";

/** Options of {@link instrument}: a meter, a tracer or both. */
export interface InstrumentOptions extends ClockOptions {
  /** Creates the histograms and counters. Default none: no metrics. */
  readonly meter?: Meter;
  /** Starts a span for each serialization, as a child of the active span. Default none: no spans. */
  readonly tracer?: Tracer;
}

/**
 * Returns a copy of the contract or guard whose methods are measured: the duration, size and span of each
 * serialization, and errors by code. Its methods return and throw exactly what those of the original do.
 * Throws ContractError `config` for invalid options or if there is neither a meter nor a tracer. Documents:
 * the Leyline document, "Monitoring & Observability"; the Leyline enums and constants.
 */
export function instrument<M extends Message, J>(
  contract: Contract<M, J>,
  options: InstrumentOptions,
): Contract<M, J>;
export function instrument(guard: Guard, options: InstrumentOptions): Guard;
export function instrument<M extends Message, J>(
  target: Contract<M, J> | Guard,
  options: InstrumentOptions,
): Contract<M, J> | Guard {
  const { meter, tracer, now, onFault } = readOptions(subject, options, (given, context) => {
    if (!isObject(target) || !("typeName" in target || "stats" in target)) {
      context.mismatch("config", "a contract or a guard", target);
    }
    if (given.meter === undefined && given.tracer === undefined) {
      context.mismatch("config", "a meter, a tracer or both", options);
    }
    if (given.meter !== undefined) reportMeter(given.meter, context);
    if (given.tracer !== undefined) reportTracer(given.tracer, context);
    reportClock(given, context);
  });
  const clock = monotonic(subject, now ?? telemetryDefaults.now);
  const faults = createListener(onFault ?? telemetryDefaults.onFault);
  const observerOf = guardedRead("configure", subject, () => leylineObserver(meter, tracer, clock));
  return "typeName" in target
    ? ofContract(target, observerOf, faults)
    : ofGuard(target, observerOf, faults);
}

function ofContract<M extends Message, J>(
  contract: Contract<M, J>,
  observerOf: ObserverOf,
  faults: Listener<unknown>,
): Contract<M, J> {
  const observer = observerOf(typeOf(contract, contract.budget.encodeMicros));
  return setOriginal(watchedContract(contract, watchWith<M>(observer, faults)), contract);
}

function ofGuard(guard: Guard, observerOf: ObserverOf, faults: Listener<unknown>): Guard {
  const observers = new Map<string, Observer<unknown>>();
  const observerFor = (contract: Contract): Observer<unknown> => {
    const known = observers.get(contract.typeName);
    if (known !== undefined) return known;
    const made = observerOf(typeOf(contract, guard.config.serialization_timeout_us));
    observers.set(contract.typeName, made);
    return made;
  };
  return watchedGuard(guard, (contract) =>
    watchWith((method, message) => observerFor(contract)(method, message), faults),
  );
}

function typeOf({ typeName, definition }: Contract, encodeMicros: number | undefined): MessageType {
  return { typeName, encodeMicros, hasVersion: Object.hasOwn(definition.constants, "version") };
}
