import { deepFreeze } from "./deep-freeze.js";

/** What a metric is, in Prometheus' words. */
export interface MetricDescription {
  readonly type: "counter" | "gauge" | "histogram";
  /** The names of its labels, all of which every value has. */
  readonly labels: readonly string[];
  /** What its values count; the empty string for plain numbers. */
  readonly unit: "" | "seconds" | "ratio";
}

/**
 * The metrics that all components have in common, by their names. `jimbot_error_rate` is a counter, whose
 * rate the reader takes. Document: the JimBot specification, "Metrics (Prometheus Format)".
 *
 *     const labels = { component: "memgraph", severity: "ERROR", error_type: "timeout" };
 *     labels satisfies MetricLabels<"jimbot_error_rate">;
 */
export const metricCatalogue = deepFreeze({
  jimbot_event_bus_messages_total: {
    type: "counter",
    labels: ["source", "destination", "event_type"],
    unit: "",
  },
  jimbot_request_duration_seconds: {
    type: "histogram",
    labels: ["service", "method", "status"],
    unit: "seconds",
  },
  jimbot_resource_usage_ratio: {
    type: "gauge",
    labels: ["resource_type", "component"],
    unit: "ratio",
  },
  jimbot_error_rate: {
    type: "counter",
    labels: ["component", "severity", "error_type"],
    unit: "",
  },
} as const satisfies Readonly<Record<string, MetricDescription>>);

/** The name of a common metric. */
export type MetricName = keyof typeof metricCatalogue;

/** The labels of one value of a metric. */
export type MetricLabels<Name extends MetricName> = {
  readonly [Label in (typeof metricCatalogue)[Name]["labels"][number]]: string;
};
