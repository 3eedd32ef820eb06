import { describe, expect, expectTypeOf, it } from "vitest";
import type { AnyContract } from "../../../src/contract/contract.js";
import { pack } from "../../../src/jimbot/events/any.js";
import { MoneyChangedEvent } from "../../../src/jimbot/events/balatro.js";
import {
  Event,
  EventBatch,
  type EventBatchJson,
  type EventJson,
} from "../../../src/jimbot/events/event.js";
import { GameStateEvent } from "../../../src/jimbot/events/game.js";
import { ScoringEvent } from "../../../src/jimbot/events/scoring.js";
import type * as jimbot from "../../../src/jimbot/index.js";
import { EventType } from "../../../src/jimbot/index.js";
import { through } from "../../support/all-methods.js";

const urlStart = "type.googleapis.com/jimbot.events.v1.";
const empty = 'expected a non-empty string, got "" [length]';
const notHere = "expected the type URL of a message that is allowed here, got";
const head = { source: "BalatroMCP", event_id: "e1", timestamp: 1700000000123, version: 1 };
const least = { type: "GAME_STATE", source: "BalatroMCP", event_id: "e1", payload: {} };
const blank = GameStateEvent.toJson(GameStateEvent.create());
const state = { type: "GAME_STATE", ...head, payload: blank };
const gameState = pack(GameStateEvent, GameStateEvent.create());

/** The error of `fromJson` for an event with these fields. */
function refusedAsJson(fields: object, contract: AnyContract = Event): string {
  const result = contract.safeFromJson({ ...least, ...fields });
  return result.ok ? "nothing was refused" : result.error.message;
}

/** An event message whose payload may be wrong. */
function holding(type: EventType, payload: Event["payload"], version = 1): Event {
  return { ...Event.create({ type, eventId: "e1", source: "s", version }), payload };
}

/** The error of every method for messages and bytes, in one text if they agree. */
function refused(event: Event): string {
  const results = [
    Event.safeCheck(event),
    Event.safeEncode(event),
    Event.safeToJson(event),
    Event.safeDecode(Event.codec.encode(event)),
  ];
  const texts = results.map((result) => (result.ok ? "nothing was refused" : result.error.message));
  return [...new Set(texts.map((text) => text.replace(/^cannot .*?: /, "")))].join(" | ");
}

describe("the keys of an event", () => {
  it.each(Object.keys(least))("must have %s", (key) => {
    expect(refusedAsJson({ [key]: undefined })).toBe(
      `cannot decode jimbot.events.v1.Event from JSON: ${key}: this key is required [required]`,
    );
  });

  it("are always written, those of the specification's example in its payload too", () => {
    expect(JSON.stringify(through(Event, least))).toBe(
      '{"type":"GAME_STATE","source":"BalatroMCP","event_id":"e1","timestamp":null,"version":1,"payload":' +
        '{"game_id":"","ante":0,"round":0,"jokers":[],"hand":[],"chips":0,"mult":0,"money":0,"shop_items":{}}}',
    );
  });

  it("include correlation and metadata if these are set", () => {
    const full = { ...state, correlation_id: "c1", metadata: { traceparent: "00-1", "a b": "" } };
    expect(through(Event, full)).toEqual(full);
    const nulls = { correlation_id: null, timestamp: null, version: null, metadata: null };
    expect(through(Event, { ...least, ...nulls })).toEqual({ ...state, timestamp: null });
  });

  it("have version 1 by default", () => {
    expect(Event.create().version).toBe(1);
    expect(Event.fromJson(least).version).toBe(1);
    expect(through(Event, { ...state, version: 2 })).toEqual({ ...state, version: 2 });
  });
});

