import { EventType } from "../../../gen/jimbot/events/v1/event_pb.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { SubscribeRequest } from "./bus.js";
import { Event } from "./event.js";
import { type EventTypeName, unpackEvent } from "./pack-event.js";
import { matchTopic } from "./topic-pattern.js";

/**
 * The topic of each event type, without the prefix; `{name}` is the metric's name. The topics of states,
 * decisions and metrics are the document's; those of the mod's own events are the event bus's. Document:
 * the JimBot specification, "Analytics Interface".
 */
export const topics = {
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

/** Other topics under which JimBot's plans and its event bus know an event type. They are read, never written. */
export const otherTopics = {
  "game.state.update": "GAME_STATE",
  "learning.decision.request": "LEARNING_DECISION",
} as const satisfies Readonly<Record<string, EventTypeName>>;

/** Options of the functions for addresses. */
export interface TopicOptions {
  /** What stands before each topic, and a dot. Default `jimbot`, that of EVENT_BUS_TOPIC_PREFIX; empty for none. */
  readonly prefix?: string;
}

/** The defaults of {@link TopicOptions}. */
export const topicDefaults: Readonly<Required<TopicOptions>> = Object.freeze({ prefix: "jimbot" });

/** What a topic says of its events. */
export interface TopicMeaning {
  readonly type: EventTypeName;
  /** The metric's name, for METRIC. */
  readonly name?: string;
}

const segment = /^[A-Za-z0-9_-]{1,256}$/;
const segmentWords = "one address segment of letters, digits, _ and -";
const prefixForm = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const metricStart = "metrics.";

function isEventTypeName(name: string | undefined): name is EventTypeName {
  return name !== undefined && Object.hasOwn(topics, name);
}

/** The types by their topics, the other topics among them. */
const types: ReadonlyMap<string, EventTypeName> = new Map([
  ...Object.entries(otherTopics),
  ...Object.keys(topics)
    .filter(isEventTypeName)
    .map((type) => [topics[type], type] as const),
]);

function refusal(issue: ContractIssue): ContractError {
  return new ContractError("address", Event.typeName, issue);
}

/**
 * The topic on which an event travels, without the prefix. Throws ContractError `enum.unknown` for a
 * type without a name, `channel.address` for a metric whose name is not one segment, and what
 * {@link unpackEvent} throws. Document: the JimBot specification, "Analytics Interface".
 *
 *     topicOf(packEvent("HEARTBEAT", heartbeat, { source: "BalatroMCP" })); // "system.heartbeat"
 */
export function topicOf(event: Event): string {
  const told = unpackEvent(event);
  if (told.type !== "METRIC") {
    const type = EventType[event.type];
    if (isEventTypeName(type)) return topics[type];
    throw refusal(
      mismatch("type", "enum.unknown", "a number that EventType has a name for", event.type),
    );
  }
  const { metricName } = told.payload;
  if (segment.test(metricName)) return `${metricStart}${metricName}`;
  throw refusal(mismatch("payload.metric_name", "channel.address", segmentWords, metricName));
}

/**
 * What the events of a topic are; undefined for a topic of which nobody here knows. It reads the
 * {@link otherTopics} too.
 *
 *     readTopic("metrics.error_rate"); // { type: "METRIC", name: "error_rate" }
 */
export function readTopic(topic: string): TopicMeaning | undefined {
  if (typeof topic !== "string") return undefined;
  const type = types.get(topic);
  if (type !== undefined && type !== "METRIC") return { type };
  const name = topic.startsWith(metricStart) ? topic.slice(metricStart.length) : "";
  return segment.test(name) ? { type: "METRIC", name } : undefined;
}

/**
 * The address of a topic on the bus: the prefix, a dot, the topic. Throws ContractError `config` for a
 * prefix that is no segments joined by dots.
 *
 *     topicAddress("game.state"); // "jimbot.game.state"
 */
export function topicAddress(topic: string, options: TopicOptions = {}): string {
  return `${prefixOf(options)}${topic}`;
}

/** The topic of an address on the bus; undefined for an address without the prefix. Throws as {@link topicAddress} does. */
export function topicAt(address: string, options: TopicOptions = {}): string | undefined {
  const start = prefixOf(options);
  if (typeof address !== "string" || !address.startsWith(start)) return undefined;
  return address.slice(start.length);
}

function prefixOf({ prefix = topicDefaults.prefix }: TopicOptions): string {
  if (prefix === "") return "";
  if (typeof prefix === "string" && prefixForm.test(prefix)) return `${prefix}.`;
  const issue = mismatch("prefix", "config", "segments joined by dots, or an empty string", prefix);
  throw new ContractError("configure", "jimbot.Topic", issue);
}

/**
 * Whether a subscription asks for an event: its pattern matches the event's topic (without the prefix),
 * and its list of types is empty or has the event's type. Throws what `SubscribeRequest.check` and
 * {@link topicOf} throw.
 *
 *     const wish = SubscribeRequest.create({ topicPattern: "metrics.*", subscriberId: "analytics" });
 *     isSubscribed(wish, event);
 */
export function isSubscribed(request: SubscribeRequest, event: Event): boolean {
  const { topicPattern, types: wanted } = SubscribeRequest.check(request);
  if (!matchTopic(topicPattern, topicOf(event))) return false;
  return wanted.length === 0 || wanted.includes(event.type);
}
