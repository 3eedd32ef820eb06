import { type Clock, platformClock } from "../contract/base/clock.js";
import type { Context } from "../contract/base/context.js";
import { reportKind } from "../contract/base/settings.js";

/** Options of every instrumentation besides its meter. */
export interface ClockOptions {
  /**
   * A monotonic clock in milliseconds. Default `performance.now`, which browsers round to 5 µs or more.
   * It is called twice per measured method call.
   */
  readonly now?: Clock;
  /**
   * Called with an error that a meter, a tracer or the clock threw, although OpenTelemetry promises that
   * they never throw. The measured method is not affected. Default: the error is ignored.
   */
  readonly onFault?: (fault: unknown) => void;
}

/** The defaults of {@link ClockOptions}. */
export const telemetryDefaults: Readonly<Required<ClockOptions>> = Object.freeze({
  now: platformClock,
  onFault: () => {},
});

/** The `type` of errors about these options. */
export const subject = "telemetry";

/** Reports options of {@link ClockOptions} that are not functions. */
export function reportClock({ now, onFault }: ClockOptions, context: Context): void {
  reportKind(context, "now", now, "function");
  reportKind(context, "onFault", onFault, "function");
}

/** Reports a meter that cannot create histograms and counters. */
export function reportMeter(meter: unknown, context: Context): void {
  if (has(meter, "createHistogram") && has(meter, "createCounter")) return;
  context.mismatch("config", "an OpenTelemetry Meter", meter, "meter");
}

/** Reports a meter that cannot create histograms, counters and gauges. */
export function reportJimBotMeter(meter: unknown, context: Context): void {
  if (!has(meter, "createHistogram") || !has(meter, "createCounter")) reportMeter(meter, context);
  else if (!has(meter, "createGauge")) {
    context.mismatch("config", "a Meter that creates gauges", meter, "meter");
  }
}

/** Reports a tracer that cannot start spans. */
export function reportTracer(tracer: unknown, context: Context): void {
  if (has(tracer, "startSpan")) return;
  context.mismatch("config", "an OpenTelemetry Tracer", tracer, "tracer");
}

function has(value: unknown, method: string): boolean {
  return (
    typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function"
  );
}