describe("the payload of an event", () => {
  const request = { request_id: "r1", game_state: blank, available_actions: ["play_hand"] };
  const handValue = { knowledge_type: "hand_value", hand_value: { hand_type: "flush" } };

  it.each([
    ["GAME_STATE", "GameStateEvent", { ante: 2, chips: 0 }],
    ["STRATEGY_REQUEST", "StrategyRequest", { request_id: "r", game_state: {} }],
    ["STRATEGY_RESPONSE", "StrategyResponse", { request_id: "r", recommended_action: "a" }],
    ["KNOWLEDGE_QUERY", "KnowledgeQuery", { query_id: "q", query_type: "joker_info" }],
    ["KNOWLEDGE_UPDATE", "KnowledgeUpdate", { update_id: "u", ...handValue }],
    ["METRIC", "MetricEvent", { metric_name: "m", metric_type: "gauge", value: 1 }],
    ["ERROR", "ErrorEvent", { error_id: "x", source_component: "mcp", message: "no socket" }],
    ["HEARTBEAT", "HeartbeatEvent", { version: "1.0.0", game_state: "MENU" }],
    ["MONEY_CHANGED", "MoneyChangedEvent", { old_value: 1, new_value: 3, difference: 2 }],
    ["SCORE_CHANGED", "ScoreChangedEvent", { new_chips: 300 }],
    ["HAND_PLAYED", "HandPlayedEvent", { hands_remaining: 3 }],
    ["CARDS_DISCARDED", "CardsDiscardedEvent", { discards_remaining: 2 }],
    ["JOKERS_CHANGED", "JokersChangedEvent", { old_count: 1, new_count: 0 }],
    ["ROUND_CHANGED", "RoundChangedEvent", { ante: 2 }],
    ["PHASE_CHANGED", "PhaseChangedEvent", { new_phase: "SHOP" }],
    ["ROUND_COMPLETE", "RoundCompleteEvent", { score: 300 }],
    ["JOKER_TRIGGER", "JokerTriggerEvent", { joker_name: "Blueprint" }],
    ["DIAGNOSTIC", "DiagnosticEvent", { g_exists: true }],
    ["CONNECTION_TEST", "ConnectionTestEvent", { message: "ping" }],
    ["LEARNING_DECISION REQUEST", "LearningDecisionRequest", { ...request, time_limit_ms: 5 }],
    [
      "LEARNING_DECISION RESPONSE",
      "LearningDecisionResponse",
      { request_id: "r", selected_action: "a" },
    ],
    ["SCORING HAND_EVAL_START", "ScoringEvent", { starting_score: 1.5 }],
    ["SCORING SCORE_UPDATE", "ScoringEvent", { new_score: 2, delta: 2 }],
    ["SCORING JOKER_TRIGGER", "ScoringEvent", { joker: { name: "J", id: "", position: 0 } }],
    ["SCORING MULT_UPDATE", "ScoringEvent", { mult_after: 2, delta: 2 }],
    ["SCORING CHIPS_UPDATE", "ScoringEvent", { chips_after: 2, delta: 2 }],
    ["SCORING HAND_EVAL_COMPLETE", "ScoringEvent", { final_score: 2, total_delta: 2 }],
  ])("%s is a %s", (names, message, payload) => {
    const [type, subtype] = names.split(" ");
    // Metadata of an event with a subtype must not replace it.
    const metadata = { json_subtype: '"X"' };
    const tag = subtype === undefined ? { type } : { type, subtype, metadata };
    const json = { ...tag, ...head, payload, extra: 1 };
    const kept = { ...(subtype === undefined ? {} : metadata), json_extra: "1" };
    const result = Event.safeFromJson(json);
    expect(result).toMatchObject({ ok: true, value: { metadata: kept }, unknownKeys: [] });
    expect(result.ok ? result.value.payload?.typeUrl : "").toBe(urlStart + message);
    expect(through(Event, json)).toMatchObject(json);
  });

  it("ERROR has the id and the source of its event by default", () => {
    const error = { type: "ERROR", ...head, payload: { message: "no socket" } };
    expect(through(Event, error)).toMatchObject({
      payload: { error_id: "e1", source_component: "BalatroMCP", severity: "ERROR" },
    });
  });
});

