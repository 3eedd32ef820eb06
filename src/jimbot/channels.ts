import { type Channel, type ChannelOptions, defineChannel } from "../contract/channel.js";
import { eventExamples, strategyRequest, strategyResponse } from "./channel-examples.js";
import { jimbotConfig } from "./deployment/config.js";
import { Event } from "./events/event.js";
import type { EventTypeName } from "./events/pack-event.js";
import { eventTopics, formatTopicAddress } from "./events/topics.js";
import { CommandList } from "./rest/bus.js";
import { restChannels } from "./rest/channels.js";
import { StrategyRequest, StrategyResponse } from "./strategy.js";

/** 10 MB, the bus's limit on a message. */
const maxBytes = jimbotConfig.eventBus.maxMessageBytes;

/**
 * A topic of the event bus; its address has the default of EVENT_BUS_TOPIC_PREFIX. The bus turns the
 * JSON that it takes into protobuf, and keeps events for 7 days.
 */
function topic(
  name: string,
  type: EventTypeName,
  options: Pick<ChannelOptions, "from" | "to" | "orderedBy">,
): Channel {
  return defineChannel({
    ...options,
    name,
    address: formatTopicAddress(eventTopics[type]),
    messages: [Event],
    encoding: "binary",
    delivery: "at least once",
    maxBytes,
    example: { message: eventExamples[type] },
  });
}

const fromGame = {
  from: ["BalatroMCP"],
  to: ["subscribers"],
  orderedBy: "timestamp",
} as const;
const anybody = { from: ["components"], to: ["subscribers"] } as const;

/**
 * What travels where among JimBot's components, the gRPC services aside: the topics of the event bus,
 * the queue of the language model, the file that the mod reads actions from, and the paths and
 * WebSockets. Document: the JimBot specification; it names no path for the file, whose text is that of
 * `formatCommands`.
 */
export const channels: readonly Channel[] = [
  topic("game_state", "GAME_STATE", { ...fromGame, to: ["analytics", "subscribers"] }),
  topic("learning_decision", "LEARNING_DECISION", {
    from: ["BalatroMCP", "ray_rllib"],
    to: ["analytics", "ray_rllib", "subscribers"],
  }),
  topic("strategy_request", "STRATEGY_REQUEST", anybody),
  topic("strategy_response", "STRATEGY_RESPONSE", { ...anybody, from: ["claude_advisor"] }),
  topic("knowledge_query", "KNOWLEDGE_QUERY", anybody),
  topic("knowledge_update", "KNOWLEDGE_UPDATE", anybody),
  topic("metrics", "METRIC", { ...anybody, to: ["analytics", "subscribers"] }),
  topic("error", "ERROR", anybody),
  topic("heartbeat", "HEARTBEAT", anybody),
  topic("money_changed", "MONEY_CHANGED", fromGame),
  topic("score_changed", "SCORE_CHANGED", fromGame),
  topic("hand_played", "HAND_PLAYED", fromGame),
  topic("cards_discarded", "CARDS_DISCARDED", fromGame),
  topic("jokers_changed", "JOKERS_CHANGED", fromGame),
  topic("round_changed", "ROUND_CHANGED", fromGame),
  topic("phase_changed", "PHASE_CHANGED", fromGame),
  topic("round_complete", "ROUND_COMPLETE", fromGame),
  topic("joker_trigger", "JOKER_TRIGGER", fromGame),
  topic("scoring", "SCORING", fromGame),
  topic("diagnostic", "DIAGNOSTIC", { from: ["BalatroMCP"], to: ["subscribers"] }),
  topic("connection_test", "CONNECTION_TEST", { from: ["BalatroMCP"], to: ["event_bus"] }),
  /* @__PURE__ */ defineChannel({
    name: "strategy_requests",
    address: "strategy_requests",
    kind: "queue",
    messages: [StrategyRequest],
    replies: [StrategyResponse],
    from: ["components"],
    to: ["claude_advisor"],
    encoding: "binary",
    delivery: "at least once",
    maxBytes,
    timeoutMillis: 5_000,
    example: { message: strategyRequest, reply: strategyResponse },
  }),
  /* @__PURE__ */ defineChannel({
    name: "actions_file",
    address: "shared/actions.txt",
    kind: "file",
    messages: [CommandList],
    from: ["ray_rllib"],
    to: ["BalatroMCP"],
    encoding: "text",
    delivery: "at most once",
    maxBytes,
    example: { message: { commands: ["play_hand:1,2,3"] } },
  }),
  ...restChannels,
];
