import { describe, expect, it } from "vitest";
import { channels } from "../../src/jimbot/channels.js";
import { Event } from "../../src/jimbot/event.js";
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
    expect(channels).toHaveLength(22);
  });

  it("keep the order of the game's events by their time", () => {
    const ordered = channels.filter(({ orderedBy }) => orderedBy === "timestamp");
    expect(ordered.map(({ address }) => address.split(".")[1])).toEqual(Array(11).fill("game"));
    const others = channels.filter(({ orderedBy }) => orderedBy === undefined);
    expect(others).toHaveLength(11);
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
