import { describe, expect, it } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { Event, EventBatch } from "../../../src/jimbot/events/event.js";
import { ContractError, formatIssue } from "../../../src/wire/error.js";
import { refusalOf } from "../../support/refusal.js";

const options = { newId: () => "new-id", now: () => 1751500000999 };
const start = '{"batch_id":"b1","source":"BalatroMCP","timestamp":1751500000000,"events":';
const money = '{"type":"MONEY_CHANGED","payload":{"old_value":4,"new_value":9,"difference":5}}';
const played = '{"type":"HAND_PLAYED","payload":{"hands_remaining":3,"hand_number":1}}';
const unknown = '{"type":"ACTION","payload":{"name":"discard"}}';
const wrong = '{"type":"ROUND_CHANGED","payload":{"ante":2,"round":"four","extra":{}}}';
const request =
  '{"type":"LEARNING_DECISION","subtype":"REQUEST","priority":"high","payload":{"request_id":"REQ-1751500000-1234","game_state":{"in_game":true,"chips":nan,"jokers":{},"hand":{}},"available_actions":{},"time_limit_ms":1000}}';

function post(...events: readonly string[]): BalatroPost {
  return BalatroPost.fromJsonText(`${start}[${events.join(",")}]}`, options);
}

/** The error of an event without its beginning, which names the batch. */
function saidOf(error: ContractError): string {
  return error.message.replace("cannot decode jimbot.events.v1.EventBatch from JSON: ", "");
}