describe("the JSON of an event", () => {
  const steps = "SCORE_UPDATE or JOKER_TRIGGER or MULT_UPDATE or CHIPS_UPDATE";
  const learning = { type: "LEARNING_DECISION" };
  const scoring = { type: "SCORING", subtype: "MULT_UPDATE" };
  const custom = { update_id: "u", knowledge_type: "x", custom_update: { "@type": "a/b.C" } };

  it.each([
    ['type: expected an EventType name, got "FOO" [enum]', { type: "FOO" }],
    [
      'type: expected an EventType name, got "EVENT_TYPE_ERROR"; did you mean ERROR? [enum]',
      { type: "EVENT_TYPE_ERROR" },
    ],
    ["type: expected an EventType name, got 0 [enum]", { type: 0 }],
    ["type: expected an EventType name, got null [enum]", { type: null }],
    [`event_id: ${empty}`, { event_id: "" }],
    [`source: ${empty}`, { source: "" }],
    ["version: expected a number of at least 1, got 0 [range]", { version: 0 }],
    ["timestamp: expected whole milliseconds since 1970, got 1.5 [range]", { timestamp: 1.5 }],
    ['timestamp: expected whole milliseconds since 1970, got "now" [type]', { timestamp: "now" }],
    ['metadata[""]: keys must not be empty [length]', { metadata: { "": "x" } }],
    ["payload: expected an object, got null [type]", { payload: null }],
    ["payload.ante: expected an integer, got 0.5 [type]", { payload: { ante: 0.5 } }],
    [`payload.jokers[1].name: ${empty}`, { payload: { jokers: [{ name: "J" }, { name: "" }] } }],
    ["payload.message: this key is required [required]", { type: "ERROR" }],
    ["subtype: this key is required [required]", learning],
    ["subtype: this key is required [required]", { ...learning, subtype: null }],
    [
      'subtype: expected REQUEST or RESPONSE, got "request" [enum]',
      { ...learning, subtype: "request" },
    ],
    ["subtype: this key is required [required]", { type: "SCORING" }],
    [
      `subtype: expected HAND_EVAL_START or ${steps} or HAND_EVAL_COMPLETE, got "REQUEST" [enum]`,
      { type: "SCORING", subtype: "REQUEST" },
    ],
    [
      "payload.delta: must be mult_after minus mult_before [rule]",
      { ...scoring, payload: { mult_after: 1 } },
    ],
    [
      `payload.custom_update.@type: ${notHere} "a/b.C" [payload.type]`,
      { type: "KNOWLEDGE_UPDATE", payload: custom },
    ],
    ["a: expected a JSON value, got a function [type]", { a: () => 1 }],
    ["payload.q.b: expected a JSON value, got NaN [type]", { payload: { q: { b: Number.NaN } } }],
    [
      "a: metadata has an entry json_a for this key [duplicate_key]",
      { a: 2, metadata: { json_a: "1" } },
    ],
    [
      "payload.a: metadata has an entry json_payload.a for this key [duplicate_key]",
      { payload: { a: 2 }, metadata: { "json_payload.a": "1" } },
    ],
  ])("is refused: %s", (text, fields) => {
    expect(refusedAsJson(fields)).toBe(`cannot decode jimbot.events.v1.Event from JSON: ${text}`);
  });

  it("without a type is not a game state", () => {
    const result = Event.safeFromJson({ ...least, type: undefined, payload: { ante: "x" } });
    expect(result.ok ? [] : result.error.issues.map(({ path }) => path)).toEqual(["type"]);
  });
});

