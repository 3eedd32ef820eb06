import type { Span, SpanStatusCode, Tracer } from "@opentelemetry/api";
import { isContractError } from "../wire/error.js";
import { codeOf } from "./leyline-metrics.js";
import type { Outcome } from "./watch.js";

// A number: importing the enum would load OpenTelemetry, of which this folder uses only types.
const failed: SpanStatusCode.ERROR = 2;

/** Starts the span of one serialization. Document: the Leyline document, "Tracing". */
export function startSpan(tracer: Tracer, messageType: string): Span {
  const span = tracer.startSpan("leyline.serialize", { attributes: { message_type: messageType } });
  span.addEvent("serialization_start");
  return span;
}

/** Ends the span. An error is recorded by code and path, never with its text, which may contain a value. */
export function endSpan(span: Span, outcome: Outcome, micros: number): void {
  span.setAttribute("duration_us", micros);
  if (outcome.ok) {
    span.setAttribute("size_bytes", outcome.bytes ?? 0);
    span.addEvent("serialization_complete");
  } else {
    const { error } = outcome;
    const code = codeOf(error);
    const path = isContractError(error) ? error.path : "";
    span.setAttributes({ code, path });
    const name = error instanceof Error ? error.name : code;
    span.recordException({ name, message: path === "" ? code : `${code} at ${path}` });
    span.setStatus({ code: failed, message: code });
  }
  span.end();
}
