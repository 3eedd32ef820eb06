import type { Meter } from "@opentelemetry/api";
import { Context } from "../contract/base/context.js";
import { guardedRead, refuse } from "../contract/base/result.js";
import { reportJimBotMeter, subject } from "./options.js";

/** Buckets in seconds. They include the specification's limits for queries (0.05), decisions (0.1), mutations (0.2) and advice (5). */
const requestBoundaries = [
  0.000_01, 0.000_1, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10,
];

/** Labels of `jimbot_event_bus_messages_total`. */
export interface MessageLabels {
  /** The component that sends, e.g. `BalatroMCP`. */
  readonly source: string;
  /** The component that receives, e.g. `event_bus`. */
  readonly destination: string;
  /** The event type as written in the specification's logs, e.g. `game.state`. */
  readonly event_type: string;
}

/** Labels of `jimbot_request_duration_seconds`. */
export interface RequestLabels {
  readonly service: string;
  readonly method: string;
  /** The outcome, e.g. `ok`. */
  readonly status: string;
}

/** Labels of `jimbot_resource_usage_ratio`. */
export interface ResourceLabels {
  /** A ResourceType of the specification. */
  readonly resource_type: "GPU_COMPUTE" | "MEMORY_MB" | "CLAUDE_API_TOKENS";
  readonly component: string;
}

/** Labels of `jimbot_error_rate`. */
export interface ErrorLabels {
  readonly component: string;
  /** An ErrorSeverity of the specification. */
  readonly severity: "INFO" | "WARNING" | "ERROR" | "CRITICAL";
  /** The kind of error, e.g. the code of a ContractError. */
  readonly error_type: string;
}

/** The four metrics of every JimBot component, with exactly the specified labels. */
export interface JimBotMetrics {
  /** Counts a message over the event bus. */
  message(labels: MessageLabels): void;
  /** Records the duration of a request. */
  request(seconds: number, labels: RequestLabels): void;
  /** Records the share of a resource in use, 0 to 1. */
  resource(ratio: number, labels: ResourceLabels): void;
  /** Counts an error. */
  error(labels: ErrorLabels): void;
}

/**
 * Creates the four metrics of a JimBot component. Throws ContractError `config` for what is not a meter, and
 * for one that cannot create gauges: that needs `@opentelemetry/api` 1.9 or newer. Document: the JimBot
 * specification, "Metrics (Prometheus Format)".
 */
export function createJimBotMetrics(meter: Meter): JimBotMetrics {
  const context = new Context();
  guardedRead("configure", subject, () => reportJimBotMeter(meter, context));
  refuse("configure", subject, context.issues);
  return guardedRead("configure", subject, () => createMetrics(meter));
}

function createMetrics(meter: Meter): JimBotMetrics {
  const messages = meter.createCounter("jimbot_event_bus_messages_total", {
    description: "Messages over the event bus",
    unit: "{message}",
  });
  const requests = meter.createHistogram("jimbot_request_duration_seconds", {
    description: "Duration of a request",
    unit: "s",
    advice: { explicitBucketBoundaries: [...requestBoundaries] },
  });
  const resources = meter.createGauge("jimbot_resource_usage_ratio", {
    description: "Share of a resource that is used",
    unit: "1",
  });
  const errors = meter.createCounter("jimbot_error_rate", {
    description: "Errors",
    unit: "{error}",
  });
  return {
    message({ source, destination, event_type }) {
      messages.add(1, { source, destination, event_type });
    },
    request(seconds, { service, method, status }) {
      requests.record(seconds, { service, method, status });
    },
    resource(ratio, { resource_type, component }) {
      resources.record(ratio, { resource_type, component });
    },
    error({ component, severity, error_type }) {
      errors.add(1, { component, severity, error_type });
    },
  };
}