describe("a message of an event", () => {
  const { GAME_STATE, METRIC, MONEY_CHANGED, SCORING } = EventType;
  const difference = pack(MoneyChangedEvent, MoneyChangedEvent.create({ difference: 4 }));
  const nameless = pack(GameStateEvent, GameStateEvent.create({ jokers: [{}] }));
  const step = (init?: Parameters<typeof ScoringEvent.create>[0]) =>
    pack(ScoringEvent, ScoringEvent.create(init));
  const update = { case: "scoreUpdate", value: { newScore: -1 } } as const;
  const typed = (typeUrl: string) => ({ ...gameState, typeUrl });
  const strange: number = 55;

  it.each([
    ["payload: expected an object, got undefined [required]", GAME_STATE, undefined],
    [
      `payload: holds ${urlStart}GameStateEvent, which is no payload of METRIC [payload.type]`,
      METRIC,
      gameState,
    ],
    [
      `payload: holds ${urlStart}GameStateEvent, which is no payload of type 55 [payload.type]`,
      strange,
      gameState,
    ],
    [`payload: ${notHere} "a/b.C" [payload.type]`, GAME_STATE, typed("a/b.C")],
    [`payload: ${notHere} "" [payload.type]`, GAME_STATE, typed("")],
    [
      `payload: ${notHere} "example.com/jimbot.events.v1.GameStateEvent" [payload.type]`,
      GAME_STATE,
      typed("example.com/jimbot.events.v1.GameStateEvent"),
    ],
    [
      `payload: ${notHere} "${urlStart}Event" [payload.type]`,
      GAME_STATE,
      typed(`${urlStart}Event`),
    ],
    [`payload.jokers[0].name: ${empty}`, GAME_STATE, nameless],
    ["payload.difference: must be new_value minus old_value [rule]", MONEY_CHANGED, difference],
    ["payload: one step is required [required]", SCORING, step()],
    [
      "payload.new_score: expected a number of at least 0, got -1 [range]",
      SCORING,
      step({ step: update }),
    ],
  ])("is refused: %s", (text, type, payload) => {
    expect(refused(holding(type, payload))).toBe(text);
  });

  // The codec's own message says what is wrong with the bytes.
  it.each([
    ["end too early", [10, 5, 1], "binary.truncated"],
    ["are no message", [0, 0], "binary.malformed"],
  ])("is refused if the bytes of its payload %s", (_, bytes, code) => {
    const event = holding(GAME_STATE, { ...gameState, value: new Uint8Array(bytes) });
    const wanted = { ok: false, error: { code, path: "payload", issues: [{ rule: code }] } };
    expect(Event.safeEncode(event)).toMatchObject(wanted);
    expect(Event.safeDecode(Event.codec.encode(event))).toMatchObject(wanted);
  });

  it("has no JSON for parts of a millisecond", () => {
    const timestamp = { $typeName: "google.protobuf.Timestamp", seconds: 1n, nanos: 1 } as const;
    const result = Event.safeToJson({ ...holding(GAME_STATE, gameState), timestamp });
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.Event to JSON: timestamp: expected a time of whole milliseconds, got 1 [range]",
    );
  });

  const $unknown = [{ no: 99, wireType: 0, data: new Uint8Array([1]) }];
  const multUpdate = { case: "multUpdate", value: {} } as const;
  const scored = { ...ScoringEvent.create({ step: multUpdate }), $unknown };

  it.each([
    ["its payload", GAME_STATE, pack(GameStateEvent, { ...GameStateEvent.create(), $unknown })],
    ["the wrapper of its payload", GAME_STATE, { ...gameState, $unknown }],
    ["its scoring event", SCORING, pack(ScoringEvent, scored)],
  ])("has no JSON for unknown fields of %s", (_, type, payload) => {
    const result = Event.safeToJson(holding(type, payload));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.Event to JSON: payload: 1 unknown field that JSON cannot carry [json.unknown_fields]",
    );
    expect(Event.safeToJson(holding(type, payload), { dropUnknown: true }).ok).toBe(true);
  });
});

describe("keys that an event does not have", () => {
  it("are kept in metadata as JSON text, and written in their own place", () => {
    const metadata = { traceparent: "00-1" };
    const payload = { ...blank, in_game: true, "odd key": [1, { a: null }] };
    const json = { ...state, payload, metadata, priority: "high", initial: null, subtype: "X" };
    const result = Event.safeFromJson(json);
    expect(result).toMatchObject({ ok: true, unknownKeys: [] });
    expect(result.ok ? result.value.metadata : {}).toEqual({
      ...metadata,
      json_priority: '"high"',
      json_initial: "null",
      json_subtype: '"X"',
      "json_payload.in_game": "true",
      "json_payload.odd key": '[1,{"a":null}]',
    });
    expect(through(Event, json)).toEqual(json);
  });

  it("may be __proto__ or empty", () => {
    const odd: unknown = JSON.parse(
      '{"__proto__":{"a":1},"":3,"type":"GAME_STATE","source":"s","event_id":"e1","payload":{"__proto__":1,"":2}}',
    );
    const again = Event.fromJsonText(Event.toJsonText(Event.fromJson(odd)));
    expect(again.metadata).toEqual({
      json___proto__: '{"a":1}',
      json_: "3",
      "json_payload.__proto__": "1",
      "json_payload.": "2",
    });
  });

  it("are not made from metadata entries with another text", () => {
    const metadata = {
      json_spaced: "[1, 2]",
      json_broken: "{",
      json_huge: "1e400",
      json_deep: "[".repeat(150) + "]".repeat(150),
      json_type: '"X"',
      "json_payload.ante": "3",
      other: "1",
    };
    expect(through(Event, { ...state, metadata })).toEqual({ ...state, metadata });
  });

  it("are reported if metadata has no name for them", () => {
    const payload = { jokers: [{ name: "J", cost: 3 }] };
    expect(Event.safeFromJson({ ...least, payload, "payload.x": 1 })).toMatchObject({
      ok: true,
      value: { metadata: {} },
      unknownKeys: ['["payload.x"]', "payload.jokers[0].cost"],
    });
  });
});

