import { EventType } from "../../../gen/jimbot/events/v1/event_pb.js";
import { guarded } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { SubscribeRequest } from "./bus.js";
import { Event, wrongPayload } from "./event.js";
import { type EventTypeName, unpackEvent } from "./pack-event.js";
import { matchTopic } from "./topic-pattern.js";

/**
 * The topic of each event type, without the prefix; `{name}` is the metric's name. The topics of states,
 * decisions and metrics come from the document, those of the mod's own events from the event bus.
 * Document: the JimBot specification, "Analytics Interface".
 */
export const eventTopics = {
  GAME_STATE: "game.state",
  LEARNING_DECISION: "learning.decision",
  STRATEGY_REQUEST: "strategy.request",
  STRATEGY_RESPONSE: "strategy.response",
  KNOWLEDGE_QUERY: "knowledge.query",
  KNOWLEDGE_UPDATE: "knowledge.update",
  METRIC: "metrics.{name}",
  ERROR: "error",
  HEARTBEAT: "system.heartbeat",
  MONEY_CHANGED: "game.money.changed",
  SCORE_CHANGED: "game.score.changed",
  HAND_PLAYED: "game.hand.played",
  CARDS_DISCARDED: "game.cards.discarded",
  JOKERS_CHANGED: "game.jokers.changed",
  ROUND_CHANGED: "game.round.changed",
  PHASE_CHANGED: "game.phase.changed",
  ROUND_COMPLETE: "game.round.complete",
  JOKER_TRIGGER: "game.joker.trigger",
  SCORING: "game.scoring",
  DIAGNOSTIC: "system.diagnostic",
  CONNECTION_TEST: "system.connection.test",
} as const satisfies Readonly<Record<EventTypeName, string>>;

/** Other topics that JimBot's plans and its event bus use for an event type. They are read, never written. */
export const eventTopicAliases = {
  "game.state.update": "GAME_STATE",
  "learning.decision.request": "LEARNING_DECISION",
} as const satisfies Readonly<Record<string, EventTypeName>>;

/** The parts of a topic. */
export interface TopicParts {
  readonly type: EventTypeName;
  /** The metric's name, for METRIC. */
  readonly name?: string;
}

/** Options of {@link formatTopicAddress} and {@link parseTopicAddress}. */
export interface TopicAddressOptions {
  /** What precedes the topic and a dot. Default `jimbot`, that of EVENT_BUS_TOPIC_PREFIX; empty for none. */
  readonly prefix?: string;
}

/** The defaults of {@link TopicAddressOptions}. */
export const topicAddressDefaults: Readonly<Required<TopicAddressOptions>> = Object.freeze({
  prefix: "jimbot",
});

const segment = /^[A-Za-z0-9_-]{1,256}$/;
const segmentDescription = "one address segment of letters, digits, _ and -";
const prefixPattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const metricStart = "metrics.";

function isEventTypeName(name: unknown): name is EventTypeName {
  return typeof name === "string" && Object.hasOwn(eventTopics, name);
}

/** The event types by topic, aliases included. */
const types: ReadonlyMap<string, EventTypeName> = new Map([
  ...Object.entries(eventTopicAliases),
  ...Object.keys(eventTopics)
    .filter(isEventTypeName)
    .map((type) => [eventTopics[type], type] as const),
]);

function refusal(...issue: Parameters<typeof mismatch>): ContractError {
  return new ContractError("address", Event.typeName, mismatch(...issue));
}

/**
 * The topic on which an event travels, without the prefix. Throws ContractError `enum.unknown` for a
 * type without a name, `channel.address` for a metric whose name is not one segment, `payload.type` for
 * a METRIC whose payload is of an unknown type, and what {@link unpackEvent} throws. Document: the JimBot
 * specification, "Analytics Interface".
 *
 *     topicOf(packEvent("HEARTBEAT", heartbeat, { source: "BalatroMCP" })); // "system.heartbeat"
 */
