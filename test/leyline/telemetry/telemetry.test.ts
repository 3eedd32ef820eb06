import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type HealthStatus,
  MetricPoint,
  type MetricPointJson,
  SystemHealth,
  type SystemHealthJson,
  TelemetryEvent,
  type TelemetryEventJson,
  TelemetryLevel,
  TelemetryPacket,
  type TelemetryPacketJson,
  TraceSpan,
  type TraceSpanJson,
} from "../../../src/leyline/index.js";
import { misread, refusal, through, withoutHint } from "../../support/all-methods.js";

const packet = { packet_id: "p-1" };
const metric = { name: "loss" };
const event = { event_id: "evt-1", description: "loss_spike" };
const span = {
  span_id: "a1",
  name: "leyline.serialize",
  start_time: "2025-01-18T11:04:05Z",
  end_time: "2025-01-18T11:04:05Z",
};

describe("a TelemetryPacket", () => {
  it.each([
    [{ packet_id: "" }, 'packet_id: expected a non-empty string, got "" [length]'],
    [
      { source_subsystem: "NISSA" },
      'source_subsystem: expected a lower-case name of letters, digits and _, or an empty string, got "NISSA" [format]',
    ],
    [
      { metrics: [metric, { name: "" }] },
      'metrics[1].name: expected a non-empty string, got "" [length]',
    ],
    [
      { events: [{ ...event, attributes: { "": "" } }] },
      'events[0].attributes[""]: the key must not be empty [length]',
    ],
    [
      { spans: [{ ...span, parent_span_id: "a1" }] },
      "spans[0].parent_span_id: must be another span than span_id [rule]",
    ],
    [
      { system_health: { indicators: { "": "" } } },
      'system_health.indicators[""]: the key must not be empty [length]',
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(TelemetryPacket, { ...packet, ...fields })).toBe(text);
  });

  it.each([
    {},
    { timestamp: "2025-01-18T11:04:05.250Z", source_subsystem: "tolaria" },
    { metrics: [metric, metric], events: [event, event] },
    { spans: [span], system_health: {} },
  ])("may hold %j", (fields) => {
    expect(through(TelemetryPacket, { ...packet, ...fields })).toEqual({ ...packet, ...fields });
  });

  it.each([
    [{}, "packet_id: this key is required [required]"],
    [{ packet_id: null }, "packet_id: expected a string, got null [type]"],
    [{ ...packet, metrics: [{}] }, "metrics[0].name: this key is required [required]"],
    [{ ...packet, priority: 3 }, "priority: the message has no such key [unknown_key]"],
    [{ ...packet, metrics: {} }, "metrics: expected an array, got an object [type]"],
  ])("is not read from %j", (json, text) => {
    expect(misread(TelemetryPacket, json)).toBe(text);
  });

  it("takes 280 bytes and refuses 281", () => {
    expect(TelemetryPacket.budget).toEqual({ maxBytes: 280 });
    const of = (length: number) =>
      TelemetryPacket.create({ packetId: "x".repeat(length), level: TelemetryLevel.DEBUG });
    expect(TelemetryPacket.encode(of(275)).length).toBe(280);
    const result = TelemetryPacket.safeEncode(of(276));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.TelemetryPacket: 281 bytes exceed the budget of 280 (packet_id 279, level 2); send encodeParts(), or encode with { budget: false } [budget.size]",
    );
    expect(TelemetryPacket.encode(of(276), { budget: false }).length).toBe(281);
  });

  it("is always written the same way, however it was read", () => {
    const message = TelemetryPacket.fromJson({
      systemHealth: { status: 0, summary: "ok" },
      metrics: [{ value: 1e-7, name: "m", attributes: {} }],
      events: [],
      level: "WARN",
      packetId: "p",
    });
    expect(TelemetryPacket.toJsonText(message)).toBe(
      '{"packet_id":"p","level":"TELEMETRY_LEVEL_WARNING","metrics":[{"name":"m","value":1e-7}],"system_health":{"summary":"ok"}}',
    );
  });

  it("has typed JSON keys", () => {
    type Level = `TELEMETRY_LEVEL_${keyof typeof TelemetryLevel}`;
    type Texts = { [key: string]: string };
    expectTypeOf<TelemetryPacketJson>().toEqualTypeOf<{
      packet_id: string;
      timestamp?: string;
      source_subsystem?: string;
      level?: Level;
      metrics?: MetricPointJson[];
      events?: TelemetryEventJson[];
      spans?: TraceSpanJson[];
      system_health?: SystemHealthJson;
    }>();
    expectTypeOf<MetricPointJson>().toEqualTypeOf<{
      name: string;
      value?: number | "NaN" | "Infinity" | "-Infinity";
      unit?: string;
      attributes?: Texts;
    }>();
    expectTypeOf<TraceSpanJson>().toEqualTypeOf<{
      span_id: string;
      parent_span_id?: string;
      name: string;
      start_time: string;
      end_time: string;
      attributes?: Texts;
    }>();
    expectTypeOf<SystemHealthJson>().toEqualTypeOf<{
      status?: `HEALTH_STATUS_${keyof typeof HealthStatus}`;
      summary?: string;
      indicators?: Texts;
    }>();
  });
});

