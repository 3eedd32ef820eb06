import { describe, expect, expectTypeOf, it } from "vitest";
import {
  PublishResponse,
  type PublishResponseJson,
  SubscribeRequest,
  type SubscribeRequestJson,
} from "../../../src/jimbot/events/bus.js";
import { EventType, EventTypeSchema } from "../../../src/jimbot/index.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const subscribe = { topic_pattern: "jimbot.game.*", subscriber_id: "analytics" };

describe.each([
  {
    contract: PublishResponse,
    least: { success: true },
    written: { message: "", event_id: "" },
    more: { message: "stored", event_id: "e1" },
  },
  {
    contract: SubscribeRequest,
    least: subscribe,
    written: { types: [] },
    more: { types: ["GAME_STATE", "ERROR"] },
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

describe("the answer to a published event", () => {
  it.each([
    ["message: must not be empty unless success is true [rule]", { success: false }],
    [
      "event_id: must be empty unless success is true [rule]",
      { success: false, message: "full", event_id: "e1" },
    ],
  ])("refuses %s", (text, json) => {
    expect(refused(PublishResponse, json)).toBe(text);
  });

  it("may refuse with a reason", () => {
    const refusal = { success: false, message: "full", event_id: "" };
    expect(through(PublishResponse, refusal)).toEqual(refusal);
  });

  it("says true or false", () => {
    for (const [value, shown] of [
      [null, "null"],
      ["true", '"true"'],
    ]) {
      expect(refusedAsJson(PublishResponse, { success: value })).toBe(
        `cannot decode jimbot.events.v1.PublishResponse from JSON: success: expected true or false, got ${shown} [type]`,
      );
    }
  });
});

describe("a subscription", () => {
  const pattern =
    "topic_pattern: expected segments joined by dots, none empty, where * is a whole segment, got";
  const start = "cannot decode jimbot.events.v1.SubscribeRequest from JSON:";

  it.each([
    [`${pattern} "" [format]`, { topic_pattern: "" }],
    [`${pattern} "a..b" [format]`, { topic_pattern: "a..b" }],
    [`${pattern} ".a" [format]`, { topic_pattern: ".a" }],
    [`${pattern} "a." [format]`, { topic_pattern: "a." }],
    [`${pattern} "a.b*" [format]`, { topic_pattern: "a.b*" }],
    [`${pattern} "**" [format]`, { topic_pattern: "**" }],
    ['subscriber_id: expected a non-empty string, got "" [length]', { subscriber_id: "" }],
    [
      "types[2]: a second entry for this type [rule]",
      { types: ["GAME_STATE", "ERROR", "GAME_STATE"] },
    ],
  ])("refuses %s", (text, fields) => {
    expect(refused(SubscribeRequest, { ...subscribe, ...fields })).toBe(text);
  });

  it.each(["*", "a", "*.*", "jimbot.*.state", "metrics.cpu load"])(
    "takes the topic %s",
    (topic) => {
      const json = { ...subscribe, topic_pattern: topic, types: [] };
      expect(through(SubscribeRequest, json)).toEqual(json);
    },
  );

  it("may be to every type of event", () => {
    const types = EventTypeSchema.values.map(({ name }) => name.replace("EVENT_TYPE_", ""));
    expect(SubscribeRequest.fromJson({ ...subscribe, types }).types).toEqual(
      EventTypeSchema.values.map(({ number }) => number),
    );
    expect(through(SubscribeRequest, { ...subscribe, types })).toEqual({ ...subscribe, types });
  });

  it.each([
    ["types[0]: expected an EventType name, got 0 [enum]", [0]],
    [
      'types[1]: expected an EventType name, got "game_state"; did you mean GAME_STATE? [enum]',
      ["ERROR", "game_state"],
    ],
    ["types[0]: expected an EventType name, got null [enum]", [null]],
  ])("refuses the JSON with %s", (text, types) => {
    expect(refusedAsJson(SubscribeRequest, { ...subscribe, types })).toBe(`${start} ${text}`);
  });

  it("keeps a type that has no name in bytes, and has no JSON for it", () => {
    const strange: number = 55;
    const message = SubscribeRequest.create({
      topicPattern: "*",
      subscriberId: "s",
      types: [EventType.ERROR, strange],
    });
    expect(SubscribeRequest.decode(SubscribeRequest.encode(message)).types).toEqual([7, 55]);
    const result = SubscribeRequest.safeToJson(message);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.SubscribeRequest to JSON: types[1]: expected a number that EventType has a name for, got 55 [enum.unknown]",
    );
  });
});

describe("the types of the bus", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<PublishResponseJson>().toEqualTypeOf<{
      success: boolean;
      message: string;
      event_id: string;
    }>();
    expectTypeOf<SubscribeRequestJson>().toEqualTypeOf<{
      topic_pattern: string;
      subscriber_id: string;
      types: (keyof typeof EventType)[];
    }>();
  });
});
