import { type Clock, platformClock } from "../contract/base/clock.js";
import type { Context } from "../contract/base/context.js";
import { reportKind } from "../contract/base/settings.js";

/** What every instrumentation takes besides its meter. */
export interface ClockOptions {
  /**
   * A monotonic clock in milliseconds. Default `performance.now`, which browsers round to 5 µs or more;
   * costs two calls for each use of a measured door.
   */
  readonly now?: Clock;
  /**
   * Hears what a meter, a tracer or the clock throws, which OpenTelemetry promises they never do; the
   * door's result is not lost to it. Default: nobody hears it.
   */
  readonly onFault?: (fault: unknown) => void;
}

/** The defaults of {@link ClockOptions}. */
export const telemetryDefaults: Readonly<Required<ClockOptions>> = Object.freeze({
  now: platformClock,
  onFault: () => {},
});

/** What errors about the options carry as their type. */
export const subject = "telemetry";

/** Reports options of {@link ClockOptions} that are no functions. */
export function reportClock({ now, onFault }: ClockOptions, context: Context): void {
  reportKind(context, "now", now, "function");
  reportKind(context, "onFault", onFault, "function");
}

/** Reports a meter that makes no histograms or counters. */
export function reportMeter(meter: unknown, context: Context): void {
  if (has(meter, "createHistogram") && has(meter, "createCounter")) return;
  context.mismatch("config", "an OpenTelemetry Meter", meter, "meter");
}

/** Reports a tracer that starts no spans. */
export function reportTracer(tracer: unknown, context: Context): void {
  if (has(tracer, "startSpan")) return;
  context.mismatch("config", "an OpenTelemetry Tracer", tracer, "tracer");
}

function has(value: unknown, method: string): boolean {
  return (
    typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function"
  );
}
