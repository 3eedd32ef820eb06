import type { Meter, Tracer } from "@opentelemetry/api";
import type { Clock } from "../contract/base/clock.js";
import { createLeylineMetrics, type MessageType } from "./leyline-metrics.js";
import { endSpan, startSpan } from "./span.js";
import type { Observer, Outcome } from "./watch.js";

/** Returns the observer of the methods of one message type. */
export type ObserverOf = (type: MessageType) => Observer<unknown>;

/** Creates observers that measure each serialization and count the messages that any method rejects. */
export function leylineObserver(
  meter: Meter | undefined,
  tracer: Tracer | undefined,
  clock: Clock,
): ObserverOf {
  const metricsOf = meter && createLeylineMetrics(meter);
  return (type) => {
    const metrics = metricsOf?.(type);
    const count = (outcome: Outcome): void => {
      if (!outcome.ok) metrics?.refused(outcome.error);
    };
    return (method) => {
      if (method !== "encode" && method !== "encodeParts") return count;
      const span = tracer && startSpan(tracer, type.typeName);
      const start = clock();
      return (outcome) => {
        const micros = (clock() - start) * 1000;
        if (outcome.ok) metrics?.serialized(micros, outcome.bytes ?? 0);
        else metrics?.failed(outcome.error);
        count(outcome);
        if (span) endSpan(span, outcome, micros);
      };
    };
  };
}
