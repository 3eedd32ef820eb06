import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type MetricLabels,
  type MetricName,
  metricCatalogue,
} from "../../../src/jimbot/deployment/metrics-catalogue.js";
import { MetricEvent } from "../../../src/jimbot/events/metric.js";
import { documentLines } from "../document.js";

describe("the common metrics", () => {
  it("are the document's, with type and labels", () => {
    const lines = Object.entries(metricCatalogue).flatMap(([name, { type, labels }]) => [
      `name: ${name}`,
      `type: ${type}`,
      `labels: [${labels.join(", ")}]`,
    ]);
    expect(lines).toEqual([
      "name: jimbot_event_bus_messages_total",
      "type: counter",
      "labels: [source, destination, event_type]",
      "name: jimbot_request_duration_seconds",
      "type: histogram",
      "labels: [service, method, status]",
      "name: jimbot_resource_usage_ratio",
      "type: gauge",
      "labels: [resource_type, component]",
      "name: jimbot_error_rate",
      "type: counter",
      "labels: [component, severity, error_type]",
    ]);
    const texts = documentLines()?.map(({ text }) => text);
    const first = texts?.indexOf("name: jimbot_event_bus_messages_total") ?? 0;
    expect(texts?.slice(first, first + lines.length) ?? lines).toEqual(lines);
  });

  it("have the unit that their names say", () => {
    expect(Object.values(metricCatalogue).map(({ unit }) => unit)).toEqual([
      "",
      "seconds",
      "ratio",
      "",
    ]);
  });

  it("know their labels at compile time", () => {
    expectTypeOf<MetricName>().toEqualTypeOf<
      | "jimbot_event_bus_messages_total"
      | "jimbot_request_duration_seconds"
      | "jimbot_resource_usage_ratio"
      | "jimbot_error_rate"
    >();
    expectTypeOf<MetricLabels<"jimbot_resource_usage_ratio">>().toEqualTypeOf<{
      readonly resource_type: string;
      readonly component: string;
    }>();
  });

  it("can all be sent as events", () => {
    for (const [metric_name, { type, labels, unit }] of Object.entries(metricCatalogue)) {
      const json = {
        metric_name,
        metric_type: type,
        value: 1,
        labels: Object.fromEntries(labels.map((label) => [label, "a"])),
        unit,
      };
      expect(MetricEvent.toJson(MetricEvent.fromJson(json))).toEqual(json);
    }
  });

  it("are frozen throughout", () => {
    expect(Object.isFrozen(metricCatalogue)).toBe(true);
    expect(Object.isFrozen(metricCatalogue.jimbot_error_rate.labels)).toBe(true);
  });
});
