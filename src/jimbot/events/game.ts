import {
  GameStateEvent_CardCodec,
  GameStateEvent_JokerCodec,
  GameStateEventCodec,
} from "../../../gen/jimbot/events/v1/game_codec.js";
import {
  type GameStateEvent_Card as CardMessage,
  GameStateEvent_CardSchema,
  GameStateEvent_JokerSchema,
  type GameStateEvent as GameStateEventMessage,
  GameStateEventSchema,
  type GameStateEvent_Joker as JokerMessage,
} from "../../../gen/jimbot/events/v1/game_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { count } from "../fields.js";

const suits = ["Spades", "Hearts", "Clubs", "Diamonds", "S", "H", "C", "D", "unknown"];
const numerals = ["2", "3", "4", "5", "6", "7", "8", "9", "10"];
const ranks = [...numerals, "Jack", "Queen", "King", "Ace", "J", "Q", "K", "A", "1", "unknown"];
const enhancements = "none bonus mult wild glass steel stone gold lucky".split(" ");
const seals = ["none", "Gold", "Red", "Blue", "Purple", "gold", "red", "blue", "purple"];
const editions = ["none", "foil", "holographic", "polychrome", "negative"];

const joker = /* @__PURE__ */ define(GameStateEvent_JokerSchema, (t) => ({
  name: t.string(filled).required(),
  rarity: t.string(),
  position: t.int32(count),
  properties: t.map(t.string()),
}));

/** One joker that the player holds. Document: the JimBot specification, "Game State Events". */
export type GameStateEvent_Joker = JokerMessage;
export type GameStateEvent_JokerJson = Wire<typeof joker>;
export const GameStateEvent_Joker: Contract<GameStateEvent_Joker, GameStateEvent_JokerJson> =
  /* @__PURE__ */ createContract(GameStateEvent_JokerSchema, joker, GameStateEvent_JokerCodec);

const card = /* @__PURE__ */ define(GameStateEvent_CardSchema, (t) => ({
  suit: t.string(oneOf(suits)).required(),
  rank: t.string(oneOf(ranks)).required(),
  enhancement: t.string(oneOf(enhancements, true)),
  seal: t.string(oneOf(seals, true)),
  edition: t.string(oneOf(editions, true)),
}));

/** One playing card. Document: the JimBot specification, "Game State Events". */
export type GameStateEvent_Card = CardMessage;
export type GameStateEvent_CardJson = Wire<typeof card>;
export const GameStateEvent_Card: Contract<GameStateEvent_Card, GameStateEvent_CardJson> =
  /* @__PURE__ */ createContract(GameStateEvent_CardSchema, card, GameStateEvent_CardCodec);

const gameStateEvent = /* @__PURE__ */ define(GameStateEventSchema, (t) => ({
  gameId: t.string(),
  ante: t.int32(),
  round: t.int32(count),
  handNumber: t.int32(count).omitted(),
  jokers: t.list(t.message(GameStateEvent_Joker)),
  hand: t.list(t.message(GameStateEvent_Card)),
  deck: t.list(t.message(GameStateEvent_Card)).omitted(),
  chips: t.int32(count),
  mult: t.int32(count),
  money: t.int32(),
  handSize: t.int32(count).omitted(),
  handsRemaining: t.int32(count).omitted(),
  discardsRemaining: t.int32(count).omitted(),
  shopItems: t.map(t.int32(count)),
  scoreHistory: t.map(t.float()).omitted(),
}));

/** The full state of a Balatro game at one moment. Document: the JimBot specification, "Game State Events". */
export type GameStateEvent = GameStateEventMessage;
/** The nine keys of the specification's example are always written, the others when they are set. */
export type GameStateEventJson = Wire<typeof gameStateEvent>;
export const GameStateEvent: Contract<GameStateEvent, GameStateEventJson> =
  /* @__PURE__ */ createContract(GameStateEventSchema, gameStateEvent, GameStateEventCodec);