describe("a batch of events", () => {
  const batch = { batch_id: "b1", events: [state], source: "BalatroMCP", timestamp: 5 };
  const refusedBatch = (fields: object): string => {
    const result = EventBatch.safeFromJson({ ...batch, ...fields });
    return result.ok ? "nothing was refused" : result.error.message;
  };

  it("keeps its events, with their unknown keys", () => {
    const events = [state, { ...state, event_id: "e2", extra: 1 }];
    expect(through(EventBatch, { ...batch, events })).toEqual({ ...batch, events });
    expect(through(EventBatch, { ...batch, timestamp: null })).toEqual({ ...batch, timestamp: 0 });
  });

  it.each([
    ["batch_id: this key is required [required]", { batch_id: undefined }],
    ["events: this key is required [required]", { events: undefined }],
    ["source: this key is required [required]", { source: undefined }],
    [`batch_id: ${empty}`, { batch_id: "" }],
    [`source: ${empty}`, { source: "" }],
    ["events: expected at least 1 item, got an array of 0 [length]", { events: [] }],
    ["timestamp: expected a number of at least 0, got -1 [range]", { timestamp: -1 }],
    [
      "events[1].version: expected a number of at least 1, got 0 [range]",
      { events: [state, { ...state, version: 0 }] },
    ],
    [
      "events[0].payload.chips: expected a number of at least 0, got -1 [range]",
      { events: [{ ...state, payload: { chips: -1 } }] },
    ],
    [
      "events[0].type: this key is required [required]",
      { events: [{ ...state, type: undefined }] },
    ],
  ])("is refused: %s", (text, fields) => {
    expect(refusedBatch(fields)).toBe(
      `cannot decode jimbot.events.v1.EventBatch from JSON: ${text}`,
    );
  });

  it("is refused as a message, too", () => {
    const refusal = (fields: object): string => {
      const result = EventBatch.safeEncode({ ...EventBatch.fromJson(batch), ...fields });
      return result.ok ? "nothing was refused" : result.error.message;
    };
    const start = "cannot encode jimbot.events.v1.EventBatch:";
    expect(refusal({ events: [] })).toBe(
      `${start} events: expected at least 1 item, got an array of 0 [length]`,
    );
    expect(refusal({ events: [holding(EventType.METRIC, gameState)] })).toBe(
      `${start} events[0].payload: holds ${urlStart}GameStateEvent, which is no payload of METRIC [payload.type]`,
    );
    expect(refusal({ timestamp: -1n })).toBe(
      `${start} timestamp: expected a number of at least 0, got -1 [range]`,
    );
  });
});

describe("the type of an event's JSON", () => {
  it("is decided by type and subtype", () => {
    type Money = Extract<EventJson, { type: "MONEY_CHANGED" }>;
    type Mult = Extract<EventJson, { type: "SCORING"; subtype: "MULT_UPDATE" }>;
    expectTypeOf<Money["payload"]>().toEqualTypeOf<jimbot.MoneyChangedEventJson>();
    expectTypeOf<Mult["payload"]>().toEqualTypeOf<jimbot.ScoringEvent_MultUpdateJson>();
    expectTypeOf<Money["timestamp"]>().toEqualTypeOf<number | null>();
    expectTypeOf<EventJson["type"]>().toEqualTypeOf<keyof typeof EventType>();
    expectTypeOf<EventBatchJson["events"]>().toEqualTypeOf<EventJson[]>();
  });
});