describe("a level", () => {
  it.each([
    ["TELEMETRY_LEVEL_INFO", TelemetryLevel.INFO, "TELEMETRY_LEVEL_INFO"],
    ["TELEMETRY_LEVEL_WARNING", TelemetryLevel.WARNING, "TELEMETRY_LEVEL_WARNING"],
    ["TELEMETRY_LEVEL_WARN", TelemetryLevel.WARNING, "TELEMETRY_LEVEL_WARNING"],
    ["TELEMETRY_LEVEL_DEBUG", 5, "TELEMETRY_LEVEL_DEBUG"],
    ["DEBUG", TelemetryLevel.DEBUG, "TELEMETRY_LEVEL_DEBUG"],
    ["INFO", TelemetryLevel.INFO, "TELEMETRY_LEVEL_INFO"],
    ["WARN", TelemetryLevel.WARNING, "TELEMETRY_LEVEL_WARNING"],
    ["WARNING", TelemetryLevel.WARNING, "TELEMETRY_LEVEL_WARNING"],
    ["ERROR", TelemetryLevel.ERROR, "TELEMETRY_LEVEL_ERROR"],
    ["CRITICAL", TelemetryLevel.CRITICAL, "TELEMETRY_LEVEL_CRITICAL"],
    ["UNSPECIFIED", TelemetryLevel.UNSPECIFIED, undefined],
    ["TELEMETRY_LEVEL_UNSPECIFIED", TelemetryLevel.UNSPECIFIED, undefined],
    [2, TelemetryLevel.WARNING, "TELEMETRY_LEVEL_WARNING"],
    [6, 6, 6],
  ])("is read from %j as %i and written %j", (level, number, name) => {
    expect(TelemetryPacket.fromJson({ ...packet, level }).level).toBe(number);
    expect(TelemetryEvent.fromJson({ ...event, level }).level).toBe(number);
    const written = name === undefined ? {} : { level: name };
    expect(through(TelemetryPacket, { ...packet, level })).toEqual({ ...packet, ...written });
    expect(through(TelemetryEvent, { ...event, level })).toEqual({ ...event, ...written });
  });

  it.each(["warn", "FATAL", "TELEMETRY_LEVEL_FATAL", "TELEMETRY_WARN", "2", "constructor"])(
    "is not read from %j",
    (level) => {
      const text = `level: expected a TelemetryLevel name, got ${JSON.stringify(level)} [enum]`;
      expect(withoutHint(misread(TelemetryPacket, { ...packet, level }))).toBe(text);
      expect(withoutHint(misread(TelemetryEvent, { ...event, level }))).toBe(text);
    },
  );
});

