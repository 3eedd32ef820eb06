import { create } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventType, EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { eventExamples } from "../../../src/jimbot/channel-examples.js";
import { channels } from "../../../src/jimbot/channels.js";
import { SubscribeRequest } from "../../../src/jimbot/events/bus.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { MetricEvent } from "../../../src/jimbot/events/metric.js";
import { type EventTypeName, packEvent } from "../../../src/jimbot/events/pack-event.js";
import { matchTopic } from "../../../src/jimbot/events/topic-pattern.js";
import {
  eventTopicAliases,
  eventTopics,
  formatTopic,
  formatTopicAddress,
  matchSubscription,
  parseTopic,
  parseTopicAddress,
  topicAddressDefaults,
  topicOf,
} from "../../../src/jimbot/events/topics.js";
import { refusalOf } from "../../support/refusal.js";

const head = { source: "event_bus", newId: () => "e1", now: () => 0 };

function example(type: EventTypeName): Event {
  return Event.fromJson(eventExamples[type]);
}

function metric(metricName: string): Event {
  const message = MetricEvent.create({ metricName, metricType: "gauge", value: 1 });
  return packEvent("METRIC", message, head);
}

const table: readonly [EventTypeName, string][] = [
  ["GAME_STATE", "game.state"],
  ["LEARNING_DECISION", "learning.decision"],
  ["STRATEGY_REQUEST", "strategy.request"],
  ["STRATEGY_RESPONSE", "strategy.response"],
  ["KNOWLEDGE_QUERY", "knowledge.query"],
  ["KNOWLEDGE_UPDATE", "knowledge.update"],
  ["METRIC", "metrics.jimbot_error_rate"],
  ["ERROR", "error"],
  ["HEARTBEAT", "system.heartbeat"],
  ["MONEY_CHANGED", "game.money.changed"],
  ["SCORE_CHANGED", "game.score.changed"],
  ["HAND_PLAYED", "game.hand.played"],
  ["CARDS_DISCARDED", "game.cards.discarded"],
  ["JOKERS_CHANGED", "game.jokers.changed"],
  ["ROUND_CHANGED", "game.round.changed"],
  ["PHASE_CHANGED", "game.phase.changed"],
  ["ROUND_COMPLETE", "game.round.complete"],
  ["JOKER_TRIGGER", "game.joker.trigger"],
  ["SCORING", "game.scoring"],
  ["DIAGNOSTIC", "system.diagnostic"],
  ["CONNECTION_TEST", "system.connection.test"],
];

describe("topics", () => {
  it("exist for every event type", () => {
    const names = EventTypeSchema.values.map(({ number }) => EventType[number]);
    expect(table.map(([type]) => type)).toEqual(names);
    expect(Object.keys(eventTopics)).toEqual(names);
  });

  it.each(table)("%s travels on %s, which is read back", (type, topic) => {
    expect(topicOf(example(type))).toBe(topic);
    const name = type === "METRIC" ? { name: "jimbot_error_rate" } : {};
    const parts = { type, ...name };
    expect(parseTopic(topic)).toEqual(parts);
    expect(formatTopic(parts)).toBe(topic);
    const address = formatTopicAddress(topic);
    expect(address).toBe(`jimbot.${topic}`);
    expect(parseTopicAddress(address)).toBe(topic);
    expect(channels.filter((channel) => channel.match(address) !== undefined)).toHaveLength(1);
  });

  it.each([
    ["game.state.update", "GAME_STATE"],
    ["learning.decision.request", "LEARNING_DECISION"],
  ])("%s is another topic of %s", (topic, type) => {
    expect(parseTopic(topic)).toEqual({ type });
    expect(eventTopicAliases).toHaveProperty([topic], type);
  });

  it.each(["metrics.game", "metrics.performance"])("%s is a metric", (topic) => {
    expect(parseTopic(topic)).toEqual({ type: "METRIC", name: topic.slice("metrics.".length) });
  });

  it.each([
    "",
    "game",
    "metrics",
    "metrics.",
    "metrics.a.b",
    "metrics.{name}",
    "metrics.a b",
    "GAME",
  ])("%j means nothing", (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });

  it("are texts", () => {
    // @ts-expect-error no text
    expect(parseTopic(7)).toBeUndefined();
    // @ts-expect-error no text
    expect(parseTopicAddress(7)).toBeUndefined();
  });

  it("are none for a metric whose name is not one segment, and for a type without a name", () => {
    expect(refusalOf(() => topicOf(metric("jimbot:errors"))).message).toBe(
      'cannot address jimbot.events.v1.Event: payload.metric_name: expected one address segment of letters, digits, _ and -, got "jimbot:errors" [channel.address]',
    );
    const nameless = { ...example("GAME_STATE"), type: 57 };
    expect(refusalOf(() => topicOf(nameless)).message).toBe(
      "cannot address jimbot.events.v1.Event: type: expected a number that EventType has a name for, got 57 [enum.unknown]",
    );
  });

  it("cannot be formatted of other parts", () => {
    // @ts-expect-error no event type
    expect(refusalOf(() => formatTopic({ type: "toString" })).message).toBe(
      'cannot address jimbot.events.v1.Event: type: expected an event type such as GAME_STATE, got "toString" [enum]',
    );
    expect(refusalOf(() => formatTopic({ type: "METRIC" })).message).toBe(
      "cannot address jimbot.events.v1.Event: name: expected one address segment of letters, digits, _ and -, got undefined [channel.address]",
    );
  });

  it("are none for a metric whose payload is of an unknown type", () => {
    const payload = create(AnySchema, { typeUrl: "type.googleapis.com/other.Metric" });
    expect(refusalOf(() => topicOf({ ...metric("a"), payload })).message).toBe(
      "cannot address jimbot.events.v1.Event: payload: holds type.googleapis.com/other.Metric, which is no payload of METRIC [payload.type]",
    );
  });

  it("are known for other events whose payload is of an unknown type", () => {
    const payload = create(AnySchema, { typeUrl: "type.googleapis.com/other.State" });
    expect(topicOf({ ...example("GAME_STATE"), payload })).toBe("game.state");
  });
});