describe("a batch with events that cannot be read", () => {
  it("has the others, and each of these with its place, error and JSON", () => {
    const { events, refused, batch } = post(money, unknown, request, wrong, "7", played);
    expect(events.map((event) => Event.toJson(event).type)).toEqual([
      "MONEY_CHANGED",
      "LEARNING_DECISION",
      "HAND_PLAYED",
    ]);
    expect(batch?.events).toBe(events);
    expect(batch && EventBatch.decode(EventBatch.encode(batch))).toEqual(batch);
    expect(refused.map(({ index, error, json }) => [index, saidOf(error), json])).toEqual([
      [
        1,
        'events[1].type: expected an EventType name, got "ACTION" [enum]',
        { type: "ACTION", payload: { name: "discard" } },
      ],
      [
        3,
        'events[3].payload.round: expected an integer, got "four" [type]',
        { type: "ROUND_CHANGED", payload: { ante: 2, round: "four", extra: {} } },
      ],
      [4, "events[4]: expected an object, got 7 [type]", 7],
    ]);
    expect(refused.map(({ error }) => [error instanceof ContractError, error.code])).toEqual([
      [true, "enum"],
      [true, "type"],
      [true, "type"],
    ]);
  });

  it("has those with unknown keys only if they are to be refused", () => {
    const extra =
      '{"type":"MONEY_CHANGED","payload":{"old_value":4,"new_value":9,"difference":5,"diference":5}}';
    const joker =
      '{"type":"GAME_STATE","payload":{"ante":1,"jokers":[{"name":"j","id":7,"edition_":"x"}],"deck":{"full_deck":[],"size":3}}}';
    const late = '{"type":"HAND_PLAYED","payload":{"hand_number":1},"prio":1}';
    const reported = post(money, extra, joker, late);
    expect(reported.refused).toEqual([]);
    expect(reported.events).toHaveLength(4);
    const text = `${start}[${[money, extra, joker, late].join(",")}]}`;
    const read = (unknownKeys: "refuse" | "report"): BalatroPost =>
      BalatroPost.fromJsonText(text, { ...options, unknownKeys });
    expect(read("report")).toEqual(reported);
    const { events, refused } = read("refuse");
    expect(events).toEqual(reported.events.slice(0, 1));
    expect(refused.map(({ error }) => saidOf(error))).toEqual([
      "events[1].payload.diference: the message has no such key [unknown_key]",
      "events[2].payload.jokers[0].edition_: the message has no such key [unknown_key]",
      "events[3].prio: the message has no such key [unknown_key]",
    ]);
  });

  it("is refused with an unknown key of its own if those are", () => {
    const json = { ...JSON.parse(`${start}[${money}]}`), sorce: "x" };
    expect(BalatroPost.fromJson(json, options).unknownKeys).toEqual(["sorce"]);
    const refuse = { ...options, unknownKeys: "refuse" } as const;
    expect(refusalOf(() => BalatroPost.fromJson(json, refuse)).message).toBe(
      "cannot decode jimbot.events.v1.EventBatch from JSON: sorce: the message has no such key; did you mean source? [unknown_key]",
    );
    const single = { ...JSON.parse(money), source: "s", later: 1 };
    expect(refusalOf(() => BalatroPost.fromJson(single, refuse)).message).toBe(
      "cannot decode jimbot.events.v1.Event from JSON: later: the message has no such key [unknown_key]",
    );
    const wrong = { unknownKeys: "ignore" };
    expect(
      refusalOf(() => Reflect.apply(BalatroPost.fromJson, undefined, [json, wrong])).message,
    ).toBe(
      'cannot configure jimbot.BalatroPost: unknownKeys: expected refuse or report, got "ignore" [config]',
    );
  });

  it("loses none of 50 with one", () => {
    const good = Array.from({ length: 50 }, () => money);
    const { events, refused } = post(...good.slice(0, 20), unknown, ...good.slice(20));
    expect(events).toHaveLength(50);
    expect(refused.map(({ index }) => index)).toEqual([20]);
  });

  it("lists the repairs and the ignored keys of the others, by their place in the batch", () => {
    const { repairs, unknownKeys } = post(
      wrong.replace('"extra"', '"payload.x":1,"extra"'),
      '{"type":"JOKERS_CHANGED","event_id":"e","version":1,"payload.x":1,"payload":{"jokers":{}}}',
    );
    expect(repairs.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      "events[1].source filled",
      "events[1].timestamp filled",
      "events[1].payload.jokers empty_list",
    ]);
    expect(unknownKeys).toEqual(['events[1]["payload.x"]']);
  });

  it("reports every key that it does not keep, at any depth", () => {
    const card = '{"suit":"Spades","rank":"A","foil":true}';
    const { events, repairs, unknownKeys } = post(
      `{"type":"GAME_STATE","own":1,"payload":{"own":2,"hand":[${card}],"deck":{"own":3,"full_deck":[${card}]},"jokers":[{"name":"Joker","own":4}]}}`,
      '{"type":"LEARNING_DECISION","subtype":"REQUEST","payload":{"request_id":"r","game_state":{"own":5},"available_actions":[{"action_type":"discard","action_id":6}]}}',
    );
    expect(unknownKeys).toEqual(["events[1].payload.available_actions[0].action_id"]);
    expect(events.map(({ metadata }) => metadata)).toEqual([
      {
        json_own: "1",
        "json_payload.own": "2",
        "json_payload.hand": '[{"foil":true}]',
        "json_payload.deck": '{"own":3,"full_deck":[{"foil":true}]}',
        "json_payload.jokers": '[{"own":4}]',
      },
      { "json_payload.game_state": '{"own":5}' },
    ]);
    expect(repairs.filter(({ kind }) => kind === "kept_aside").map(({ kept }) => kept)).toEqual([
      "json_payload.hand",
      "json_payload.deck",
      "json_payload.jokers",
      "json_payload.game_state",
    ]);
  });

  it("has the original of an event: the very object that was posted", () => {
    const json = { batch_id: "b1", source: "BalatroMCP", events: [{ type: "ACTION" }, "text"] };
    const { refused } = BalatroPost.fromJson(json, options);
    expect(refused[0]?.json).toBe(json.events[0]);
    expect(refused[1]?.json).toBe("text");
    expect(json.events[0]).toEqual({ type: "ACTION" });
  });

  it("may have no other event: then it cannot be written", () => {
    const { events, refused, batch } = post(unknown);
    expect(events).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(batch).toMatchObject({ batchId: "b1", source: "BalatroMCP", timestamp: 1751500000000n });
    expect(batch && EventBatch.safeEncode(batch).ok).toBe(false);
  });

  it("is the same for every way of reading", () => {
    const body = `${start}[${money},${unknown}]}`;
    const safe = BalatroPost.safeFromJsonText(body, options);
    const parsed = BalatroPost.safeFromJson(JSON.parse(body), options);
    for (const result of [safe, parsed]) {
      expect(result.ok && [result.value.events.length, result.value.refused.length]).toEqual([
        1, 1,
      ]);
    }
  });

  it("refuses an event that throws while it is read, and a contradiction within one event", () => {
    const hostile = {
      get type(): string {
        throw new RangeError("foreign");
      },
    };
    const kept = { "json_payload.ante": "1" };
    const double = { type: "ROUND_CHANGED", metadata: kept, payload: { ante: 1.5 } };
    const json = {
      batch_id: "b1",
      source: "BalatroMCP",
      events: [hostile, double, JSON.parse(money)],
    };
    const { events, refused } = BalatroPost.fromJson(json, options);
    expect(events).toHaveLength(1);
    expect(refused.map(({ error }) => saidOf(error))).toEqual([
      "reading the value threw an error [input.unreadable]",
      'events[1].metadata["json_payload.ante"]: this entry would keep what a field cannot hold [duplicate_key]',
    ]);
  });
});

