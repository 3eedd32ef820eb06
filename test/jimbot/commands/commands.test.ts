import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Action,
  actionArguments,
  actionsByPhase,
  actionsOfPhase,
  type Command,
  isAction,
  menuEntries,
} from "../../../src/jimbot/commands/actions.js";
import {
  checkCommand,
  commandDefaults,
  formatCommand,
  formatCommands,
  parseCommand,
  parseCommands,
  toCommand,
} from "../../../src/jimbot/commands/commands.js";
import { gamePhases } from "../../../src/jimbot/events/phases.js";
import { LearningDecisionRequest, LearningDecisionResponse } from "../../../src/jimbot/learning.js";
import { CommandList } from "../../../src/jimbot/rest/bus.js";
import { refusalOf } from "../../support/refusal.js";

const names =
  "play_hand, discard, sort_hand, select_card, buy_joker, buy_booster, buy_voucher, sell_joker, " +
  "reroll_shop, skip_shop, select_small_blind, select_big_blind, select_boss_blind, skip_blind, " +
  "start_new_run, select_deck, select_stake, navigate_menu, go_to_shop";

/** The error of a command, without its start. */
function saidOf(work: () => unknown): string {
  return refusalOf(work).message.replace("cannot accept jimbot.Command: ", "");
}

const table: readonly [string, Command][] = [
  ["play_hand", { action: "play_hand" }],
  ["play_hand:1,2,3", { action: "play_hand", cards: [1, 2, 3] }],
  ["play_hand:8,1,2,3,5", { action: "play_hand", cards: [8, 1, 2, 3, 5] }],
  ["discard", { action: "discard" }],
  ["discard:4", { action: "discard", cards: [4] }],
  ["sort_hand", { action: "sort_hand" }],
  ["select_card:0", { action: "select_card", card: 1 }],
  ["select_card:7", { action: "select_card", card: 8 }],
  ["buy_joker", { action: "buy_joker" }],
  ["buy_joker:2", { action: "buy_joker", item: 2 }],
  ["buy_booster:1", { action: "buy_booster", item: 1 }],
  ["buy_voucher:1", { action: "buy_voucher", item: 1 }],
  ["sell_joker:5", { action: "sell_joker", joker: 5 }],
  ["reroll_shop", { action: "reroll_shop" }],
  ["skip_shop", { action: "skip_shop" }],
  ["select_small_blind", { action: "select_small_blind" }],
  ["select_big_blind", { action: "select_big_blind" }],
  ["select_boss_blind", { action: "select_boss_blind" }],
  ["skip_blind", { action: "skip_blind" }],
  ["start_new_run", { action: "start_new_run" }],
  ["select_deck", { action: "select_deck" }],
  ["select_deck:Red Deck", { action: "select_deck", deck: "Red Deck" }],
  ["select_deck:a:b", { action: "select_deck", deck: "a:b" }],
  ["select_stake", { action: "select_stake" }],
  ["select_stake:8", { action: "select_stake", stake: 8 }],
  ["navigate_menu", { action: "navigate_menu" }],
  ["navigate_menu:cash_out", { action: "navigate_menu", entry: "cash_out" }],
  ["go_to_shop", { action: "go_to_shop" }],
];

