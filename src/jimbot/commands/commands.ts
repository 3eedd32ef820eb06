import { reportLimit } from "../../contract/base/limits.js";
import { guarded } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { jimbotConfig } from "../deployment/config.js";
import { LearningDecisionRequest, LearningDecisionResponse } from "../learning.js";
import { type Action, actionArguments, type Command, isAction } from "./actions.js";
import { type Fault, faultAt, readCommand } from "./command-rules.js";

/** The name that errors about commands carry. */
export const commandTypeName = "jimbot.Command";

/** Options of {@link parseCommands}. */
export interface CommandTextOptions {
  /** Maximum length of the text in UTF-16 units; longer texts are refused unread. Default 10,485,760, the bus's limit. */
  readonly maxLength?: number;
}

/** The defaults of {@link CommandTextOptions}. */
export const commandDefaults: Readonly<Required<CommandTextOptions>> = Object.freeze({
  maxLength: jimbotConfig.eventBus.maxMessageBytes,
});

/**
 * Parses one command as the mod does: the action, and after a colon its arguments, separated by commas.
 * Only the text of `select_card` counts from 0. Throws ContractError `enum` for an unknown action,
 * `unknown_key` for an argument that the action does not take, and `required`, `type`, `range`,
 * `length`, `format` or `rule` for a wrong argument. Source: the BalatroMCP mod's command poll.
 *
 *     parseCommand("play_hand:1,2,3"); // { action: "play_hand", cards: [1, 2, 3] }
 */
export function parseCommand(text: string): Command {
  return parse(text, faultAt("check", commandTypeName, []));
}

/**
 * Formats one command as the mod reads it: the inverse of {@link parseCommand}. Throws what that throws.
 *
 *     formatCommand({ action: "buy_joker", item: 2 }); // "buy_joker:2"
 */
export function formatCommand(command: Command): string {
  return write(checkCommand(command));
}

/** A valid copy of a command. Throws what {@link parseCommand} throws. */
export function checkCommand(command: unknown): Command {
  const fault = faultAt("check", commandTypeName, []);
  return guarded("check", commandTypeName, () => readCommand(command, fault));
}

/**
 * Parses the commands of a poll's answer or of a file: one per line; empty lines are ignored. The path of
 * an error begins with the index of the command. Throws what {@link parseCommand} throws, `input.bytes` for
 * a text that is too long, and `config` for wrong options.
 */
export function parseCommands(text: string, options: CommandTextOptions = {}): readonly Command[] {
  const { maxLength = commandDefaults.maxLength } = readOptions(
    commandTypeName,
    options,
    (own, context) => reportLimit(context, "maxLength", own.maxLength),
  );
  if (typeof text !== "string") {
    throw new ContractError(
      "check",
      commandTypeName,
      mismatch("", "type", "a text of commands", text),
    );
  }
  if (text.length > maxLength) {
    const message = `${text.length} characters are more than the ${maxLength} that are accepted`;
    throw new ContractError("check", commandTypeName, { path: "", rule: "input.bytes", message });
  }
  return text
    .split(/[\r\n]+/)
    .filter((line) => line !== "")
    .map((line, index) => parse(line, faultAt("check", commandTypeName, [index])));
}

/**
 * Formats commands for the poll's answer or for a file: one per line, each followed by a line feed; an
 * empty list is an empty text. The inverse of {@link parseCommands}. Throws what {@link parseCommand}
 * throws.
 */
export function formatCommands(commands: readonly Command[]): string {
  return guarded("check", commandTypeName, () => {
    if (!Array.isArray(commands)) {
      throw new ContractError(
        "check",
        commandTypeName,
        mismatch("", "type", "a list of commands", commands),
      );
    }
    const lines = commands.map((command: unknown, index) =>
      write(readCommand(command, faultAt("check", commandTypeName, [index]))),
    );
    return lines.map((line) => `${line}\n`).join("");
  });
}

/**
 * Converts a decision to its command. `selected_action` is an action's name or a whole command. If
 * `request` is given, the decision must have its request_id (or else `session.mismatch`) and choose one of
 * its `available_actions` (or else `rule`). Throws what {@link parseCommand} throws, with the path
 * `selected_action`. Document: the JimBot specification, "Learning Events".
 *
 *     toCommand(LearningDecisionResponse.create({ requestId: "REQ-1", selectedAction: "discard:4" }));
 *     // { action: "discard", cards: [4] }
 */
export function toCommand(
  response: LearningDecisionResponse,
  request?: LearningDecisionRequest,
): Command {
  const { requestId, selectedAction } = LearningDecisionResponse.check(response);
  const refuse = faultAt("convert", LearningDecisionResponse.typeName, []);
  const command = parse(
    selectedAction,
    faultAt("convert", LearningDecisionResponse.typeName, ["selected_action"]),
  );
  if (request === undefined) return command;
  const asked = LearningDecisionRequest.check(request);
  if (requestId !== asked.requestId) {
    const expected = JSON.stringify(asked.requestId.slice(0, 64));
    refuse(["request_id"], mismatch("", "session.mismatch", expected, requestId));
  }
  const { availableActions } = asked;
  if (!availableActions.includes(command.action) && !availableActions.includes(selectedAction)) {
    const expected = "one of the request's available_actions";
    refuse(["selected_action"], mismatch("", "rule", expected, selectedAction));
  }
  return command;
}

function parse(text: string, fault: Fault): Command {
  if (typeof text !== "string") return fault([], mismatch("", "type", "a command's text", text));
  const colon = text.indexOf(":");
  const action = colon < 0 ? text : text.slice(0, colon);
  const argument = colon < 0 ? "" : text.slice(colon + 1);
  if (argument === "" || !isAction(action)) return readCommand({ action }, fault);
  return readCommand({ action, [keyOf(action)]: parseArgument(action, argument) }, fault);
}

/** The key of an action's argument. For an action without one, a key that it does not have, so that it is refused. */
function keyOf(action: Action): string {
  return actionArguments[action] ?? "argument";
}

function parseArgument(action: Action, text: string): unknown {
  switch (actionArguments[action]) {
    case "cards":
      return text.split(",").map(parseNumber);
    case "card":
      return plusOne(parseNumber(text));
    case "item":
    case "joker":
    case "stake":
      return parseNumber(text);
    case "deck":
    case "entry":
    case undefined:
      return text;
  }
}

/** A text that is an integer without sign and leading zeros becomes a number; any other text is returned unchanged. */
function parseNumber(text: string): number | string {
  return /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : text;
}

function plusOne(position: number | string): number | string {
  return typeof position === "number" ? position + 1 : position;
}

function write(command: Command): string {
  const argument = argumentText(command);
  return argument === undefined ? command.action : `${command.action}:${argument}`;
}

function argumentText(command: Command): string | undefined {
  switch (command.action) {
    case "play_hand":
    case "discard":
      return command.cards?.join(",");
    case "select_card":
      return String(command.card - 1);
    case "buy_joker":
    case "buy_booster":
    case "buy_voucher":
      return command.item?.toString();
    case "sell_joker":
      return String(command.joker);
    case "select_deck":
      return command.deck;
    case "select_stake":
      return command.stake?.toString();
    case "navigate_menu":
      return command.entry;
    case "sort_hand":
    case "reroll_shop":
    case "skip_shop":
    case "select_small_blind":
    case "select_big_blind":
    case "select_boss_blind":
    case "skip_blind":
    case "start_new_run":
    case "go_to_shop":
      return undefined;
  }
}