describe("a batch of an empty table", () => {
  it("has no events", () => {
    const { events, refused, repairs } = BalatroPost.fromJsonText(`${start}{}}`, options);
    expect([events, refused]).toEqual([[], []]);
    expect(repairs).toEqual([
      { path: "events", kind: "empty_list", repair: "empty object read as empty list" },
    ]);
  });
});

describe("a single event", () => {
  it("is thrown, because nothing would be lost with it", () => {
    expect(BalatroPost.fromJsonText(money.replace("{", '{"source":"s",')).refused).toEqual([]);
    expect(
      refusalOf(() => BalatroPost.fromJsonText(unknown.replace("{", '{"source":"s",'))).message,
    ).toBe(
      'cannot decode jimbot.events.v1.Event from JSON: type: expected an EventType name, got "ACTION" [enum]',
    );
  });
});

describe("a batch with keys of 1 MB", () => {
  const key = "k".repeat(1_000_000);
  const sizeOf = (error: ContractError): number =>
    JSON.stringify([error.message, error.issues]).length;

  it.each([
    ["of an unknown kind", { type: key, payload: {} }],
    ["with a wrong value", { type: "GAME_STATE", payload: { shop_items: { [key]: "free" } } }],
    [
      "that contradicts its metadata",
      { type: "HAND_PLAYED", [key]: 1, metadata: { [`json_${key}`]: "1" }, payload: {} },
    ],
    [
      "that contradicts what is kept",
      {
        type: "GAME_STATE",
        metadata: { "json_payload.deck": "1" },
        payload: { deck: { full_deck: {}, [key]: 1 } },
      },
    ],
    [
      "with a wrong slot",
      { type: "GAME_STATE", payload: { shop_items: { [key]: { cost: [key] } } } },
    ],
  ])("refuses an event %s with a small error", (_, wrongEvent) => {
    const { events, refused } = BalatroPost.fromJson(
      { batch_id: "b", source: "s", events: [wrongEvent, JSON.parse(played)] },
      options,
    );
    expect(events).toHaveLength(1);
    expect(refused.map(({ error }) => sizeOf(error) < 16_384)).toEqual([true]);
  });

  it("refuses its own keys with a small error", () => {
    const result = BalatroPost.safeFromJson({ batch_id: { [key]: 1 }, source: key, events: key });
    expect(result.ok ? 0 : sizeOf(result.error)).toBeLessThan(16_384);
  });

  it("lists repairs and ignored keys with short paths", () => {
    const { repairs, unknownKeys } = BalatroPost.fromJson(
      {
        batch_id: "b",
        source: "s",
        [key]: 1,
        events: [{ type: "GAME_STATE", payload: { shop_items: { [key.slice(0, 65_536)]: "5" } } }],
      },
      options,
    );
    expect(repairs.some(({ kind }) => kind === "number_from_text")).toBe(true);
    expect(Math.max(...repairs.map(({ path }) => path.length))).toBeLessThan(1_000);
    expect(Math.max(...unknownKeys.map((path) => path.length))).toBeLessThan(1_000);
  });
});