describe("a command", () => {
  it.each(table)("%s is parsed and formatted", (text, command) => {
    expect(parseCommand(text)).toEqual(command);
    expect(formatCommand(command)).toBe(text);
    expect(checkCommand(command)).toEqual(command);
    expect(checkCommand(command)).not.toBe(command);
    expect(CommandList.fromJson({ commands: [text] }).commands).toEqual([text]);
  });

  it("exists for every action", () => {
    const actions = [...new Set(table.map(([, { action }]) => action))];
    expect(actions).toEqual(Object.keys(actionArguments));
    expect(actions.every(isAction)).toBe(true);
    expectTypeOf<keyof typeof actionArguments>().toEqualTypeOf<Action>();
  });

  it("without an argument after the colon has none", () => {
    expect(parseCommand("play_hand:")).toEqual({ action: "play_hand" });
    expect(parseCommand("sort_hand:")).toEqual({ action: "sort_hand" });
  });

  it("may have arguments that are undefined", () => {
    // @ts-expect-error a key with undefined is none, for callers without types
    expect(checkCommand({ action: "discard", cards: undefined } satisfies Command)).toEqual({
      action: "discard",
    });
  });

  it.each([
    ["fly", `action: expected one of ${names}, got "fly" [enum]`],
    ["", `action: expected one of ${names}, got "" [enum]`],
    ["PLAY_HAND", `action: expected one of ${names}, got "PLAY_HAND" [enum]`],
    [" discard", `action: expected one of ${names}, got " discard" [enum]`],
    ["discard\n", `action: expected one of ${names}, got "discard\\n" [enum]`],
    ["__proto__:1", `action: expected one of ${names}, got "__proto__" [enum]`],
    ["play_hand:0", "cards[0]: expected a whole number of at least 1, got 0 [range]"],
    ["play_hand:1,x", 'cards[1]: expected a whole number of at least 1, got "x" [type]'],
    ["play_hand:1,,2", 'cards[1]: expected a whole number of at least 1, got "" [type]'],
    ["play_hand:1, 2", 'cards[1]: expected a whole number of at least 1, got " 2" [type]'],
    ["play_hand:01", 'cards[0]: expected a whole number of at least 1, got "01" [type]'],
    ["play_hand:1.0", 'cards[0]: expected a whole number of at least 1, got "1.0" [type]'],
    ["play_hand:-1", 'cards[0]: expected a whole number of at least 1, got "-1" [type]'],
    ["discard:2,1,2", "cards[2]: a second mention of this card [rule]"],
    ["discard:1,2,3,4,5,6", "cards: expected 1 to 5 cards, got an array of 6 [length]"],
    ["select_card", "card: this key is required [required]"],
    ["select_card:-1", 'card: expected a whole number of at least 1, got "-1" [type]'],
    [
      "select_card:9007199254740991",
      "card: expected a whole number of at least 1, got 9007199254740992 [range]",
    ],
    ["sell_joker", "joker: this key is required [required]"],
    ["sell_joker:0", "joker: expected a whole number of at least 1, got 0 [range]"],
    ["buy_joker:1,2", 'item: expected a whole number of at least 1, got "1,2" [type]'],
    ["select_stake:0", "stake: expected a whole number of at least 1, got 0 [range]"],
    [
      "select_deck:a,b",
      'deck: expected a deck\'s name without comma and line break, got "a,b" [format]',
    ],
    ["navigate_menu:home", `entry: expected one of ${menuEntries.join(", ")}, got "home" [enum]`],
    ["sort_hand:1", "argument: sort_hand has no such argument [unknown_key]"],
    ["skip_blind:1", "argument: skip_blind has no such argument [unknown_key]"],
  ])("is not %j", (text, said) => {
    expect(saidOf(() => parseCommand(text))).toBe(said);
  });

  it.each([
    [null, "expected a command object, got null [type]"],
    [["discard"], "expected a command object, got an array of 1 [type]"],
    [{}, `action: expected one of ${names}, got undefined [enum]`],
    [{ action: 7 }, `action: expected one of ${names}, got 7 [enum]`],
    [{ action: "discard", cards: [] }, "cards: expected 1 to 5 cards, got an array of 0 [length]"],
    [{ action: "discard", cards: "1" }, 'cards: expected a list of cards, got "1" [type]'],
    [{ action: "discard", card: 1 }, "card: discard has no such argument [unknown_key]"],
    [
      { action: "select_card", card: 0.5 },
      "card: expected a whole number of at least 1, got 0.5 [range]",
    ],
    [
      { action: "select_deck", deck: "a\nskip_blind" },
      'deck: expected a deck\'s name without comma and line break, got "a\\nskip_blind" [format]',
    ],
    [
      { action: "select_deck", deck: 7 },
      "deck: expected a deck's name without comma and line break, got 7 [type]",
    ],
    [
      { action: "navigate_menu", entry: 7 },
      `entry: expected one of ${menuEntries.join(", ")}, got 7 [enum]`,
    ],
  ])("is not the object %j", (value, said) => {
    expect(saidOf(() => checkCommand(value))).toBe(said);
    // @ts-expect-error no command
    expect(saidOf(() => formatCommand(value))).toBe(said);
  });

  it("is a text", () => {
    // @ts-expect-error no text
    expect(saidOf(() => parseCommand(7))).toBe("expected a command's text, got 7 [type]");
  });

  it("throws only ContractErrors", () => {
    const hostile = {
      get action(): string {
        throw new TypeError("foreign");
      },
    };
    expect(saidOf(() => checkCommand(hostile))).toBe(
      "reading the value threw an error [input.unreadable]",
    );
  });

  it("is the same after formatting and parsing", () => {
    const count = fc.integer({ min: 1, max: 2 ** 31 });
    const cards = fc.uniqueArray(count, { minLength: 1, maxLength: 5 });
    const deck = fc.string({ minLength: 1 }).filter((text) => !/[,\r\n]/.test(text));
    const entry = fc.constantFrom(...menuEntries);
    const action = fc.constantFrom(...Object.keys(actionArguments));
    const all = fc.record({
      cards,
      card: count,
      item: count,
      joker: count,
      deck,
      stake: count,
      entry,
    });
    const property = fc.property(action, all, fc.boolean(), (name, given, bare) => {
      const key = isAction(name) ? actionArguments[name] : undefined;
      const needed = key === "card" || key === "joker";
      const left = key === undefined || (bare && !needed);
      const value = left ? { action: name } : { action: name, [key]: given[key] };
      const command = checkCommand(value);
      expect(command).toEqual(value);
      const text = formatCommand(command);
      expect(parseCommand(text)).toEqual(command);
      expect(CommandList.safeFromJson({ commands: [text] }).ok).toBe(true);
    });
    fc.assert(property, { numRuns: 500, seed: 42 });
  });

  it("is formatted as it was parsed, if it is valid", () => {
    const piece = fc.constantFrom(
      ...Object.keys(actionArguments),
      ":",
      ",",
      "0",
      "1",
      "12",
      "play",
    );
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));
    let read = 0;
    const property = fc.property(text, (line) => {
      try {
        const command = parseCommand(line);
        expect(formatCommand(command)).toBe(line.replace(/:$/, ""));
        read++;
      } catch (error) {
        expect(
          refusalOf(() => {
            throw error;
          }).message,
        ).toMatch(/^cannot accept jimbot.Command: /);
      }
    });
    fc.assert(property, { numRuns: 3000, seed: 42 });
    expect(read).toBeGreaterThan(100);
  });
});

