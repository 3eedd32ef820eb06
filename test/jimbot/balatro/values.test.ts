import type { DescMessage } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { RepairContext } from "../../../src/jimbot/balatro/repairs.js";
import { repairMessage } from "../../../src/jimbot/balatro/values.js";
import { payloadContracts } from "../../../src/jimbot/events/payload.js";
import { head, keptAside, read, readText } from "./read.js";

const gameState = { type: "GAME_STATE" };
const request = { type: "LEARNING_DECISION", subtype: "REQUEST" };

describe("an empty Lua table", () => {
  it("is an empty list where a list belongs", () => {
    const empty = { jokers: {}, hand: {}, deck: {}, shop_items: {}, score_history: {} };
    const { payload, metadata, repairs } = read(gameState, empty);
    expect(payload).toMatchObject({ jokers: [], hand: [], shop_items: {} });
    expect(metadata).toEqual({});
    expect(repairs).toEqual([
      "jokers: empty object read as empty list",
      "hand: empty object read as empty list",
      "deck: empty object read as empty list",
    ]);
  });

  it("is an empty list of actions, where there is nothing to choose", () => {
    const json = { request_id: "REQ-1751500000-1234", game_state: {}, available_actions: {} };
    const { payload, repairs } = read(request, json);
    expect(payload).toMatchObject({ available_actions: [] });
    expect(repairs).toEqual(["available_actions: empty object read as empty list"]);
  });

  it("is an empty list in every list of the messages that the mod posts", () => {
    const lists = new Set<string>();
    const visit = (schema: DescMessage): void => {
      for (const field of schema.fields) {
        const path = `${schema.typeName}.${field.name}`;
        if (field.fieldKind === "list" && !lists.has(path)) {
          lists.add(path);
          expect(repairMessage(schema, { [field.name]: {} }, new RepairContext()), path).toEqual({
            value: { [field.name]: [] },
          });
        }
        const isOwn = field.message?.typeName.startsWith("jimbot.") ?? false;
        if (field.message !== undefined && isOwn) visit(field.message);
      }
    };
    for (const { schema } of payloadContracts) visit(schema);
    expect(lists.size).toBeGreaterThan(10);
  });

  it.each([
    ["jokers", { type: "JOKERS_CHANGED" }, { old_count: 1, new_count: 0, jokers: {} }],
    ["available_functions", { type: "DIAGNOSTIC" }, { available_functions: {} }],
    [
      "affected_components",
      { type: "ERROR" },
      { message: "no socket", context: {}, affected_components: {} },
    ],
  ])("is an empty list in %s of an event of the mod's own", (key, tag, json) => {
    const { payload, repairs } = read(tag, json);
    expect(payload).toMatchObject({ [key]: [] });
    expect(repairs).toEqual([`${key}: empty object read as empty list`]);
  });
});

