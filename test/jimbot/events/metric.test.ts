import { describe, expect, expectTypeOf, it } from "vitest";
import {
  HeartbeatEvent,
  type HeartbeatEventJson,
  MetricEvent,
  type MetricEventJson,
} from "../../../src/jimbot/events/metric.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const metric = { metric_name: "jimbot_error_rate", metric_type: "gauge", value: -1.5 };
const heartbeat = { version: "1.0.0" };

describe.each([
  {
    contract: MetricEvent,
    least: metric,
    written: { labels: {}, unit: "" },
    more: { labels: { component: "mcp" }, recorded_at: 1700000000123, unit: "s" },
  },
  {
    contract: HeartbeatEvent,
    least: heartbeat,
    written: { uptime: 0, headless: false, game_state: "" },
    more: { uptime: 9007199254740991, headless: true, game_state: "MENU" },
  },
])("$contract.typeName", ({ contract, least, written, more }) => {
  const always = { ...least, ...written };

  it.each(Object.keys(least))("requires %s", (key) => {
    const rest = Object.entries(always).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("requires nothing else, and writes fields with their default value", () => {
    expect(through(contract, least)).toEqual(always);
  });

  it("keeps every key, and reads null as unset", () => {
    expect(Object.keys({ ...always, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...always, ...more })).toEqual({ ...always, ...more });
    const nulls = Object.fromEntries(
      Object.keys({ ...written, ...more }).map((key) => [key, null]),
    );
    expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("a metric", () => {
  const name = "metric_name: expected a metric name such as jimbot_error_rate, got";
  const type = 'metric_type: expected one of "counter", "gauge", "histogram", "summary", got';
  const label = "a label name is letters, digits and _, no digit first [format]";
  const start = "cannot decode jimbot.events.v1.MetricEvent from JSON:";

  it.each([
    [`${name} "" [format]`, { metric_name: "" }],
    [`${name} "1a" [format]`, { metric_name: "1a" }],
    [`${name} "a-b" [format]`, { metric_name: "a-b" }],
    [`${name} "a.b" [format]`, { metric_name: "a.b" }],
    [`${name} "a\\n" [format]`, { metric_name: "a\n" }],
    [`${type} "" [format]`, { metric_type: "" }],
    [`${type} "Gauge" [format]`, { metric_type: "Gauge" }],
    [
      "value: must not be negative when metric_type is counter [rule]",
      { metric_type: "counter", value: -0.1 },
    ],
    [`labels["a-b"]: ${label}`, { labels: { a: "", "a-b": "x" } }],
    [`labels[""]: ${label}`, { labels: { "": "x" } }],
    [`labels["1a"]: ${label}`, { labels: { "1a": "x" } }],
    [`labels["a:b"]: ${label}`, { labels: { "a:b": "x" } }],
  ])("refuses %s", (text, fields) => {
    expect(refused(MetricEvent, { ...metric, ...fields })).toBe(text);
  });

  it.each([
    ["a counter of nothing", { metric_type: "counter", value: 0 }],
    ["a histogram", { metric_type: "histogram" }],
    ["a summary", { metric_type: "summary" }],
    ["the shortest name", { metric_name: ":" }],
    ["a name with colons and digits", { metric_name: "_a:B2" }],
    ["labels of one letter", { labels: { _: "", A1: "x" } }],
    ["a time before 1970", { recorded_at: -1 }],
  ])("accepts %s", (_, fields) => {
    expect(through(MetricEvent, { ...metric, ...fields })).toMatchObject(fields);
  });

  it.each([
    ["value: expected a number, got null [type]", { value: null }],
    ["value: expected a finite number, got NaN [float.not_finite]", { value: Number.NaN }],
    ['value: expected a number, got "NaN" [type]', { value: "NaN" }],
    ["labels.a: expected a string, got 1 [type]", { labels: { a: 1 } }],
    [
      'recorded_at: expected whole milliseconds since 1970, got "2024-01-01T00:00:00Z" [type]',
      { recorded_at: "2024-01-01T00:00:00Z" },
    ],
    ["recorded_at: expected whole milliseconds since 1970, got 0.5 [range]", { recorded_at: 0.5 }],
  ])("refuses the JSON with %s", (text, fields) => {
    expect(refusedAsJson(MetricEvent, { ...metric, ...fields })).toBe(`${start} ${text}`);
  });

  it("refuses NaN in a message as in JSON", () => {
    const message = { ...MetricEvent.fromJson(metric), value: Number.NaN };
    const results = [
      MetricEvent.safeEncode(message),
      MetricEvent.safeDecode(MetricEvent.codec.encode(message)),
    ];
    expect(results.map((result) => (result.ok ? "" : result.error.issues[0]?.message))).toEqual([
      "expected a finite number, got NaN",
      "expected a finite number, got NaN",
    ]);
  });
});

describe("a heartbeat", () => {
  const state =
    "game_state: expected a phase such as PLAYING, the game's number of it, unknown, or an empty string, got";

  it.each([
    ['version: expected a non-empty string, got "" [length]', { version: "" }],
    ["uptime: expected a number of at least 0, got -1 [range]", { uptime: -1 }],
    [`${state} "playing" [format]`, { game_state: "playing" }],
    [`${state} "PLAYING " [format]`, { game_state: "PLAYING " }],
    [`${state} "1.5" [format]`, { game_state: "1.5" }],
    [`${state} "UNKNOWN_STATE_" [format]`, { game_state: "UNKNOWN_STATE_" }],
  ])("refuses %s", (text, fields) => {
    expect(refused(HeartbeatEvent, { ...heartbeat, ...fields })).toBe(text);
  });

  it.each([
    "MENU",
    "DECK_SELECT",
    "STAKE_SELECT",
    "BLIND_SELECT",
    "SHOP",
    "PLAYING",
    "ROUND_EVAL",
    "GAME_OVER",
    "TAROT_PACK",
    "PLANET_PACK",
    "SPECTRAL_PACK",
    "STANDARD_PACK",
    "BUFFOON_PACK",
    "BOOSTER_PACK",
    "UNKNOWN",
    "UNKNOWN_STATE_17",
    "UNKNOWN_STATE_-1",
    "unknown",
    "4",
    "-1",
    "",
  ])("accepts the game state %j", (gameState) => {
    expect(through(HeartbeatEvent, { ...heartbeat, game_state: gameState })).toMatchObject({
      game_state: gameState,
    });
  });

  it.each([
    ["version", null, "expected a string, got null [type]"],
    ["uptime", 1.5, "expected an integer, got 1.5 [type]"],
    ["headless", 0, "expected true or false, got 0 [type]"],
    ["game_state", 4, "expected a string, got 4 [type]"],
  ])("refuses the JSON %s %j", (key, value, text) => {
    expect(refusedAsJson(HeartbeatEvent, { ...heartbeat, [key]: value })).toBe(
      `cannot decode jimbot.events.v1.HeartbeatEvent from JSON: ${key}: ${text}`,
    );
  });
});

describe("the types of metrics", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<MetricEventJson>().toEqualTypeOf<{
      metric_name: string;
      metric_type: string;
      value: number;
      labels: { [key: string]: string };
      unit: string;
      recorded_at?: number;
    }>();
    expectTypeOf<HeartbeatEventJson>().toEqualTypeOf<{
      version: string;
      uptime: number;
      headless: boolean;
      game_state: string;
    }>();
  });
});