describe("a MetricPoint", () => {
  it.each([
    [{ name: "" }, 'name: expected a non-empty string, got "" [length]'],
    [{ attributes: { "": "x" } }, 'attributes[""]: the key must not be empty [length]'],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(MetricPoint, { ...metric, ...fields })).toBe(text);
  });

  it.each([0.1, 1 / 3, -1.7976931348623157e308, 5e-324, 16777217, "NaN", "Infinity", "-Infinity"])(
    "keeps the value %j exactly",
    (value) => {
      const json = { ...metric, value, unit: "ms", attributes: { seed_id: "" } };
      expect(through(MetricPoint, json)).toEqual(json);
      expect(MetricPoint.fromJson(json).value).toBe(Number(value));
    },
  );

  it.each([
    [{}, "name: this key is required [required]"],
    [{ name: "m", value: "1" }, 'value: expected a number, got "1" [type]'],
    [
      { name: "m", value: Number.POSITIVE_INFINITY },
      "value: expected a finite number, got Infinity [float.not_finite]",
    ],
    [{ name: "m", attributes: { a: 1 } }, "attributes.a: expected a string, got 1 [type]"],
  ])("is not read from %j", (json, text) => {
    expect(misread(MetricPoint, json)).toBe(text);
  });
});

describe("a TelemetryEvent", () => {
  it.each([
    [{ event_id: "" }, 'event_id: expected a non-empty string, got "" [length]'],
    [{ description: "" }, 'description: expected a non-empty string, got "" [length]'],
    [{ attributes: { "": "x" } }, 'attributes[""]: the key must not be empty [length]'],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(TelemetryEvent, { ...event, ...fields })).toBe(text);
  });

  it("is not read without its id or its description", () => {
    expect(misread(TelemetryEvent, { description: "x" })).toBe(
      "event_id: this key is required [required]",
    );
    expect(misread(TelemetryEvent, { event_id: "x" })).toBe(
      "description: this key is required [required]",
    );
  });
});

describe("a TraceSpan", () => {
  it.each([
    [{ span_id: "" }, 'span_id: expected a non-empty string, got "" [length]'],
    [{ name: "" }, 'name: expected a non-empty string, got "" [length]'],
    [{ parent_span_id: "a1" }, "parent_span_id: must be another span than span_id [rule]"],
    [{ end_time: "2025-01-18T11:04:04Z" }, "end_time: must not be before start_time [rule]"],
    [
      { start_time: "2025-01-18T11:04:05.000000001Z" },
      "end_time: must not be before start_time [rule]",
    ],
    [
      { end_time: "2025-01-18T11:04:04.999999999Z" },
      "end_time: must not be before start_time [rule]",
    ],
    [{ attributes: { "": "x" } }, 'attributes[""]: the key must not be empty [length]'],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(TraceSpan, { ...span, ...fields })).toBe(text);
  });

  it.each([
    {},
    { parent_span_id: "a2" },
    { end_time: "2025-01-18T11:04:05.000000001Z" },
    { start_time: "2025-01-18T11:04:04.500Z" },
    { attributes: { trace_id: "" } },
  ])("may hold %j", (fields) => {
    expect(through(TraceSpan, { ...span, ...fields })).toEqual({ ...span, ...fields });
  });

  it.each(["span_id", "name", "start_time", "end_time"])("is not read without %s", (key) => {
    expect(misread(TraceSpan, { ...span, [key]: undefined })).toBe(
      `${key}: this key is required [required]`,
    );
  });

  it("must have both times in a message too", () => {
    const result = TraceSpan.safeCheck(TraceSpan.create({ spanId: "a", name: "b" }));
    expect(result.ok ? [] : result.error.issues.map(({ path, rule }) => [path, rule])).toEqual([
      ["start_time", "required"],
      ["end_time", "required"],
    ]);
  });
});

describe("a SystemHealth", () => {
  it("refuses an indicator without a name", () => {
    expect(refusal(SystemHealth, { indicators: { "": "x" } })).toBe(
      'indicators[""]: the key must not be empty [length]',
    );
  });

  it.each([
    {},
    { status: "HEALTH_STATUS_CRITICAL", summary: "hot" },
    { status: 9, indicators: { priority: "MESSAGE_PRIORITY_HIGH", __proto: "" } },
  ])("may hold %j", (json) => {
    expect(through(SystemHealth, json)).toEqual(json);
  });

  it("refuses other names of a status", () => {
    expect(misread(SystemHealth, { status: "HEALTHY" })).toBe(
      'status: expected a HealthStatus name, got "HEALTHY" (one of HEALTH_STATUS_UNKNOWN, HEALTH_STATUS_HEALTHY, HEALTH_STATUS_DEGRADED, HEALTH_STATUS_UNHEALTHY, HEALTH_STATUS_CRITICAL) [enum]',
    );
  });
});