describe("a batch with very many events that cannot be read", () => {
  const batchOf = (events: readonly unknown[]): object => ({ batch_id: "b", source: "s", events });

  it("is read up to 1,000", () => {
    const { refused } = BalatroPost.fromJson(batchOf(new Array(1_000).fill(0)), options);
    expect(refused).toHaveLength(1_000);
  });

  it("is refused from the next on, with the first of them", () => {
    const result = BalatroPost.safeFromJson(batchOf(new Array(5_000_000).fill(0)), options);
    if (result.ok) throw new Error("nothing was refused");
    expect(saidOf(result.error)).toBe(
      "events: more than 1000 of these 5000000 events cannot be read [length] (and 19 more issues)",
    );
    expect(result.error.issues).toHaveLength(20);
    expect(result.error.issues.slice(1, 3).map(formatIssue)).toEqual([
      "events[0]: expected an object, got 0 [type]",
      "events[1]: expected an object, got 0 [type]",
    ]);
  });

  it("costs little, whatever it is", () => {
    const holes = new Array<unknown>(10_000_000);
    const began = performance.now();
    expect(BalatroPost.safeFromJson(batchOf(holes), options).ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("an option that fails", () => {
  const bare = '{"type":"HAND_PLAYED","payload":{}}';
  const configured = "cannot configure jimbot.BalatroPost: ";

  it.each([
    [{ newId: null }, "newId: expected a function, got null [config]"],
    [{ now: 5 }, "now: expected a function, got 5 [config]"],
    [
      { newId: () => 5 },
      "newId: expected a function that gives a non-empty string, got 5 [config]",
    ],
    [
      { newId: () => "" },
      'newId: expected a function that gives a non-empty string, got "" [config]',
    ],
    [
      {
        newId: () => {
          throw new RangeError("foreign");
        },
      },
      "newId: the function threw an error [config]",
    ],
    [
      {
        newId: () => Event.encode(Event.create()),
      },
      "newId: the function threw an error [config]",
    ],
    [
      {
        now: () => {
          throw new RangeError("foreign");
        },
      },
      "now: the clock threw an error [config]",
    ],
  ])("is no fault of an event: %o", (wrongOptions, text) => {
    const body = `{"batch_id":"b1","source":"BalatroMCP","events":[${bare}]}`;
    // @ts-expect-error wrong options
    const result = BalatroPost.safeFromJsonText(body, { now: () => 1, ...wrongOptions });
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(`${configured}${text}`);
  });

  it.each([
    [null, "expected an object, got null [config]"],
    [
      { maxLength: Number.NaN },
      "maxLength: expected a whole number of at least 1, or Infinity, got NaN [config]",
    ],
    [
      { maxLength: -1 },
      "maxLength: expected a whole number of at least 1, or Infinity, got -1 [config]",
    ],
    [
      { maxLength: null },
      "maxLength: expected a whole number of at least 1, or Infinity, got null [config]",
    ],
  ])("is refused: %o", (wrongOptions, text) => {
    // @ts-expect-error wrong options
    const result = BalatroPost.safeFromJsonText(money, wrongOptions);
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(`${configured}${text}`);
  });
});
