import { type Channel, type ChannelOptions, defineChannel } from "../contract/channel.js";
import { Event } from "./event.js";
import { StrategyRequest, StrategyResponse } from "./strategy.js";

/** 10 MB, the bus's limit on a message. */
const maxBytes = 10_485_760;

/**
 * A topic of the event bus; its address has the default of EVENT_BUS_TOPIC_PREFIX. The bus turns the
 * JSON that it takes into protobuf, and keeps events for 7 days.
 */
function topic(
  name: string,
  path: string,
  options: Pick<ChannelOptions, "from" | "to" | "orderedBy">,
): Channel {
  return defineChannel({
    ...options,
    name,
    address: `jimbot.${path}`,
    messages: [Event],
    encoding: "binary",
    delivery: "at least once",
    maxBytes,
  });
}

const fromGame = {
  from: ["BalatroMCP"],
  to: ["subscribers"],
  orderedBy: "timestamp",
} as const;
const anybody = { from: ["components"], to: ["subscribers"] } as const;

/** What travels where among JimBot's components, the gRPC services aside. Document: the JimBot specification. */
export const channels: readonly Channel[] = [
  topic("game_state", "game.state", { ...fromGame, to: ["analytics", "subscribers"] }),
  topic("learning_decision", "learning.decision", {
    from: ["BalatroMCP", "ray_rllib"],
    to: ["analytics", "ray_rllib", "subscribers"],
  }),
  topic("strategy_request", "strategy.request", anybody),
  topic("strategy_response", "strategy.response", { ...anybody, from: ["claude_advisor"] }),
  topic("knowledge_query", "knowledge.query", anybody),
  topic("knowledge_update", "knowledge.update", anybody),
  topic("metrics", "metrics.{name}", { ...anybody, to: ["analytics", "subscribers"] }),
  topic("error", "error", anybody),
  topic("heartbeat", "system.heartbeat", anybody),
  topic("money_changed", "game.money.changed", fromGame),
  topic("score_changed", "game.score.changed", fromGame),
  topic("hand_played", "game.hand.played", fromGame),
  topic("cards_discarded", "game.cards.discarded", fromGame),
  topic("jokers_changed", "game.jokers.changed", fromGame),
  topic("round_changed", "game.round.changed", fromGame),
  topic("phase_changed", "game.phase.changed", fromGame),
  topic("round_complete", "game.round.complete", fromGame),
  topic("joker_trigger", "game.joker.trigger", fromGame),
  topic("scoring", "game.scoring", fromGame),
  topic("diagnostic", "system.diagnostic", { from: ["BalatroMCP"], to: ["subscribers"] }),
  topic("connection_test", "system.connection.test", { from: ["BalatroMCP"], to: ["event_bus"] }),
  defineChannel({
    name: "strategy_requests",
    address: "strategy_requests",
    messages: [StrategyRequest],
    replies: [StrategyResponse],
    from: ["components"],
    to: ["claude_advisor"],
    encoding: "binary",
    delivery: "at least once",
    maxBytes,
    timeoutMillis: 5_000,
  }),
];
