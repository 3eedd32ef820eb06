import { create } from "@bufbuild/protobuf";
import { type Any, AnySchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { EventType, EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import type { AnyContract } from "../../../src/contract/contract.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { GameStateEvent } from "../../../src/jimbot/events/game.js";
import { MetricEvent } from "../../../src/jimbot/events/metric.js";
import {
  type EventPayload,
  type EventTypeName,
  eventDefaults,
  type PayloadOf,
  packEvent,
  type UnknownPayload,
  unpackEvent,
} from "../../../src/jimbot/events/pack-event.js";
import { ScoringEvent, ScoringEvent_HandEvalStart } from "../../../src/jimbot/events/scoring.js";
import * as jimbot from "../../../src/jimbot/index.js";
import type {
  LearningDecisionRequest,
  LearningDecisionResponse,
} from "../../../src/jimbot/learning.js";
import { validMessagesOf } from "../../../src/testing/index.js";
import { refusalOf } from "../../support/refusal.js";

const fixed = { newId: () => "e1", now: () => 1700000000123 };
const head = { source: "BalatroMCP", ...fixed };
const state = GameStateEvent.create({ gameId: "seed_12345", ante: 3 });

function saidOf(work: () => unknown): string {
  return refusalOf(work).message.replace("cannot accept jimbot.events.v1.Event: ", "");
}

function holding(type: number, payload: Any): Event {
  return { ...Event.create({ type, eventId: "e1", source: "s" }), payload };
}

const table: readonly [EventTypeName, string | undefined, AnyContract][] = [
  ["GAME_STATE", undefined, jimbot.GameStateEvent],
  ["LEARNING_DECISION", "REQUEST", jimbot.LearningDecisionRequest],
  ["LEARNING_DECISION", "RESPONSE", jimbot.LearningDecisionResponse],
  ["STRATEGY_REQUEST", undefined, jimbot.StrategyRequest],
  ["STRATEGY_RESPONSE", undefined, jimbot.StrategyResponse],
  ["KNOWLEDGE_QUERY", undefined, jimbot.KnowledgeQuery],
  ["KNOWLEDGE_UPDATE", undefined, jimbot.KnowledgeUpdate],
  ["METRIC", undefined, jimbot.MetricEvent],
  ["ERROR", undefined, jimbot.ErrorEvent],
  ["HEARTBEAT", undefined, jimbot.HeartbeatEvent],
  ["MONEY_CHANGED", undefined, jimbot.MoneyChangedEvent],
  ["SCORE_CHANGED", undefined, jimbot.ScoreChangedEvent],
  ["HAND_PLAYED", undefined, jimbot.HandPlayedEvent],
  ["CARDS_DISCARDED", undefined, jimbot.CardsDiscardedEvent],
  ["JOKERS_CHANGED", undefined, jimbot.JokersChangedEvent],
  ["ROUND_CHANGED", undefined, jimbot.RoundChangedEvent],
  ["PHASE_CHANGED", undefined, jimbot.PhaseChangedEvent],
  ["ROUND_COMPLETE", undefined, jimbot.RoundCompleteEvent],
  ["JOKER_TRIGGER", undefined, jimbot.JokerTriggerEvent],
  ["SCORING", "HAND_EVAL_START", jimbot.ScoringEvent_HandEvalStart],
  ["SCORING", "SCORE_UPDATE", jimbot.ScoringEvent_ScoreUpdate],
  ["SCORING", "JOKER_TRIGGER", jimbot.ScoringEvent_JokerTrigger],
  ["SCORING", "MULT_UPDATE", jimbot.ScoringEvent_MultUpdate],
  ["SCORING", "CHIPS_UPDATE", jimbot.ScoringEvent_ChipsUpdate],
  ["SCORING", "HAND_EVAL_COMPLETE", jimbot.ScoringEvent_HandEvalComplete],
  ["DIAGNOSTIC", undefined, jimbot.DiagnosticEvent],
  ["CONNECTION_TEST", undefined, jimbot.ConnectionTestEvent],
];

describe("the table of types and payloads", () => {
  it.each(table)("packs %s %s and unpacks it again", (type, subtype, contract) => {
    const property = fc.property(validMessagesOf(contract), (message) => {
      const event = packEvent(type, message, head);
      expect(event.type).toBe(EventType[type]);
      const again = unpackEvent(Event.decode(Event.encode(event)));
      const found = "subtype" in again ? again.subtype : undefined;
      expect([again.type, found]).toEqual([type, subtype]);
      // Compared as bytes, because messages with NaN are never equal.
      expect(contract.codec.encode(again.payload)).toEqual(contract.codec.encode(message));
    });
    fc.assert(property, { numRuns: 10, seed: 42 });
  });

  it("has every event type", () => {
    const names = EventTypeSchema.values.map(({ number }) => EventType[number]);
    expect([...new Set(table.map(([type]) => type))]).toEqual(names);
  });

  it.each(table)("writes %s %s with that type and subtype in JSON", (type, subtype, contract) => {
    const texts = fc
      .sample(validMessagesOf(contract), { numRuns: 30, seed: 3 })
      .map((message) => Event.safeToJsonText(packEvent(type, message, head)));
    const written = texts.flatMap((text) => (text.ok ? [text.value] : []));
    const start = JSON.stringify({ type, subtype }).replace("}", ",");
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((text) => !text.startsWith(start))).toEqual([]);
  });
});

describe("packEvent", () => {
  it("fills in the other fields", () => {
    const options = {
      ...head,
      eventId: "e7",
      correlationId: "c1",
      timestamp: 5,
      metadata: { traceparent: "00-1" },
    };
    expect(Event.toJson(packEvent("GAME_STATE", state, options))).toMatchObject({
      type: "GAME_STATE",
      source: "BalatroMCP",
      event_id: "e7",
      correlation_id: "c1",
      timestamp: 5,
      version: 1,
      metadata: { traceparent: "00-1" },
    });
    expect(Event.toJson(packEvent("GAME_STATE", state, head))).toMatchObject({
      event_id: "e1",
      timestamp: 1700000000123,
    });
  });

  it("creates an id and a time by default", () => {
    const before = Date.now();
    const event = packEvent("GAME_STATE", state, { source: "s" });
    expect(Event.check(event, { strict: true })).toBe(event);
    const { timestamp } = Event.toJson(event);
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now());
    expect(Object.isFrozen(eventDefaults)).toBe(true);
  });

  it("refuses a message of another type", () => {
    // @ts-expect-error a metric is no game state
    expect(saidOf(() => packEvent("GAME_STATE", MetricEvent.create(), head))).toBe(
      "payload: expected jimbot.events.v1.GameStateEvent, got jimbot.events.v1.MetricEvent [payload.type]",
    );
    // @ts-expect-error a game state is no decision
    expect(saidOf(() => packEvent("LEARNING_DECISION", state, head))).toBe(
      "payload: expected jimbot.events.v1.LearningDecisionRequest or jimbot.events.v1.LearningDecisionResponse, got jimbot.events.v1.GameStateEvent [payload.type]",
    );
    // @ts-expect-error the steps are packed, not the message around them
    expect(refusalOf(() => packEvent("SCORING", ScoringEvent.create(), head)).code).toBe(
      "payload.type",
    );
    // @ts-expect-error a plain object is no message
    expect(saidOf(() => packEvent("GAME_STATE", { gameId: "g" }, head))).toBe(
      "payload: expected jimbot.events.v1.GameStateEvent, got an object [payload.type]",
    );
  });

  it.each(["FLUSH", "0", "__proto__", 0, undefined])("refuses the type %s", (type) => {
    const name = typeof type === "string" ? JSON.stringify(type) : type;
    // @ts-expect-error no event type
    expect(saidOf(() => packEvent(type, state, head))).toBe(
      `type: expected an event type such as GAME_STATE, got ${name} [enum]`,
    );
  });

  it("enforces the rules of the message and of the event", () => {
    const beyond = GameStateEvent.create({ handSize: -1 });
    expect(saidOf(() => packEvent("GAME_STATE", beyond, head))).toBe(
      "payload.hand_size: expected a number of at least 0, got -1 [range]",
    );
    expect(saidOf(() => packEvent("GAME_STATE", state, { ...head, source: "" }))).toBe(
      'source: expected a non-empty string, got "" [length]',
    );
    const odd = GameStateEvent.create({ ante: 0.5 });
    expect(refusalOf(() => packEvent("GAME_STATE", odd, head)).message).toMatch(
      /^cannot encode jimbot.events.v1.GameStateEvent: ante: /,
    );
  });

  it.each([
    [0.5, "range"],
    [Number.NaN, "range"],
    [8.64e15, "range"],
    ["now", "type"],
  ])("refuses the time %s", (time, code) => {
    // @ts-expect-error one of them is no number
    const refusal = refusalOf(() => packEvent("GAME_STATE", state, { ...head, timestamp: time }));
    expect(refusal).toMatchObject({ code, path: "timestamp" });
    expect(refusal.message).toContain("expected whole milliseconds since 1970, got ");
  });

  it("keeps what a caller's function throws apart from what reading the message throws", () => {
    const text = "reading the value threw an error [input.unreadable]";
    const thrower = (): never => {
      throw new TypeError("foreign");
    };
    const start = "cannot configure jimbot.events.v1.Event: ";
    expect(saidOf(() => packEvent("GAME_STATE", state, { ...head, newId: thrower }))).toBe(
      `${start}newId: the function threw an error [config]`,
    );
    expect(saidOf(() => packEvent("GAME_STATE", state, { ...head, now: thrower }))).toBe(
      `${start}now: the clock threw an error [config]`,
    );
    const hostile = new Proxy(head, { get: thrower });
    expect(saidOf(() => packEvent("GAME_STATE", state, hostile))).toBe(
      `${start}reading the value threw an error [config]`,
    );
    const message = new Proxy(state, { get: thrower });
    expect(saidOf(() => packEvent("GAME_STATE", message, head))).toBe(text);
  });

  it("says what it needs when it has no options", () => {
    const text =
      'source: expected the option source, the component that sends the event, such as "BalatroMCP", got undefined [config]';
    // @ts-expect-error no options
    expect(saidOf(() => packEvent("GAME_STATE", state))).toBe(text);
    // @ts-expect-error null options
    expect(saidOf(() => packEvent("GAME_STATE", state, null))).toBe(text);
    // @ts-expect-error a type that does not exist
    expect(saidOf(() => packEvent("GAME_STAT", state, head))).toBe(
      'type: expected an event type such as GAME_STATE, got "GAME_STAT"; did you mean GAME_STATE? [enum]',
    );
  });
});

