import { type Clock, platformClock } from "../contract/clock.js";
import { holdKind } from "../contract/settings.js";
import type { Walk } from "../contract/walk.js";

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
export function holdClock({ now, onFault }: ClockOptions, walk: Walk): void {
  holdKind(walk, "now", now, "function");
  holdKind(walk, "onFault", onFault, "function");
}

/** Reports a meter that makes no histograms or counters. */
export function holdMeter(meter: unknown, walk: Walk): void {
  if (has(meter, "createHistogram") && has(meter, "createCounter")) return;
  walk.mismatch("config", "an OpenTelemetry Meter", meter, "meter");
}

/** Reports a tracer that starts no spans. */
export function holdTracer(tracer: unknown, walk: Walk): void {
  if (has(tracer, "startSpan")) return;
  walk.mismatch("config", "an OpenTelemetry Tracer", tracer, "tracer");
}

function has(value: unknown, method: string): boolean {
  return (
    typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function"
  );
}