describe("the prefix", () => {
  it("is that of EVENT_BUS_TOPIC_PREFIX by default", () => {
    expect(topicAddressDefaults).toEqual({ prefix: "jimbot" });
    expect(Object.isFrozen(topicAddressDefaults)).toBe(true);
  });

  it.each([
    ["", "game.state"],
    ["dev", "dev.game.state"],
    ["dev.jimbot-2", "dev.jimbot-2.game.state"],
  ])("%j gives %s, and back", (prefix, address) => {
    expect(formatTopicAddress("game.state", { prefix })).toBe(address);
    expect(parseTopicAddress(address, { prefix })).toBe("game.state");
  });

  it("is not that of another address", () => {
    expect(parseTopicAddress("leyline.game.state")).toBeUndefined();
    expect(parseTopicAddress("jimbot2.game.state")).toBeUndefined();
  });

  it.each([".", "a.", "a..b", "a.*", 7])("must not be %j", (prefix) => {
    // @ts-expect-error one of them is no text
    expect(refusalOf(() => formatTopicAddress("error", { prefix })).message).toBe(
      `cannot configure jimbot.Topic: prefix: expected segments joined by dots, or an empty string, got ${JSON.stringify(prefix)} [config]`,
    );
  });
});

describe("matchTopic", () => {
  it.each([
    ["metrics.*", "metrics.game", true],
    ["metrics.*", "metrics", false],
    ["metrics.*", "metrics.", false],
    ["metrics.*", "metrics.game.rounds", false],
    ["*", "error", true],
    ["*", "game.state", false],
    ["game.*.changed", "game.money.changed", true],
    ["game.*.changed", "game.round.complete", false],
    ["*.*", "game.state", true],
    ["game.state", "game.state", true],
    ["game.state", "game.State", false],
    // Wildcards of NATS, AMQP and MQTT are ordinary characters on this bus.
    ["game.>", "game.state", false],
    ["game.>", "game.>", true],
    [">", "error", false],
    ["metrics.#", "metrics.game", false],
    ["metrics.#", "metrics", false],
    ["metrics.#", "metrics.#", true],
    ["#", "error", false],
    ["game.+", "game.state", false],
  ])("%s and %s: %s", (pattern, topic, matches) => {
    expect(matchTopic(pattern, topic)).toBe(matches);
  });

  it.each(["", ".", "a.", ".a", "a..b", "a*", "metrics.*x", 7])(
    "refuses the pattern %j",
    (pattern) => {
      // @ts-expect-error one of them is no text
      expect(refusalOf(() => matchTopic(pattern, "a")).message).toBe(
        `cannot match jimbot.TopicPattern: expected segments joined by dots, none empty, where * is a whole segment, got ${JSON.stringify(pattern)} [format]`,
      );
    },
  );

  it("takes the same patterns as a subscription", () => {
    const text = fc.string({ unit: fc.constantFrom("a", ".", "*", ">", "#"), maxLength: 6 });
    const property = fc.property(text, text, (topicPattern, topic) => {
      const request = SubscribeRequest.create({ topicPattern, subscriberId: "s" });
      if (SubscribeRequest.safeCheck(request).ok) {
        const regex = topicPattern.replaceAll(".", "\\.").replaceAll("*", "[^.]+");
        expect(matchTopic(topicPattern, topic)).toBe(new RegExp(`^${regex}$`).test(topic));
      } else {
        expect(refusalOf(() => matchTopic(topicPattern, topic)).code).toBe("format");
      }
    });
    fc.assert(property, { numRuns: 1000, seed: 42 });
  });

  it("matches no topic that is no text", () => {
    // @ts-expect-error no text
    expect(matchTopic("*", 7)).toBe(false);
  });
});

describe("matchSubscription", () => {
  function subscription(topicPattern: string, types: EventType[] = []): SubscribeRequest {
    return SubscribeRequest.create({ topicPattern, subscriberId: "analytics", types });
  }

  it("includes the events that analytics subscribes to in the document", () => {
    const patterns = ["metrics.*", "game.state", "learning.decision"];
    const received = table.filter(([type]) =>
      patterns.some((pattern) => matchSubscription(subscription(pattern), example(type))),
    );
    expect(received.map(([type]) => type)).toEqual(["GAME_STATE", "LEARNING_DECISION", "METRIC"]);
  });

  it("includes only the types that are listed", () => {
    const changed = subscription("game.*.changed", [EventType.MONEY_CHANGED]);
    expect(matchSubscription(changed, example("MONEY_CHANGED"))).toBe(true);
    expect(matchSubscription(changed, example("ROUND_CHANGED"))).toBe(false);
  });

  it("refuses a request that breaks its rules", () => {
    const request = SubscribeRequest.create({ topicPattern: "metrics.*" });
    expect(refusalOf(() => matchSubscription(request, metric("a"))).path).toBe("subscriber_id");
  });
});
