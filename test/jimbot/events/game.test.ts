import { describe, expect, expectTypeOf, it } from "vitest";
import {
  GameStateEvent,
  GameStateEvent_Card,
  type GameStateEvent_CardJson,
  GameStateEvent_Joker,
  type GameStateEvent_JokerJson,
  type GameStateEventJson,
} from "../../../src/jimbot/events/game.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const card = { suit: "Spades", rank: "Ace" };
const wholeCard = { ...card, enhancement: "none", seal: "none", edition: "none" };
const joker = { name: "Joker", rarity: "common", position: 0, properties: {} };

describe.each([
  {
    contract: GameStateEvent,
    least: {},
    written: {
      game_id: "",
      ante: 0,
      round: 0,
      jokers: [],
      hand: [],
      chips: 0,
      mult: 0,
      money: 0,
      shop_items: {},
    },
    more: {
      game_id: "seed_1",
      ante: 3,
      round: 2,
      hand_number: 1,
      jokers: [joker],
      hand: [wholeCard],
      deck: [wholeCard, wholeCard],
      chips: 300,
      mult: 4,
      money: 15,
      hand_size: 8,
      hands_remaining: 3,
      discards_remaining: 2,
      shop_items: { Blueprint: 10, "": 0 },
      score_history: { round_1: 300.5, round_2: -1 },
    },
  },
  {
    contract: GameStateEvent_Joker,
    least: { name: "Joker" },
    written: { rarity: "", position: 0, properties: {} },
    more: { rarity: "rare", position: 4, properties: { mult: "4" } },
  },
  {
    contract: GameStateEvent_Card,
    least: card,
    written: { enhancement: "", seal: "", edition: "" },
    more: { enhancement: "glass", seal: "Red", edition: "foil" },
  },
])("$contract.typeName", ({ contract, least, written, more }) => {
  const always = { ...least, ...written };

  it.each(Object.keys(least))("requires %s", (key) => {
    const rest = Object.entries(always).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("requires nothing else, and writes fields with their default value", () => {
    expect(through(contract, least)).toEqual(always);
  });

  it("keeps every key, and reads null as unset", () => {
    expect(Object.keys({ ...always, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...always, ...more })).toEqual({ ...always, ...more });
    const nulls = Object.fromEntries(
      Object.keys({ ...written, ...more }).map((key) => [key, null]),
    );
    expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("the rules of the game", () => {
  const below = "expected a number of at least 0, got -1 [range]";
  const suit =
    'expected one of "Spades", "Hearts", "Clubs", "Diamonds", "S", "H", "C", "D", "unknown", got';
  const rank =
    'expected one of "2", "3", "4", "5", "6", "7", "8", "9", "10", "Jack", "Queen", "King", "Ace", "J", "Q", "K", "A", "1", "unknown", got';
  const enhancement =
    'expected one of "none", "bonus", "mult", "wild", "glass", "steel", "stone", "gold", "lucky", got';
  const seal =
    'expected one of "none", "Gold", "Red", "Blue", "Purple", "gold", "red", "blue", "purple", got';
  const edition = 'expected one of "none", "foil", "holographic", "polychrome", "negative", got';

  it.each([
    [`round: ${below}`, { round: -1 }],
    [`hand_number: ${below}`, { hand_number: -1 }],
    [`chips: ${below}`, { chips: -1 }],
    [`mult: ${below}`, { mult: -1 }],
    [`hand_size: ${below}`, { hand_size: -1 }],
    [`hands_remaining: ${below}`, { hands_remaining: -1 }],
    [`discards_remaining: ${below}`, { discards_remaining: -1 }],
    [`shop_items["Buffoon Pack"]: ${below}`, { shop_items: { "Buffoon Pack": -1 } }],
    [
      'jokers[1].name: expected a non-empty string, got "" [length]',
      { jokers: [joker, { ...joker, name: "" }] },
    ],
    [`jokers[0].position: ${below}`, { jokers: [{ ...joker, position: -1 }] }],
    [`hand[0].suit: ${suit} "Stars" [format]`, { hand: [{ ...card, suit: "Stars" }] }],
    [`deck[1].rank: ${rank} "11" [format]`, { deck: [card, { ...card, rank: "11" }] }],
  ])("refuse %s", (text, json) => {
    expect(refused(GameStateEvent, json)).toBe(text);
  });

  it.each([
    [
      'name: expected a non-empty string, got "" [length]',
      GameStateEvent_Joker,
      { ...joker, name: "" },
    ],
    [`position: ${below}`, GameStateEvent_Joker, { ...joker, position: -1 }],
    [`suit: ${suit} "" [format]`, GameStateEvent_Card, { ...card, suit: "" }],
    [`suit: ${suit} "spades" [format]`, GameStateEvent_Card, { ...card, suit: "spades" }],
    [`rank: ${rank} "" [format]`, GameStateEvent_Card, { ...card, rank: "" }],
    [`rank: ${rank} "ace" [format]`, GameStateEvent_Card, { ...card, rank: "ace" }],
    [
      `enhancement: ${enhancement} "Glass" [format]`,
      GameStateEvent_Card,
      { ...card, enhancement: "Glass" },
    ],
    [`seal: ${seal} "green" [format]`, GameStateEvent_Card, { ...card, seal: "green" }],
    [`edition: ${edition} "Foil" [format]`, GameStateEvent_Card, { ...card, edition: "Foil" }],
  ])("refuse the part with %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    [
      "a number beyond its 32 bits",
      { money: 2 ** 31 },
      "money: expected a number of at most 2147483647, got 2147483648 [range]",
    ],
    [
      "a number below its 32 bits",
      { ante: -(2 ** 31) - 1 },
      "ante: expected a number of at least -2147483648, got -2147483649 [range]",
    ],
    ["a fraction of a chip", { chips: 0.5 }, "chips: expected an integer, got 0.5 [type]"],
    ["a number as text", { ante: "1" }, 'ante: expected an integer, got "1" [type]'],
    [
      "an empty table for a list",
      { jokers: {} },
      "jokers: expected an array, got an object [type]",
    ],
    [
      "a list for a table",
      { shop_items: [] },
      "shop_items: expected an object, got an array of 0 [type]",
    ],
    ["a card that is a name", { hand: ["S_A"] }, 'hand[0]: expected an object, got "S_A" [type]'],
    [
      "a card without a rank",
      { hand: [{ suit: "S" }] },
      "hand[0].rank: this key is required [required]",
    ],
    [
      "a property that is a number",
      { jokers: [{ name: "J", properties: { mult: 4 } }] },
      "jokers[0].properties.mult: expected a string, got 4 [type]",
    ],
    [
      "a score too large for a float",
      { score_history: { a: 1e300 } },
      "score_history.a: expected a number that fits a float, got 1e+300 [range]",
    ],
    [
      "an infinite score",
      { score_history: { a: Number.POSITIVE_INFINITY } },
      "score_history.a: expected a finite number, got Infinity [float.not_finite]",
    ],
  ])("refuse the JSON with %s", (_, json, text) => {
    expect(refusedAsJson(GameStateEvent, json)).toBe(
      `cannot decode jimbot.events.v1.GameStateEvent from JSON: ${text}`,
    );
  });

  it.each([
    ["debts and low antes", { money: -(2 ** 31), ante: -(2 ** 31) }],
    ["the largest numbers", { money: 2 ** 31 - 1, ante: 2 ** 31 - 1, chips: 2 ** 31 - 1 }],
    ["free goods", { shop_items: { Joker: 0 } }],
  ])("accept %s", (_, json) => {
    expect(through(GameStateEvent, json)).toMatchObject(json);
  });

  it.each([
    ["suit", "Spades Hearts Clubs Diamonds S H C D unknown"],
    ["rank", "2 3 4 5 6 7 8 9 10 Jack Queen King Ace J Q K A 1 unknown"],
    ["enhancement", "none bonus mult wild glass steel stone gold lucky"],
    ["seal", "none Gold Red Blue Purple gold red blue purple"],
    ["edition", "none foil holographic polychrome negative"],
  ])("accept every %s", (key, words) => {
    for (const word of words.split(" ")) {
      expect(through(GameStateEvent_Card, { ...wholeCard, [key]: word }), word).toEqual({
        ...wholeCard,
        [key]: word,
      });
    }
  });

  it("keep a score as the nearest float, and write its shortest decimal form", () => {
    const message = GameStateEvent.fromJson({ score_history: { a: 0.85 } });
    expect(message.scoreHistory["a"]).toBe(Math.fround(0.85));
    expect(GameStateEvent.toJson(message).score_history).toEqual({ a: 0.85 });
  });

  it("report unknown keys", () => {
    const json = { in_game: true, hand: [{ ...card, id: "c1" }], jokers: [{ ...joker, cost: 3 }] };
    expect(GameStateEvent.safeFromJson(json)).toMatchObject({
      ok: true,
      unknownKeys: ["in_game", "hand[0].id", "jokers[0].cost"],
    });
  });
});

describe("the types of the game", () => {
  it("say which keys are always written", () => {
    expectTypeOf<GameStateEvent_JokerJson>().toEqualTypeOf<{
      name: string;
      rarity: string;
      position: number;
      properties: { [key: string]: string };
    }>();
    expectTypeOf<GameStateEvent_CardJson>().toEqualTypeOf<{
      suit: string;
      rank: string;
      enhancement: string;
      seal: string;
      edition: string;
    }>();
    expectTypeOf<GameStateEventJson>().toEqualTypeOf<{
      game_id: string;
      ante: number;
      round: number;
      jokers: GameStateEvent_JokerJson[];
      hand: GameStateEvent_CardJson[];
      chips: number;
      mult: number;
      money: number;
      shop_items: { [key: string]: number };
      hand_number?: number;
      deck?: GameStateEvent_CardJson[];
      hand_size?: number;
      hands_remaining?: number;
      discards_remaining?: number;
      score_history?: { [key: string]: number };
    }>();
  });
});
