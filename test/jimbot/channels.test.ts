import { describe, expect, it } from "vitest";
import type { AnyContract } from "../../src/contract/contract.js";
import type { AnyJsonContract } from "../../src/contract/json-contract.js";
import { channels } from "../../src/jimbot/channels.js";
import { Event } from "../../src/jimbot/events/event.js";
import { matchTopic } from "../../src/jimbot/events/topic-pattern.js";
import { parseTopic, parseTopicAddress } from "../../src/jimbot/events/topics.js";
import { EventTypeSchema } from "../../src/jimbot/index.js";
import { CommandList } from "../../src/jimbot/rest/bus.js";
import { StrategyRequest, StrategyResponse } from "../../src/jimbot/strategy.js";
import { isContractError } from "../../src/wire/error.js";

function named(name: string) {
  return channels.find((channel) => channel.name === name);
}

const game = ["BalatroMCP"];
const anybody = ["components"];
const all = ["subscribers"];

describe("the topics of the event bus", () => {
  it.each([
    ["game_state", "jimbot.game.state", game, ["analytics", "subscribers"]],
    [
      "learning_decision",
      "jimbot.learning.decision",
      ["BalatroMCP", "ray_rllib"],
      ["analytics", "ray_rllib", "subscribers"],
    ],
    ["strategy_request", "jimbot.strategy.request", anybody, all],
    ["strategy_response", "jimbot.strategy.response", ["claude_advisor"], all],
    ["knowledge_query", "jimbot.knowledge.query", anybody, all],
    ["knowledge_update", "jimbot.knowledge.update", anybody, all],
    ["metrics", "jimbot.metrics.{name}", anybody, ["analytics", "subscribers"]],
    ["error", "jimbot.error", anybody, all],
    ["heartbeat", "jimbot.system.heartbeat", anybody, all],
    ["money_changed", "jimbot.game.money.changed", game, all],
    ["score_changed", "jimbot.game.score.changed", game, all],
    ["hand_played", "jimbot.game.hand.played", game, all],
    ["cards_discarded", "jimbot.game.cards.discarded", game, all],
    ["jokers_changed", "jimbot.game.jokers.changed", game, all],
    ["round_changed", "jimbot.game.round.changed", game, all],
    ["phase_changed", "jimbot.game.phase.changed", game, all],
    ["round_complete", "jimbot.game.round.complete", game, all],
    ["joker_trigger", "jimbot.game.joker.trigger", game, all],
    ["scoring", "jimbot.game.scoring", game, all],
    ["diagnostic", "jimbot.system.diagnostic", game, all],
    ["connection_test", "jimbot.system.connection.test", game, ["event_bus"]],
  ])("carry %s on %s", (name, address, from, to) => {
    const channel = named(name);
    expect(channel).toMatchObject({
      address,
      from,
      to,
      encoding: "binary",
      delivery: "at least once",
      maxBytes: 10_485_760,
      request: false,
    });
    expect(channel?.messages).toEqual([Event]);
  });

  it("are these and no others", () => {
    const topics = channels.filter(({ kind = "subject" }) => kind === "subject");
    expect(topics).toHaveLength(EventTypeSchema.values.length);
    expect(topics.every(({ address }) => address.startsWith("jimbot."))).toBe(true);
  });

  it("order the game's events by timestamp", () => {
    const ordered = channels.filter(({ orderedBy }) => orderedBy === "timestamp");
    expect(ordered.map(({ address }) => address.split(".")[1])).toEqual(Array(11).fill("game"));
    const others = channels.filter(({ orderedBy }) => orderedBy === undefined);
    expect(others.map(({ address }) => address.split(".")[1])).not.toContain("game");
  });

  it("have one address for each metric", () => {
    const metrics = named("metrics");
    expect(metrics?.at({ name: "error_rate" })).toBe("jimbot.metrics.error_rate");
    expect(metrics?.match("jimbot.metrics.error_rate")).toEqual({ name: "error_rate" });
    expect(metrics?.match("jimbot.error")).toBeUndefined();
    let text = "nothing was refused";
    try {
      metrics?.at({ name: "cpu.load" });
    } catch (error) {
      if (isContractError(error)) text = error.message;
    }
    expect(text).toBe(
      'cannot address metrics: name: expected one address segment of letters, digits, _ and -, got "cpu.load" [channel.address]',
    );
  });
});

describe("the requests for strategy", () => {
  it("are answered within five seconds", () => {
    const channel = named("strategy_requests");
    expect(channel).toMatchObject({
      address: "strategy_requests",
      kind: "queue",
      from: ["components"],
      to: ["claude_advisor"],
      encoding: "binary",
      delivery: "at least once",
      maxBytes: 10_485_760,
      timeoutMillis: 5_000,
      request: true,
    });
    expect(channel?.messages).toEqual([StrategyRequest]);
    expect(channel?.replies).toEqual([StrategyResponse]);
  });
});