describe("unpackEvent", () => {
  it("returns a payload of an unknown type URL unchanged", () => {
    const payload = create(AnySchema, {
      typeUrl: "type.googleapis.com/jimbot.events.v2.Flush",
      value: new Uint8Array([8, 1]),
    });
    const event = Event.codec.decode(Event.codec.encode(holding(EventType.GAME_STATE, payload)));
    const content = unpackEvent(event);
    expect(content).toEqual({ type: undefined, payload });
    expect(Event.codec.encode(event)).toEqual(
      Event.codec.encode(holding(EventType.GAME_STATE, payload)),
    );
  });

  it("returns the payload of a type without a name unchanged", () => {
    const { payload } = packEvent("GAME_STATE", state, head);
    const event = holding(57, payload ?? create(AnySchema));
    expect(unpackEvent(event)).toEqual({ type: undefined, payload });
  });

  it("refuses an event without a payload, and another value", () => {
    expect(saidOf(() => unpackEvent(Event.create({ eventId: "e1" })))).toBe(
      "payload: this key is required [required]",
    );
    // @ts-expect-error no event
    expect(saidOf(() => unpackEvent({ type: 0 }))).toBe(
      "expected a jimbot.events.v1.Event message, got an object [type]",
    );
    const hostile: Event = new Proxy(Event.create(), {
      get: (target, key) => {
        if (key === "payload") throw new TypeError("foreign");
        return Reflect.get(target, key);
      },
    });
    expect(saidOf(() => unpackEvent(hostile))).toBe(
      "reading the value threw an error [input.unreadable]",
    );
  });

  it("refuses a payload that belongs to another type", () => {
    const { payload } = packEvent("GAME_STATE", state, head);
    expect(saidOf(() => unpackEvent(holding(EventType.METRIC, payload ?? create(AnySchema))))).toBe(
      "payload: holds type.googleapis.com/jimbot.events.v1.GameStateEvent, which is no payload of METRIC [payload.type]",
    );
  });

  it("enforces the rules of the payload", () => {
    const payload = create(AnySchema, {
      typeUrl: "type.googleapis.com/jimbot.events.v1.GameStateEvent",
      value: new Uint8Array([8]),
    });
    const refusal = refusalOf(() => unpackEvent(holding(EventType.GAME_STATE, payload)));
    expect(refusal.code).toBe("binary.truncated");
    expect(refusal.message).toContain("cannot decode jimbot.events.v1.GameStateEvent from binary");
  });
});

