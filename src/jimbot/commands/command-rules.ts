import { isPlainObject } from "../../contract/base/plain-data.js";
import { keyRequired } from "../../contract/base/texts.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../../wire/error.js";
import { formatPath, type Step } from "../../wire/path.js";
import {
  type Action,
  actionArguments,
  type Command,
  isAction,
  type MenuEntry,
  menuEntries,
} from "./actions.js";

/** Throws the error of a command, at a path within it. */
export type Fault = (steps: readonly Step[], issue: Omit<ContractIssue, "path">) => never;

/** Makes the {@link Fault} of a command that is at the path `start` of another value. */
export function faultAt(operation: Operation, typeName: string, start: readonly Step[]): Fault {
  return (steps, issue) => {
    const path = formatPath([...start, ...steps]);
    throw new ContractError(operation, typeName, { ...issue, path });
  };
}

/** Maximum number of cards that are played or discarded at once. */
const maxCards = 5;
/** In a command's text, a comma or a line break ends the name. */
const deckName = /^[^,\r\n]+$/;
const actionDescription = `one of ${Object.keys(actionArguments).join(", ")}`;
const entryDescription = `one of ${menuEntries.join(", ")}`;

/** A valid copy of a command. Calls `fault` for an invalid one. */
export function readCommand(value: unknown, fault: Fault): Command {
  if (!isPlainObject(value)) return fault([], mismatch("", "type", "a command object", value));
  const { action, ...given } = value;
  if (!isAction(action)) return fault(["action"], mismatch("", "enum", actionDescription, action));
  for (const key of Object.keys(given)) {
    if (given[key] === undefined || key === actionArguments[action]) continue;
    return fault([key], { rule: "unknown_key", message: `${action} has no such argument` });
  }
  return build(action, given, fault);
}

function build(action: Action, given: Record<string, unknown>, fault: Fault): Command {
  const { cards, card, item, joker, deck, stake, entry } = given;
  switch (action) {
    case "play_hand":
    case "discard":
      return cards === undefined ? { action } : { action, cards: readCards(cards, fault) };
    case "select_card":
      return { action, card: readNumber("card", card, fault) };
    case "buy_joker":
    case "buy_booster":
    case "buy_voucher":
      return item === undefined ? { action } : { action, item: readNumber("item", item, fault) };
    case "sell_joker":
      return { action, joker: readNumber("joker", joker, fault) };
    case "select_deck":
      return deck === undefined ? { action } : { action, deck: readDeck(deck, fault) };
    case "select_stake":
      return stake === undefined
        ? { action }
        : { action, stake: readNumber("stake", stake, fault) };
    case "navigate_menu":
      return entry === undefined ? { action } : { action, entry: readEntry(entry, fault) };
    case "sort_hand":
    case "reroll_shop":
    case "skip_shop":
    case "select_small_blind":
    case "select_big_blind":
    case "select_boss_blind":
    case "skip_blind":
    case "start_new_run":
    case "go_to_shop":
      return { action };
  }
}

function readCards(cards: unknown, fault: Fault): readonly number[] {
  if (!Array.isArray(cards))
    return fault(["cards"], mismatch("", "type", "a list of cards", cards));
  if (cards.length < 1 || cards.length > maxCards) {
    return fault(["cards"], mismatch("", "length", `1 to ${maxCards} cards`, cards));
  }
  const read: number[] = [];
  for (let index = 0; index < cards.length; index++) {
    const card = count(cards[index], (issue) => fault(["cards", index], issue));
    if (read.includes(card)) {
      fault(["cards", index], { rule: "rule", message: "a second mention of this card" });
    }
    read.push(card);
  }
  return read;
}

function readNumber(key: string, value: unknown, fault: Fault): number {
  if (value === undefined) return fault([key], { rule: "required", message: keyRequired });
  return count(value, (issue) => fault([key], issue));
}

function count(value: unknown, fault: (issue: ContractIssue) => never): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  const rule = typeof value === "number" ? "range" : "type";
  return fault(mismatch("", rule, "a whole number of at least 1", value));
}

function readDeck(deck: unknown, fault: Fault): string {
  const rule = typeof deck === "string" ? "format" : "type";
  if (typeof deck === "string" && deckName.test(deck)) return deck;
  return fault(["deck"], mismatch("", rule, "a deck's name without comma and line break", deck));
}

function readEntry(entry: unknown, fault: Fault): MenuEntry {
  const known = menuEntries.find((candidate) => candidate === entry);
  return known ?? fault(["entry"], mismatch("", "enum", entryDescription, entry));
}
