import { describe, expect, it } from "vitest";
import { actionArguments, isAction } from "../../../src/jimbot/commands/actions.js";
import { formatCommands, parseCommand } from "../../../src/jimbot/commands/commands.js";
import {
  expandCommand,
  expandCommandDefaults,
} from "../../../src/jimbot/commands/expand-command.js";
import { refusalOf } from "../../support/refusal.js";

function expanded(text: string, highlighted = false): string {
  return formatCommands(expandCommand(parseCommand(text), { highlighted }));
}

function refused(text: string, highlighted = false): string {
  return refusalOf(() => expanded(text, highlighted)).message;
}

describe("a command for today's mod", () => {
  it.each([
    ["play_hand:1,5", "select_card:0\nselect_card:4\nplay_hand\n"],
    ["discard:4", "select_card:3\ndiscard\n"],
    ["select_card:3", "select_card:3\n"],
    ["buy_joker", "buy_joker\n"],
    ["buy_joker:1", "buy_joker:1\n"],
    ["buy_booster:1", "buy_booster:1\n"],
    ["buy_voucher", "buy_voucher\n"],
    ["select_deck", "select_deck\n"],
    ["select_deck:Red Deck", "select_deck:Red Deck\n"],
    ["select_stake", "select_stake\n"],
    ["select_stake:1", "select_stake:1\n"],
    ["navigate_menu", "navigate_menu\n"],
    ["skip_blind", "skip_blind\n"],
    ["go_to_shop", "go_to_shop\n"],
  ])("%s is what does the same", (text, lines) => {
    expect(expanded(text)).toBe(lines);
  });

  const start = "cannot convert jimbot.Command: ";

  it.each([
    ["buy_joker:2", "item: the mod ignores it and buys the first one [rule]"],
    ["buy_booster:2", "item: the mod ignores it and buys the first one [rule]"],
    ["buy_voucher:3", "item: the mod ignores it and buys the first one [rule]"],
    ["sell_joker:1", "joker: the mod ignores it and sells nothing [rule]"],
    ["sell_joker:5", "joker: the mod ignores it and sells nothing [rule]"],
    ["select_deck:Blue Deck", "deck: the mod ignores it and selects the Red Deck [rule]"],
    ["select_stake:2", "stake: the mod ignores it and selects the White Stake [rule]"],
    ["navigate_menu:play", "entry: the mod ignores it and only continues after a round [rule]"],
    ["navigate_menu:continue", "entry: the mod ignores it and only continues after a round [rule]"],
    [
      "play_hand",
      "cards: this key is required: the mod does nothing while no card is highlighted [required]",
    ],
    [
      "discard",
      "cards: this key is required: the mod does nothing while no card is highlighted [required]",
    ],
  ])("%s is refused, because the mod would do it wrongly", (text, said) => {
    expect(refused(text)).toBe(`${start}${said}`);
  });

  it("takes the highlighted cards, if there are any, and no others", () => {
    expect(expanded("play_hand", true)).toBe("play_hand\n");
    expect(expanded("discard", true)).toBe("discard\n");
    for (const text of ["play_hand:1,5", "discard:4"]) {
      expect(refused(text, true)).toBe(
        `${start}cards: the mod would add the highlighted cards [rule]`,
      );
    }
    expect(expanded("skip_blind", true)).toBe("skip_blind\n");
  });

  it("is passed on unchanged, if it has no argument", () => {
    const actions = Object.keys(actionArguments)
      .filter(isAction)
      .filter((action) => actionArguments[action] === undefined);
    expect(actions).toHaveLength(9);
    for (const text of actions) expect(expanded(text)).toBe(`${text}\n`);
  });

  it("is valid, and has valid options", () => {
    expect(refusalOf(() => expandCommand({ action: "select_card", card: 0 })).message).toBe(
      "cannot accept jimbot.Command: card: expected a whole number of at least 1, got 0 [range]",
    );
    expect(Object.isFrozen(expandCommandDefaults)).toBe(true);
    // @ts-expect-error no options
    expect(refusalOf(() => expandCommand({ action: "discard" }, null)).message).toBe(
      "cannot configure jimbot.expandCommand: expected an object, got null [config]",
    );
    // @ts-expect-error no boolean
    expect(refusalOf(() => expandCommand({ action: "discard" }, { highlighted: 1 })).message).toBe(
      "cannot configure jimbot.expandCommand: highlighted: expected true or false, got 1 [config]",
    );
  });
});