export function topicOf(event: Event): string {
  const content = unpackEvent(event);
  if (content.type === "METRIC") {
    return metricTopic("payload.metric_name", content.payload.metricName);
  }
  const type = EventType[event.type];
  if (!isEventTypeName(type)) {
    throw refusal("type", "enum.unknown", "a number that EventType has a name for", event.type);
  }
  // Only the payload has the name that a metric's topic ends with.
  if (type === "METRIC") throw new ContractError("address", Event.typeName, wrongPayload(event));
  return eventTopics[type];
}

/**
 * The topic of an event type, without the prefix: the inverse of {@link parseTopic}. Throws ContractError
 * `enum` for an unknown type, `channel.address` for a metric whose name is not one segment.
 *
 *     formatTopic({ type: "METRIC", name: "error_rate" }); // "metrics.error_rate"
 */
export function formatTopic(parts: TopicParts): string {
  const { type, name } = guarded("address", Event.typeName, () => ({ ...parts }));
  if (!isEventTypeName(type)) {
    throw refusal("type", "enum", "an event type such as GAME_STATE", type);
  }
  return type === "METRIC" ? metricTopic("name", name) : eventTopics[type];
}

function metricTopic(path: string, name: unknown): string {
  if (typeof name === "string" && segment.test(name)) return `${metricStart}${name}`;
  throw refusal(path, "channel.address", segmentDescription, name);
}

/**
 * The parts of a topic without the prefix; undefined for an unknown topic. It also reads the
 * {@link eventTopicAliases}.
 *
 *     parseTopic("metrics.error_rate"); // { type: "METRIC", name: "error_rate" }
 */
export function parseTopic(topic: string): TopicParts | undefined {
  if (typeof topic !== "string") return undefined;
  const type = types.get(topic);
  if (type !== undefined && type !== "METRIC") return { type };
  const name = topic.startsWith(metricStart) ? topic.slice(metricStart.length) : "";
  return segment.test(name) ? { type: "METRIC", name } : undefined;
}

/**
 * The address of a topic on the bus: the prefix, a dot, the topic. Throws ContractError `config` for a
 * prefix that is not segments joined by dots, `type` for a topic that is no text.
 *
 *     formatTopicAddress("game.state"); // "jimbot.game.state"
 */
export function formatTopicAddress(topic: string, options: TopicAddressOptions = {}): string {
  const start = prefixOf(options);
  if (typeof topic !== "string") throw refusal("", "type", "a topic", topic);
  return `${start}${topic}`;
}

/** The topic of an address on the bus; undefined for an address without the prefix. Throws as {@link formatTopicAddress} does. */
export function parseTopicAddress(
  address: string,
  options: TopicAddressOptions = {},
): string | undefined {
  const start = prefixOf(options);
  if (typeof address !== "string" || !address.startsWith(start)) return undefined;
  return address.slice(start.length);
}

function prefixOf(options: TopicAddressOptions): string {
  const { prefix = topicAddressDefaults.prefix } = readOptions("jimbot.Topic", options, () => {});
  if (prefix === "") return "";
  if (typeof prefix === "string" && prefixPattern.test(prefix)) return `${prefix}.`;
  const issue = mismatch("prefix", "config", "segments joined by dots, or an empty string", prefix);
  throw new ContractError("configure", "jimbot.Topic", issue);
}

/**
 * Whether a subscription includes an event: its pattern matches the event's topic (without the prefix),
 * and its list of types is empty or contains the event's type. Throws what `SubscribeRequest.check` and
 * {@link topicOf} throw.
 *
 *     const request = SubscribeRequest.create({ topicPattern: "metrics.*", subscriberId: "analytics" });
 *     matchSubscription(request, event);
 */
export function matchSubscription(request: SubscribeRequest, event: Event): boolean {
  const { topicPattern, types: wanted } = SubscribeRequest.check(request);
  if (!matchTopic(topicPattern, topicOf(event))) return false;
  return wanted.length === 0 || wanted.includes(event.type);
}