describe("a text of commands", () => {
  it("has one command per line, and may have empty lines", () => {
    const commands: Command[] = [
      { action: "select_card", card: 3 },
      { action: "play_hand" },
      { action: "discard", cards: [1, 2] },
    ];
    expect(formatCommands(commands)).toBe("select_card:2\nplay_hand\ndiscard:1,2\n");
    expect(parseCommands(formatCommands(commands))).toEqual(commands);
    expect(parseCommands("\r\nselect_card:2\r\n\nplay_hand\rdiscard:1,2")).toEqual(commands);
  });

  it("is empty for no commands", () => {
    expect(formatCommands([])).toBe("");
    expect(parseCommands("")).toEqual([]);
  });

  it("is refused with the path of the error", () => {
    expect(saidOf(() => parseCommands("discard\n\nplay_hand:1,1\n"))).toBe(
      "[1].cards[1]: a second mention of this card [rule]",
    );
    expect(
      saidOf(() => formatCommands([{ action: "discard" }, { action: "select_card", card: 0 }])),
    ).toBe("[1].card: expected a whole number of at least 1, got 0 [range]");
    // @ts-expect-error no list
    expect(saidOf(() => formatCommands("discard"))).toBe(
      'expected a list of commands, got "discard" [type]',
    );
    // @ts-expect-error no text
    expect(saidOf(() => parseCommands(7))).toBe("expected a text of commands, got 7 [type]");
  });

  it("has a maximum length", () => {
    expect(commandDefaults).toEqual({ maxLength: 10_485_760 });
    expect(Object.isFrozen(commandDefaults)).toBe(true);
    expect(parseCommands("discard", { maxLength: 7 })).toEqual([{ action: "discard" }]);
    expect(saidOf(() => parseCommands("discard\n", { maxLength: 7 }))).toBe(
      "8 characters are more than the 7 that are accepted [input.bytes]",
    );
  });
});

