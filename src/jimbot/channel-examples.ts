import type { EventTypeName } from "./events/pack-event.js";

/** The start of an event's JSON. */
function head(type: EventTypeName, source: string) {
  const event_id = "8f14e45f-ceea-467f-a9a8-1b2c3d4e5f60";
  return { type, source, event_id, timestamp: 1234567890000, version: 1 };
}

function fromMod(type: EventTypeName, payload: object) {
  return { ...head(type, "BalatroMCP"), payload };
}

const gameState = { game_id: "seed_12345", ante: 3, round: 2, chips: 300, mult: 4, money: 15 };

/** A request for a strategy. */
export const strategyRequest = {
  request_id: "STR-1",
  game_state: gameState,
  strategy_type: "immediate",
  considerations: ["two hands left"],
  time_limit_ms: 5000,
  context: "low_confidence_decision",
};

/** The answer to {@link strategyRequest}. */
export const strategyResponse = {
  request_id: "STR-1",
  recommended_action: "play_hand",
  confidence: 0.82,
  reasoning: "The flush beats the blind with this hand.",
  alternative_action: "discard",
  from_cache: false,
  processing_time_ms: 1850,
};

/** The wire JSON of one event of each type. */
export const eventExamples: Readonly<Record<EventTypeName, object>> = {
  GAME_STATE: fromMod("GAME_STATE", gameState),
  LEARNING_DECISION: {
    ...head("LEARNING_DECISION", "BalatroMCP"),
    subtype: "REQUEST",
    payload: {
      request_id: "REQ-123",
      game_state: gameState,
      available_actions: ["play_hand", "discard"],
      time_limit_ms: 1000,
    },
  },
  STRATEGY_REQUEST: { ...head("STRATEGY_REQUEST", "ray_rllib"), payload: strategyRequest },
  STRATEGY_RESPONSE: { ...head("STRATEGY_RESPONSE", "claude_advisor"), payload: strategyResponse },
  KNOWLEDGE_QUERY: {
    ...head("KNOWLEDGE_QUERY", "ray_rllib"),
    payload: {
      query_id: "Q-1",
      query_type: "joker_synergies",
      parameters: { joker: "Blueprint" },
      max_results: 5,
    },
  },
  KNOWLEDGE_UPDATE: {
    ...head("KNOWLEDGE_UPDATE", "ray_rllib"),
    payload: {
      update_id: "U-1",
      knowledge_type: "joker_synergy",
      joker_synergy: {
        joker1_id: "Blueprint",
        joker2_id: "Baron",
        synergy_score: 0.9,
        synergy_type: "multiplicative",
        conditions: ["Baron stands to the right"],
      },
      confidence: 0.8,
      source: "learned",
    },
  },
  METRIC: {
    ...head("METRIC", "event_bus"),
    payload: {
      metric_name: "jimbot_error_rate",
      metric_type: "counter",
      value: 2,
      labels: { component: "claude_advisor", severity: "ERROR", error_type: "timeout" },
    },
  },
  ERROR: {
    ...head("ERROR", "claude_advisor"),
    payload: {
      error_id: "8f14e45f-ceea-467f-a9a8-1b2c3d4e5f60",
      source_component: "claude_advisor",
      severity: "ERROR",
      message: "no answer within 5 s",
      suggested_action: "FALLBACK",
    },
  },
  HEARTBEAT: fromMod("HEARTBEAT", {
    version: "0.1.0",
    uptime: 12345,
    headless: false,
    game_state: "MENU",
  }),
  MONEY_CHANGED: fromMod("MONEY_CHANGED", { old_value: 10, new_value: 15, difference: 5 }),
  SCORE_CHANGED: fromMod("SCORE_CHANGED", {
    old_chips: 0,
    new_chips: 300,
    old_mult: 1,
    new_mult: 4,
  }),
  HAND_PLAYED: fromMod("HAND_PLAYED", { hands_remaining: 3, hand_number: 1 }),
  CARDS_DISCARDED: fromMod("CARDS_DISCARDED", { discards_remaining: 2 }),
  JOKERS_CHANGED: fromMod("JOKERS_CHANGED", {
    old_count: 0,
    new_count: 1,
    jokers: [{ name: "Joker", rarity: "common", position: 0 }],
  }),
  ROUND_CHANGED: fromMod("ROUND_CHANGED", { ante: 3, round: 3 }),
  PHASE_CHANGED: fromMod("PHASE_CHANGED", { old_phase: "PLAYING", new_phase: "ROUND_EVAL" }),
  ROUND_COMPLETE: fromMod("ROUND_COMPLETE", { ante: 3, round: 2, score: 1200, money: 15 }),
  JOKER_TRIGGER: fromMod("JOKER_TRIGGER", { joker_name: "Joker", context_type: "joker_main" }),
  SCORING: {
    ...head("SCORING", "BalatroMCP"),
    subtype: "HAND_EVAL_START",
    payload: { starting_score: 0, ante: 3, round: 2, hand_number: 1 },
  },
  DIAGNOSTIC: fromMod("DIAGNOSTIC", {
    available_functions: ["play_cards_from_highlighted"],
    g_exists: true,
    g_funcs_exists: true,
    g_game_exists: true,
    g_state: "PLAYING",
  }),
  CONNECTION_TEST: fromMod("CONNECTION_TEST", { message: "Testing event bus connection" }),
};
