import { readOptions } from "../../contract/base/settings.js";
import { keyRequired } from "../../contract/base/texts.js";
import type { Command } from "./actions.js";
import { type Fault, faultAt } from "./command-rules.js";
import { checkCommand, commandTypeName } from "./commands.js";

/** Options of {@link expandCommand}. */
export interface ExpandCommandOptions {
  /**
   * Whether cards of the hand are highlighted. The mod plays and discards those, and no command takes a
   * highlight back. Default false.
   */
  readonly highlighted?: boolean;
}

/** The defaults of {@link ExpandCommandOptions}. */
export const expandCommandDefaults: Readonly<Required<ExpandCommandOptions>> = Object.freeze({
  highlighted: false,
});

/** The deck and the stake that the mod selects, whatever the command says. */
const onlyDeck = "Red Deck";
const onlyStake = 1;

/**
 * Replaces a command by those with which today's mod does the same. Its `play_hand` and `discard` use the
 * highlighted cards and ignore their arguments, so each card is selected first. Throws `rule` for a command
 * with which the mod would do something else, or nothing: it reads the argument of `select_card` only.
 * Throws `required` for `play_hand` and `discard` without cards where none is highlighted, `config` for wrong
 * options, and what {@link parseCommand} throws. Source: the BalatroMCP mod's executor.
 *
 *     formatCommands(expandCommand({ action: "discard", cards: [4] })); // "select_card:3\ndiscard\n"
 */
export function expandCommand(
  command: Command,
  options: ExpandCommandOptions = expandCommandDefaults,
): readonly Command[] {
  const checked = checkCommand(command);
  const { highlighted = expandCommandDefaults.highlighted } = readOptions(
    "jimbot.expandCommand",
    options,
    (own, context) => {
      if (own.highlighted === undefined || typeof own.highlighted === "boolean") return;
      context.mismatch("config", "true or false", own.highlighted, "highlighted");
    },
  );
  const fault = faultAt("convert", commandTypeName, []);
  if (checked.action === "play_hand" || checked.action === "discard") {
    return withSelection(checked, highlighted, fault);
  }
  refuseIgnored(checked, fault);
  return [checked];
}

function withSelection(
  { action, cards }: Extract<Command, { action: "play_hand" | "discard" }>,
  highlighted: boolean,
  fault: Fault,
): readonly Command[] {
  if (cards === undefined) {
    if (highlighted) return [{ action }];
    const message = `${keyRequired}: the mod does nothing while no card is highlighted`;
    return fault(["cards"], { rule: "required", message });
  }
  if (highlighted) {
    return fault(["cards"], { rule: "rule", message: "the mod would add the highlighted cards" });
  }
  return [...cards.map((card): Command => ({ action: "select_card", card })), { action }];
}

/** Refuses a command whose argument the mod ignores, unless the mod happens to do the same. */
function refuseIgnored(command: Command, fault: Fault): void {
  const refuse = (key: string, instead: string): never =>
    fault([key], { rule: "rule", message: `the mod ignores it and ${instead}` });
  switch (command.action) {
    case "buy_joker":
    case "buy_booster":
    case "buy_voucher":
      if ((command.item ?? 1) !== 1) refuse("item", "buys the first one");
      break;
    case "sell_joker":
      refuse("joker", "sells nothing");
      break;
    case "select_deck":
      if ((command.deck ?? onlyDeck) !== onlyDeck) refuse("deck", `selects the ${onlyDeck}`);
      break;
    case "select_stake":
      if ((command.stake ?? onlyStake) !== onlyStake) refuse("stake", "selects the White Stake");
      break;
    case "navigate_menu":
      if (command.entry !== undefined) refuse("entry", "only continues after a round");
      break;
    default:
  }
}