describe("the file of actions", () => {
  it("is read by the mod", () => {
    const channel = named("actions_file");
    expect(channel).toMatchObject({
      address: "shared/actions.txt",
      kind: "file",
      from: ["ray_rllib"],
      to: ["BalatroMCP"],
      delivery: "at most once",
      request: false,
    });
    expect(channel?.messages).toEqual([CommandList]);
    expect(channel?.at({})).toBe("shared/actions.txt");
    expect(channel?.match("shared/actions.txt")).toEqual({});
    expect(channel?.match("shared/actions.json")).toBeUndefined();
  });
});

/** Whether one of these contracts reads the JSON without unknown keys. */
function isRead(contracts: readonly (AnyContract | AnyJsonContract)[], json: unknown): boolean {
  return contracts.some((contract) => {
    const result = contract.safeFromJson(json);
    return result.ok && result.unknownKeys.length === 0;
  });
}

describe("every channel", () => {
  it.each(channels.map((channel) => [channel.name, channel] as const))(
    "%s has an example that its contracts read, and a reply where it is answered",
    (_, { messages, replies, example, from, to }) => {
      expect(isRead(messages, example?.message)).toBe(true);
      expect(replies === undefined ? example?.reply : isRead(replies, example?.reply)).toBe(
        replies === undefined ? undefined : true,
      );
      expect(from.length > 0 && to.length > 0).toBe(true);
    },
  );

  it("has a name and an address of its own", () => {
    expect(new Set(channels.map(({ name }) => name)).size).toBe(channels.length);
    const addresses = channels.map(({ method = "", address }) => `${method} ${address}`);
    expect(new Set(addresses).size).toBe(channels.length);
  });

  it("matches only its own address among the topics, the queue and the file", () => {
    for (const { address, at } of channels.filter(({ kind }) => kind !== "path")) {
      const parameters = Object.fromEntries(
        [...address.matchAll(/\{(\w+)\}/g)].map(([, key]) => [key, "a-1"]),
      );
      const full = at(parameters);
      const matching = channels.filter((channel) => channel.match(full) !== undefined);
      expect(matching.map((channel) => channel.address)).toEqual([address]);
    }
  });
});

/**
 * Every topic, queue and file that the JimBot specification and the event bus name, with its channel.
 */
const sources = [
  // The specification: topics, queue, log example, and the interface for actions.
  ["game.state", "game_state"],
  ["learning.decision", "learning_decision"],
  ["strategy_requests", "strategy_requests"],
  ["File I/O for Actions", "actions_file"],
  // Plans of its time.
  ["knowledge.update", "knowledge_update"],
  ["learning.decision.request", "learning_decision"],
  ["strategy.request", "strategy_request"],
  ["metrics.game", "metrics"],
  ["metrics.performance", "metrics"],
  // The event bus.
  ["game.state.update", "game_state"],
  ["system.heartbeat", "heartbeat"],
  ["game.money.changed", "money_changed"],
  ["game.score.changed", "score_changed"],
  ["game.hand.played", "hand_played"],
  ["game.cards.discarded", "cards_discarded"],
  ["game.jokers.changed", "jokers_changed"],
  ["game.round.changed", "round_changed"],
  ["game.phase.changed", "phase_changed"],
  ["game.round.complete", "round_complete"],
  ["system.connection.test", "connection_test"],
] as const;

describe("the sources", () => {
  it.each(sources)("name %s, which is the channel %s", (source, name) => {
    const channel = named(name);
    expect(channel).toBeDefined();
    if (channel?.kind !== undefined) return;
    const { type } = Event.toJson(Event.fromJson(channel?.example?.message));
    expect(parseTopic(source)?.type).toBe(type);
  });

  it("name these paths and WebSockets and no others", () => {
    const addresses = channels.flatMap(({ kind, method, address }) => {
      if (kind === "path") return [`${method} ${address}`];
      return kind === "websocket" ? [address] : [];
    });
    expect(addresses.sort()).toEqual([
      "/ws/knowledge",
      "/ws/metrics",
      "GET /api/v1/commands/poll",
      "GET /api/v1/events",
      "GET /api/v1/models/{model_id}/metrics",
      "GET /api/v1/strategies/cache",
      "POST /api/v1/events",
      "POST /api/v1/events/batch",
      "POST /api/v1/query",
      "POST /api/v1/training/jobs",
      "POST /graphql",
      "PUT /api/v1/config/rate_limits",
    ]);
    expect(channels).toHaveLength(EventTypeSchema.values.length + 2 + addresses.length);
  });

  it("mean the topics of all metrics and no others by metrics.*", () => {
    const topics = channels.flatMap(({ kind, address }) =>
      kind === undefined ? [parseTopicAddress(address.replace("{name}", "error_rate")) ?? ""] : [],
    );
    const matching = topics.filter((topic) => matchTopic("metrics.*", topic));
    expect(matching).toEqual(["metrics.error_rate"]);
  });
});
