import { describe, expect, it } from "vitest";
import { BalatroPost, balatroDefaults } from "../../../src/jimbot/balatro/balatro-post.js";
import { type BalatroRepair, balatroRepairKinds } from "../../../src/jimbot/balatro/repairs.js";
import { Event, EventBatch } from "../../../src/jimbot/events/event.js";

const options = { newId: () => "new-id", now: () => 1751500000999 };
const head = { source: "BalatroMCP", event_id: "e1", timestamp: 1751500000000, version: 1 };
const blank = {
  game_id: "",
  ante: 0,
  round: 0,
  jokers: [],
  hand: [],
  chips: 0,
  mult: 0,
  money: 0,
  shop_items: {},
};
const keptAside = "what its field cannot hold kept in metadata";

/** The only event of a post. */
function eventOf(post: BalatroPost): Event {
  const [event, ...others] = post.events;
  if (event === undefined || others.length > 0) throw new Error("not one event");
  return event;
}

/** Reads one event: its wire JSON after encoding and decoding, and a short form of the repairs. */
function through(json: unknown): { json: object; repairs: string[]; metadata: object } {
  const post = BalatroPost.fromJson(json, options);
  const event = Event.fromJson(Event.toJson(Event.decode(Event.encode(eventOf(post)))));
  expect(post.unknownKeys).toEqual([]);
  return { json: Event.toJson(event), repairs: short(post.repairs), metadata: event.metadata };
}

function short(repairs: readonly BalatroRepair[]): string[] {
  for (const { kind } of repairs) expect(balatroRepairKinds).toContain(kind);
  return repairs.map(({ path, repair, kept }) =>
    kept === undefined ? `${path}: ${repair}` : `${path}: ${repair} as ${kept}`,
  );
}

function refused(json: unknown): string {
  const result = BalatroPost.safeFromJson(json, options);
  expect(() => BalatroPost.fromJson(json, options)).toThrow(
    result.ok ? "nothing was refused" : result.error.message,
  );
  return result.ok ? "nothing was refused" : result.error.message;
}