describe("a number", () => {
  const largest = 2147483647;

  it.each([
    [12.75, 12, "fraction of 12.75 cut off"],
    [-0.5, 0, "fraction of -0.5 cut off"],
    [2147483648, largest, `2147483648 is beyond the field, read as ${largest}`],
    [1e20, largest, `100000000000000000000 is beyond the field, read as ${largest}`],
  ])(
    "%s that a field of 32 bits cannot hold is read as %s and kept whole",
    (chips, value, words) => {
      const { payload, metadata, repairs } = read(gameState, { chips });
      expect(payload).toMatchObject({ chips: value });
      expect(metadata).toEqual({ chips });
      expect(repairs).toEqual([`chips: ${words}`, `chips: ${keptAside}chips`]);
    },
  );

  it("at the end of the 32-bit range is not repaired", () => {
    const { payload, repairs } = read(gameState, { chips: largest, money: -2147483648 });
    expect(payload).toMatchObject({ chips: largest, money: -2147483648 });
    expect(repairs).toEqual([]);
  });

  it("beyond the exact integers becomes the largest exact one", () => {
    const { payload, metadata } = read({ type: "ROUND_COMPLETE" }, { ante: 9, score: 1e16 });
    expect(payload).toMatchObject({ score: Number.MAX_SAFE_INTEGER });
    expect(metadata).toEqual({ score: 1e16 });
  });

  it.each([
    ["1751500000000", 1751500000000, []],
    ["1e+14", 100000000000000, []],
    ["1.2345678901234e+14", 123456789012340, []],
    [
      "9.007199254741e+15",
      9007199254740991,
      [
        "score: 9007199254741000 is beyond the field, read as 9007199254740991",
        `score: ${keptAside}score`,
      ],
    ],
  ])("with the 14 digits that Lua writes is read as it is: %s", (text, score, repairs) => {
    const read14 = readText(
      `{"type":"ROUND_COMPLETE","source":"BalatroMCP","event_id":"e1","timestamp":1751500000000,"version":1,"payload":{"ante":9,"score":${text}}}`,
    );
    expect(read14.payload).toMatchObject({ score });
    expect(read14.repairs).toEqual(repairs);
  });

  it("of the mod's clock loses its fraction, in the payload too", () => {
    const json = { joker: { name: "Joker", id: 7, position: 0 }, timestamp: 5123.25 };
    const { payload, metadata, repairs } = read(
      { type: "SCORING", subtype: "JOKER_TRIGGER" },
      json,
    );
    expect(payload).toMatchObject({ joker: { name: "Joker", id: "7" }, timestamp: 5123 });
    expect(metadata).toEqual({ timestamp: 5123.25 });
    expect(repairs).toEqual([
      "joker.id: 7 read as text",
      "timestamp: fraction of 5123.25 cut off",
      `timestamp: ${keptAside}timestamp`,
    ]);
    const beat = { version: "0.1.0", uptime: 60000.5, headless: "false", game_state: 11 };
    const heartbeat = read({ type: "HEARTBEAT" }, beat);
    expect(heartbeat.payload).toEqual({
      ...beat,
      uptime: 60000,
      headless: false,
      game_state: "11",
    });
    expect(heartbeat.metadata).toEqual({ uptime: 60000.5 });
  });

  it.each([
    ["300", 300],
    ["-4", -4],
    ["1e+03", 1000],
    ["7.0", 7],
  ])("may be the string %s", (money, value) => {
    const { payload, metadata, repairs } = read(gameState, { money });
    expect(payload).toMatchObject({ money: value });
    expect(metadata).toEqual({});
    expect(repairs).toEqual([`money: text "${money}" read as a number`]);
  });

  it.each(["", " 3", "0x10", "3 dollars", "Infinity", "nano"])("is not the string %j", (money) => {
    const result = BalatroPost.safeFromJson({ ...gameState, ...head, payload: { money } });
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot decode jimbot.events.v1.Event from JSON: payload.money: expected an integer, got ${JSON.stringify(money)} [type]`,
    );
  });
});

describe("texts", () => {
  it("may be numbers, and in a map of strings objects", () => {
    const context = { url: "http://x", status: 503, retried: true, headers: { a: [1] }, none: [] };
    const { payload, metadata, repairs } = read({ type: "ERROR" }, { message: 404, context });
    expect(payload).toMatchObject({
      message: "404",
      context: {
        url: "http://x",
        status: "503",
        retried: "true",
        headers: '{"a":[1]}',
        none: "[]",
      },
    });
    expect(metadata).toEqual({});
    expect(repairs).toEqual([
      "message: 404 read as text",
      "context.status: 503 read as text",
      "context.retried: true read as text",
      "context.headers: object read as JSON text",
      "context.none: list read as JSON text",
    ]);
  });

  it("that are actions are not changed", () => {
    const json = {
      request_id: "REQ-1751500000-1234",
      game_state: {},
      available_actions: ["discard"],
    };
    expect(read(request, { ...json, time_limit_ms: 1000 })).toMatchObject({
      payload: { ...json, game_state: { chips: 0 }, time_limit_ms: 1000 },
      repairs: [],
    });
  });
});

describe("jokers and cards", () => {
  const card = { rank: "A", suit: "Spades", enhancement: "none", edition: "none", seal: "none" };
  const joker = { id: "joker1", name: "Joker", position: 0, properties: { mult: 4, cost: 3 } };

  it("have the game's ids in a joker's properties and in metadata", () => {
    const hand = [{ id: "card1", ...card, position: 0 }, card];
    const { payload, metadata, repairs } = read(gameState, { jokers: [joker], hand });
    expect(payload).toMatchObject({
      jokers: [{ name: "Joker", rarity: "", properties: { mult: "4", cost: "3", id: "joker1" } }],
      hand: [card, card],
    });
    expect(metadata).toEqual({ hand: [{ id: "card1", position: 0 }, null] });
    expect(repairs).toEqual([
      "jokers[0].properties.mult: 4 read as text",
      "jokers[0].properties.cost: 3 read as text",
      "jokers[0].id: kept among the properties",
      `hand: ${keptAside}hand`,
    ]);
  });

  it.each([
    ["already have one", { id: "own" }, { id: "own" }],
    ["are no object", null, {}],
  ])("keep the id in metadata if the properties %s", (_, properties, written) => {
    const { payload, metadata } = read(gameState, { jokers: [{ ...joker, properties }] });
    const named = properties === null ? { id: "joker1" } : written;
    expect(payload).toMatchObject({ jokers: [{ properties: named }] });
    expect(metadata).toEqual(properties === null ? {} : { jokers: [{ id: "joker1" }] });
  });

  it("are repaired inside a decision request too", () => {
    const game_state = { in_game: true, chips: 3e10, hand: [{ id: 5, ...card }] };
    const json = { request_id: "r", game_state, available_actions: ["play_hand"] };
    const { payload, metadata, repairs } = read(request, json);
    expect(payload).toMatchObject({ game_state: { chips: 2147483647, hand: [card] } });
    expect(metadata).toEqual({
      game_state: { in_game: true, chips: 3e10, hand: [{ id: 5 }] },
    });
    expect(repairs).toEqual([
      "game_state.chips: 30000000000 is beyond the field, read as 2147483647",
      `game_state: ${keptAside}game_state`,
    ]);
  });
});

describe("the deck", () => {
  const ace = { suit: "Hearts", rank: "Ace", enhancement: "none", seal: "Red", edition: "foil" };
  const two = { ...ace, rank: "2" };

  it("may be an object: its full deck is read, its other parts are kept", () => {
    const deck = {
      remaining_count: 44,
      cards_remaining: [two],
      full_deck: [{ id: 1, ...ace }, two],
    };
    const { payload, metadata, repairs } = read(gameState, { deck });
    expect(payload).toMatchObject({ deck: [ace, two] });
    expect(metadata).toEqual({
      deck: { remaining_count: 44, cards_remaining: [two], full_deck: [{ id: 1 }, null] },
    });
    expect(repairs).toEqual(["deck: object read as its full_deck", `deck: ${keptAside}deck`]);
  });

  it("is the preview of the draw pile if the full deck is empty", () => {
    const deck = { remaining_count: 1, cards_remaining: [two], full_deck: {} };
    const { payload, metadata, repairs } = read(gameState, { deck });
    expect(payload).toMatchObject({ deck: [two] });
    expect(metadata).toEqual({ deck: { remaining_count: 1, full_deck: {} } });
    expect(repairs[0]).toBe("deck: object read as its cards_remaining");
  });

  it("is empty if both are empty", () => {
    const deck = { remaining_count: 0, cards_remaining: {}, full_deck: {} };
    const { payload, repairs } = read(gameState, { deck });
    expect(payload).not.toHaveProperty("deck");
    expect(repairs.slice(0, 2)).toEqual([
      "deck: object read as its full_deck",
      "deck.full_deck: empty object read as empty list",
    ]);
  });

  it("may be a list of cards, or an object with nothing but a list", () => {
    expect(read(gameState, { deck: [ace] }).repairs).toEqual([]);
    expect(read(gameState, { deck: { full_deck: [ace] } }).metadata).toEqual({});
  });
});

describe("the shop", () => {
  it("is read as prices by the item's name, and is kept as a whole", () => {
    const shop = {
      joker_1: { name: "Blueprint", cost: 10, rarity: 3 },
      booster_1: { name: "Buffoon Pack", cost: 4 },
      booster_2: { name: "Buffoon Pack", cost: "6" },
      voucher_1: { cost: 10 },
      voucher_2: { name: "joker_1", cost: 1.5 },
      Reroll: 5,
    };
    const { payload, metadata, repairs } = read(gameState, { shop_items: shop });
    expect(payload).toMatchObject({
      shop_items: {
        Blueprint: 10,
        booster_1: 4,
        booster_2: 6,
        voucher_1: 10,
        voucher_2: 1,
        Reroll: 5,
      },
    });
    expect(metadata).toEqual({ shop_items: shop });
    expect(repairs).toEqual([
      "shop_items: slots read as prices by the item's name",
      'shop_items.booster_2.cost: text "6" read as a number',
      "shop_items.voucher_2.cost: fraction of 1.5 cut off",
      `shop_items: ${keptAside}shop_items`,
    ]);
  });

  it("may have plain prices already", () => {
    const shop_items = { Blueprint: 10, __proto__x: 0 };
    expect(read(gameState, { shop_items })).toMatchObject({ payload: { shop_items }, repairs: [] });
  });
});

describe("the score history", () => {
  it("is read as the number of each record, and the records are kept", () => {
    const records = {
      hand: { label: "Best Hand", amt: 1e300 },
      furthest_ante: { label: "Ante", amt: 8 },
      seed: { label: "Seed" },
    };
    const { payload, metadata, repairs } = read(gameState, {
      score_history: { ...records, 1: 300 },
    });
    expect(payload).toMatchObject({
      score_history: { hand: 3.4028234663852886e38, furthest_ante: 8, 1: 300 },
    });
    expect(metadata).toEqual({ score_history: records });
    expect(repairs).toEqual([
      "score_history.hand: object read as its amt",
      "score_history.hand.amt: 1e+300 is beyond the field, read as 3.4028234663852886e+38",
      "score_history.furthest_ante: object read as its amt",
      "score_history.seed: object without amt left out",
      `score_history: ${keptAside}score_history`,
    ]);
    expect(read(gameState, { score_history: { 1: 300 } }).repairs).toEqual([]);
    const mixed = { hand: { amt: 8 }, 1: "inf" };
    expect(read(gameState, { score_history: mixed }).metadata).toEqual({ score_history: mixed });
  });
});