describe("the actions of a phase", () => {
  it.each([
    ["PLAYING", ["play_hand", "discard", "sort_hand"]],
    ["SHOP", ["buy_joker", "buy_booster", "buy_voucher", "sell_joker", "reroll_shop", "skip_shop"]],
    ["BLIND_SELECT", ["select_small_blind", "select_big_blind", "select_boss_blind", "skip_blind"]],
  ])("%s are these", (phase, actions) => {
    expect(actionsOfPhase(phase)).toEqual(actions);
  });

  it("are none in the other phases, and in an unknown phase", () => {
    const others = gamePhases.filter((phase) => actionsOfPhase(phase).length === 0);
    expect(others).toEqual(
      gamePhases.filter((phase) => !["PLAYING", "SHOP", "BLIND_SELECT"].includes(phase)),
    );
    expect(Object.keys(actionsByPhase)).toEqual([...gamePhases]);
    expect(["UNKNOWN_STATE_7", "", "__proto__"].map(actionsOfPhase)).toEqual([[], [], []]);
  });
});

describe("the command of a decision", () => {
  const request = LearningDecisionRequest.fromJson({
    request_id: "REQ-123",
    game_state: {},
    available_actions: ["play_hand", "discard"],
  });

  function decide(selectedAction: string, requestId = "REQ-123"): LearningDecisionResponse {
    return LearningDecisionResponse.create({ requestId, selectedAction });
  }

  it("is its selected action, with or without arguments", () => {
    expect(toCommand(decide("discard"))).toEqual({ action: "discard" });
    expect(toCommand(decide("play_hand:1,2,3"), request)).toEqual({
      action: "play_hand",
      cards: [1, 2, 3],
    });
    const whole = { ...request, availableActions: ["buy_joker:2"] };
    expect(toCommand(decide("buy_joker:2"), whole)).toEqual({ action: "buy_joker", item: 2 });
  });

  const start = "cannot convert jimbot.events.v1.LearningDecisionResponse: ";

  it("must be a command of the mod", () => {
    expect(refusalOf(() => toCommand(decide("fly"))).message).toBe(
      `${start}selected_action.action: expected one of ${names}, got "fly" [enum]`,
    );
    expect(refusalOf(() => toCommand(decide("discard:0"))).message).toBe(
      `${start}selected_action.cards[0]: expected a whole number of at least 1, got 0 [range]`,
    );
  });

  it("must answer the request with one of its actions", () => {
    expect(refusalOf(() => toCommand(decide("discard", "REQ-9"), request)).message).toBe(
      `${start}request_id: expected "REQ-123", got "REQ-9" [session.mismatch]`,
    );
    expect(refusalOf(() => toCommand(decide("skip_blind"), request)).message).toBe(
      `${start}selected_action: expected one of the request's available_actions, got "skip_blind" [rule]`,
    );
  });

  it("needs a valid decision", () => {
    // @ts-expect-error no decision
    expect(refusalOf(() => toCommand({ selectedAction: "discard" })).code).toBe("type");
    // @ts-expect-error no request
    expect(refusalOf(() => toCommand(decide("discard"), {})).code).toBe("type");
  });
});