describe("the types", () => {
  it("name every event type once", () => {
    expectTypeOf<EventTypeName>().toEqualTypeOf<keyof typeof EventType>();
  });

  it("give each type its messages", () => {
    expectTypeOf<PayloadOf<"GAME_STATE">>().toEqualTypeOf<GameStateEvent>();
    expectTypeOf<PayloadOf<"LEARNING_DECISION">>().toEqualTypeOf<
      LearningDecisionRequest | LearningDecisionResponse
    >();
    expectTypeOf(unpackEvent).returns.toEqualTypeOf<EventPayload | UnknownPayload>();
  });

  it("narrow the content by type and subtype", () => {
    const content = unpackEvent(
      packEvent("SCORING", ScoringEvent_HandEvalStart.create({ ante: 2 }), head),
    );
    expect(content.type).toBe("SCORING");
    if (content.type === "SCORING" && content.subtype === "HAND_EVAL_START") {
      expectTypeOf(content.payload).toEqualTypeOf<ScoringEvent_HandEvalStart>();
      expect(content.payload.ante).toBe(2);
    }
    if (content.type === "GAME_STATE")
      expectTypeOf(content.payload).toEqualTypeOf<GameStateEvent>();
    if (content.type === undefined) expectTypeOf(content.payload).toEqualTypeOf<Any>();
  });
});
