import type { Example } from "../contract/example.js";
import { Event } from "./events/event.js";

const stamp = { timestamp: 1234567890000, version: 1 };

const gameState = {
  game_id: "seed_12345",
  ante: 3,
  round: 2,
  chips: 300,
  mult: 4,
  money: 15,
  jokers: [
    {
      name: "Joker",
      rarity: "common",
      position: 0,
      properties: { mult: "4", cost: "3", sell_value: "2" },
    },
  ],
  hand: [{ suit: "Spades", rank: "Ace", enhancement: "none", seal: "none", edition: "none" }],
  shop_items: { Blueprint: 10, "Buffoon Pack": 4 },
};

const completed = [
  "event_id, timestamp and version filled in the form of the specification's example",
];

/** The specification's example of an event, and events of JimBot's integration tests. */
export const examples: readonly Example[] = [
  {
    name: "game_state",
    source: "the JimBot specification, Current BalatroMCP JSON Format",
    contract: Event,
    json: {
      type: "GAME_STATE",
      source: "BalatroMCP",
      event_id: "8f14e45f-ceea-467f-a9a8-1b2c3d4e5f60",
      ...stamp,
      payload: gameState,
    },
    bytes: 264,
    changes: [
      'the placeholder event_id "uuid-here" replaced by a UUID version 4',
      "jokers filled with one joker, in the fields of GameStateEvent.Joker",
      "hand filled with one card, in the fields of GameStateEvent.Card",
      "shop_items filled with two prices by the item's name",
    ],
  },
  {
    name: "learning_decision",
    source: "the JimBot integration tests, LEARNING_DECISION",
    contract: Event,
    json: {
      type: "LEARNING_DECISION",
      subtype: "REQUEST",
      source: "BalatroMCP",
      event_id: "3c59dc04-8e88-4024-9be8-079a5b6c7d8e",
      ...stamp,
      payload: {
        request_id: "REQ-123",
        game_state: gameState,
        available_actions: ["play_hand", "discard"],
        time_limit_ms: 1000,
      },
    },
    bytes: 312,
    changes: [
      ...completed,
      "the source is the mod, which sends such events",
      "game_state added, which every request has: that of the specification's example",
    ],
  },
  {
    name: "heartbeat",
    source: "the JimBot integration tests, HEARTBEAT",
    contract: Event,
    json: {
      type: "HEARTBEAT",
      source: "integration_test",
      event_id: "b6d767d2-f8ed-4d21-a44b-0e5886680cb9",
      ...stamp,
      payload: { version: "1.0.0", uptime: 12345, headless: false, game_state: "MENU" },
    },
    bytes: 141,
    changes: completed,
  },
  {
    name: "money_changed",
    source: "the JimBot integration tests, MONEY_CHANGED",
    contract: Event,
    json: {
      type: "MONEY_CHANGED",
      source: "BalatroMCP",
      event_id: "37693cfc-7480-49e4-9d87-b8c7d8d0aadd",
      ...stamp,
      payload: { old_value: 10, new_value: 15, difference: 5 },
    },
    bytes: 128,
    changes: [...completed, "the source is the mod, which sends such events"],
  },
];