describe("an event of the mod", () => {
  it("as in the specification needs no repair", () => {
    const json = { type: "GAME_STATE", ...head, payload: { ...blank, chips: 300, ante: 3 } };
    expect(through(json)).toEqual({ json, repairs: [], metadata: {} });
  });

  it("may be in a batch, whose own keys are kept", () => {
    const money = { old_value: 10, new_value: 15, difference: 5 };
    const batch = {
      batch_id: "b1",
      events: [
        { type: "MONEY_CHANGED", ...head, payload: money },
        { type: "ROUND_CHANGED", ...head, event_id: "e2", payload: { ante: 2, round: 4 } },
      ],
      source: "BalatroMCP",
      timestamp: 1751500000000,
    };
    const post = BalatroPost.fromJsonText(JSON.stringify(batch), options);
    expect(post.repairs).toEqual([]);
    expect(post.events).toHaveLength(2);
    expect(post.batch?.events).toBe(post.events);
    expect(post.batch && EventBatch.toJson(post.batch)).toEqual(batch);
    expect(BalatroPost.fromJson(batch.events[0]).batch).toBeUndefined();
  });

  it("gets its missing keys, from its batch first", () => {
    const bare = { type: "CARDS_DISCARDED", payload: { discards_remaining: 2 } };
    const filled = through({ ...bare, source: "BalatroMCP" });
    expect(filled.json).toMatchObject({ event_id: "new-id", timestamp: 1751500000999, version: 1 });
    expect(filled.repairs).toEqual([
      "event_id: missing, given a new one",
      "timestamp: missing, the time of arrival",
      "version: missing, read as 1",
    ]);
    const post = BalatroPost.fromJson(
      { batch_id: "b", source: "mod", timestamp: 1751500000000, events: [bare] },
      options,
    );
    expect(Event.toJson(eventOf(post))).toMatchObject({ source: "mod", timestamp: 1751500000000 });
    expect(short(post.repairs)).toEqual([
      "events[0].event_id: missing, given a new one",
      "events[0].source: missing, that of the batch",
      "events[0].timestamp: missing, that of the batch",
      "events[0].version: missing, read as 1",
    ]);
  });

  it("gets a UUID version 4 and the current time by default", () => {
    const before = Date.now();
    const event = eventOf(
      BalatroPost.fromJson({ type: "HAND_PLAYED", source: "BalatroMCP", payload: {} }),
    );
    expect(event.eventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(Number(Event.toJson(event).timestamp)).toBeGreaterThanOrEqual(before);
    expect(Object.isFrozen(balatroDefaults)).toBe(true);
  });

  it("gets no source if its batch has none", () => {
    expect(refused({ type: "HAND_PLAYED", payload: {} })).toBe(
      "cannot decode jimbot.events.v1.Event from JSON: source: this key is required [required]",
    );
  });

  it("keeps unknown keys and writes them in their own place", () => {
    const extras = { priority: "high", changes: {}, initial: true, debug: true, subtype: "X" };
    const outside = { in_game: false, timestamp: 1751500000, phase: "MENU" };
    const json = { type: "GAME_STATE", ...head, ...extras, payload: outside };
    expect(through(json)).toEqual({
      json: { ...json, payload: { ...blank, ...outside } },
      repairs: [],
      metadata: {
        json_priority: '"high"',
        json_changes: "{}",
        json_initial: "true",
        json_debug: "true",
        json_subtype: '"X"',
        "json_payload.in_game": "false",
        "json_payload.timestamp": "1751500000",
        "json_payload.phase": '"MENU"',
      },
    });
  });

  it("may be the mod's start-up probe, a lower-case connection_test with data", () => {
    const probe = {
      type: "connection_test",
      timestamp: 1751500000000,
      source: "BalatroMCP",
      data: { message: "Testing event bus connection" },
    };
    const { json, repairs } = through(probe);
    expect(json).toEqual({
      type: "CONNECTION_TEST",
      ...head,
      event_id: "new-id",
      payload: { message: "Testing event bus connection" },
    });
    expect(repairs.slice(0, 2)).toEqual([
      "type: connection_test read as CONNECTION_TEST",
      "data: data read as payload",
    ]);
    expect(refused({ ...probe, data: { message: {} } })).toBe(
      "cannot decode jimbot.events.v1.Event from JSON: data.message: expected a string, got an object [type]",
    );
    expect(through({ ...probe, payload: {}, data: 5 }).json).toMatchObject({ data: 5 });
  });
});

describe("the timestamp of an event", () => {
  const json = { type: "HAND_PLAYED", ...head, payload: { hands_remaining: 3, hand_number: 1 } };

  it("counts from the start of the game if it is small; its fraction is kept in metadata", () => {
    const queued = through({ ...json, timestamp: 123456.789 });
    expect(queued.json).toEqual({
      ...json,
      timestamp: 123456,
      metadata: { json_timestamp: "123456.789" },
    });
    expect(queued.repairs).toEqual([
      "timestamp: fraction of 123456.789 cut off",
      "timestamp: below 10^12: milliseconds since the game was started",
      `timestamp: ${keptAside} as json_timestamp`,
    ]);
  });

  it.each([
    [999_999_999_999, 1],
    [1_000_000_000_000, 0],
  ])("counts from 1970 from 10^12 on: %s", (timestamp, repairs) => {
    const read = through({ ...json, timestamp });
    expect(read.json).toEqual({ ...json, timestamp });
    expect(read.repairs).toHaveLength(repairs);
  });

  it("may be a string, or null", () => {
    const text = through({ ...json, timestamp: "1751500000000" });
    expect(text.json).toEqual(json);
    expect(text.repairs).toEqual(['timestamp: text "1751500000000" read as a number']);
    expect(through({ ...json, timestamp: null }).json).toMatchObject({ timestamp: options.now() });
  });

  it("is refused if it is not a time", () => {
    expect(refused({ ...json, timestamp: "soon" })).toBe(
      'cannot decode jimbot.events.v1.Event from JSON: timestamp: expected whole milliseconds since 1970, got "soon" [type]',
    );
  });
});

describe("what cannot be understood is refused with the paths of the mod's JSON", () => {
  const event = { type: "GAME_STATE", ...head };
  const bad = { suit: "Stars", rank: "Ace" };
  const suits =
    'expected one of "Spades", "Hearts", "Clubs", "Diamonds", "S", "H", "C", "D", "unknown", got "Stars" [format]';

  it.each([
    ["type: this key is required [required]", { ...event, type: undefined, payload: blank }],
    [
      'type: expected an EventType name, got "ACTION" [enum]',
      { ...event, type: "ACTION", payload: {} },
    ],
    ["type: expected an EventType name, got 0 [enum]", { ...event, type: 0, payload: blank }],
    ["payload: this key is required [required]", event],
    ["payload: expected an object, got null [type]", { ...event, payload: null }],
    [
      "subtype: this key is required [required]",
      { ...event, type: "SCORING", payload: { final_score: 1 } },
    ],
    [
      "payload.chips: expected a number of at least 0, got -2147483648 [range]",
      { ...event, payload: { chips: -1e300 } },
    ],
    [
      "payload.jokers: expected an array, got an object [type]",
      { ...event, payload: { jokers: { a: 1 } } },
    ],
    [
      `payload.deck.full_deck[1].suit: ${suits}`,
      { ...event, payload: { deck: { full_deck: [{ suit: "S", rank: "A" }, bad] } } },
    ],
    [
      `payload.deck.cards_remaining[0].suit: ${suits}`,
      { ...event, payload: { deck: { full_deck: {}, cards_remaining: [bad] } } },
    ],
    [
      "payload.deck: expected an array, got an object [type]",
      { ...event, payload: { deck: { cards: [] } } },
    ],
    [
      'payload.shop_items.joker_1.cost: expected an integer, got "free" [type]',
      { ...event, payload: { shop_items: { joker_1: { name: "Joker", cost: "free" } } } },
    ],
    [
      "payload.shop_items.joker_1: expected an integer, got an object [type]",
      { ...event, payload: { shop_items: { joker_1: { name: "Joker" } } } },
    ],
    [
      'payload.score_history["1"].amt: expected a number, got true [type]',
      { ...event, payload: { score_history: { 1: { amt: true } } } },
    ],
    [
      'metadata["json_payload.chips"]: this entry would keep what a field cannot hold [duplicate_key]',
      { ...event, metadata: { "json_payload.chips": "1" }, payload: { chips: 1.5 } },
    ],
    [
      "payload.deck.x: expected a JSON value, got a function [type]",
      { ...event, payload: { deck: { full_deck: [], x: () => 1 } } },
    ],
  ])("%s", (text, json) => {
    expect(refused(json)).toBe(`cannot decode jimbot.events.v1.Event from JSON: ${text}`);
  });

  it.each([
    ["events: expected an array, got an object [type]", { events: { a: 1 } }],
    ['events: expected an array, got "[]" [type]', { events: "[]" }],
    ["batch_id: this key is required [required]", { batch_id: undefined }],
    ["events: this key is required [required]", { events: undefined }],
    ["timestamp: expected an integer, got 1.5 [type]", { timestamp: 1.5 }],
    ['source: expected a non-empty string, got "" [length]', { source: "" }],
  ])("%s of a batch", (text, fields) => {
    const whole = { ...event, payload: {} };
    const batch = { batch_id: "b", events: [whole], source: "BalatroMCP", timestamp: 1, ...fields };
    const { batch_id, events, ...rest } = batch;
    const json = { ...rest, ...(batch_id && { batch_id }), ...(events && { events }) };
    expect(refused(json)).toBe(`cannot decode jimbot.events.v1.EventBatch from JSON: ${text}`);
  });

  it.each([[undefined], [null], [5], [[]], [new Map()]])("no event: %s", (json) => {
    expect(refused(json)).toMatch(
      /^cannot decode jimbot\.events\.v1\.Event from JSON: expected an? (plain )?object, got .+ \[type\]$/,
    );
  });

  it("a value that throws while it is read", () => {
    const json = Object.defineProperty({ ...event }, "payload", {
      enumerable: true,
      get: () => {
        throw new RangeError("foreign");
      },
    });
    expect(refused(json)).toBe(
      "cannot decode jimbot.events.v1.Event from JSON: reading the value threw an error [input.unreadable]",
    );
  });

  it("reports keys that are not kept", () => {
    const post = BalatroPost.fromJson({ ...event, payload: {}, "payload.x": 1 });
    expect(post.unknownKeys).toEqual(['["payload.x"]']);
    const batch = { batch_id: "b", events: [{ ...event, payload: {} }], source: "s", more: 1 };
    expect(BalatroPost.fromJson(batch).unknownKeys).toEqual(["more"]);
  });
});
