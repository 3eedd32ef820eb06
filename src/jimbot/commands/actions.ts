import { type GamePhase, gamePhases } from "../events/phases.js";

/** The targets of `navigate_menu`. */
export const menuEntries = ["continue", "play", "new_run", "options", "shop", "cash_out"] as const;

/** One of the {@link menuEntries}. */
export type MenuEntry = (typeof menuEntries)[number];

/**
 * A command to the mod. Positions count from 1, the leftmost; stakes from 1, White Stake. For an omitted
 * argument the mod uses its own default. Source: the BalatroMCP mod's executor.
 */
export type Command =
  /** 1 to 5 different cards of the hand. Default the highlighted cards. */
  | { readonly action: "play_hand" | "discard"; readonly cards?: readonly number[] }
  /** Highlights one card of the hand. */
  | { readonly action: "select_card"; readonly card: number }
  /** The position among the shop's items of this kind. Default the first. */
  | { readonly action: "buy_joker" | "buy_booster" | "buy_voucher"; readonly item?: number }
  /** The position among the player's jokers. */
  | { readonly action: "sell_joker"; readonly joker: number }
  /** The deck's name. Default `Red Deck`. */
  | { readonly action: "select_deck"; readonly deck?: string }
  /** Default 1. */
  | { readonly action: "select_stake"; readonly stake?: number }
  /** Default: continue from the current state of the game. */
  | { readonly action: "navigate_menu"; readonly entry?: MenuEntry }
  | {
      readonly action:
        | "sort_hand"
        | "reroll_shop"
        | "skip_shop"
        | "select_small_blind"
        | "select_big_blind"
        | "select_boss_blind"
        | "skip_blind"
        | "start_new_run"
        | "go_to_shop";
    };

/** The name of an action of the mod's executor. */
export type Action = Command["action"];

type CommandOf<A, C = Command> = C extends Command ? (A extends C["action"] ? C : never) : never;
type ArgumentOf<A> = Exclude<keyof CommandOf<A>, "action">;

/** The name of each action's argument; undefined if it takes none. */
export const actionArguments = {
  play_hand: "cards",
  discard: "cards",
  sort_hand: undefined,
  select_card: "card",
  buy_joker: "item",
  buy_booster: "item",
  buy_voucher: "item",
  sell_joker: "joker",
  reroll_shop: undefined,
  skip_shop: undefined,
  select_small_blind: undefined,
  select_big_blind: undefined,
  select_boss_blind: undefined,
  skip_blind: undefined,
  start_new_run: undefined,
  select_deck: "deck",
  select_stake: "stake",
  navigate_menu: "entry",
  go_to_shop: undefined,
} as const satisfies {
  readonly [A in Action]: [ArgumentOf<A>] extends [never] ? undefined : ArgumentOf<A>;
};

/** Whether a value is the name of an action of the mod's executor. */
export function isAction(name: unknown): name is Action {
  return typeof name === "string" && Object.hasOwn(actionArguments, name);
}

/**
 * The actions that the mod offers in each phase, as `available_actions` of its decision requests. It omits
 * `discard` if no discards remain, and `play_hand` while no card is highlighted. Actions that are offered in
 * no phase can still be sent. Source: the BalatroMCP mod.
 */
export const actionsByPhase = {
  MENU: [],
  DECK_SELECT: [],
  STAKE_SELECT: [],
  BLIND_SELECT: ["select_small_blind", "select_big_blind", "select_boss_blind", "skip_blind"],
  SHOP: ["buy_joker", "buy_booster", "buy_voucher", "sell_joker", "reroll_shop", "skip_shop"],
  PLAYING: ["play_hand", "discard", "sort_hand"],
  ROUND_EVAL: [],
  GAME_OVER: [],
  TAROT_PACK: [],
  PLANET_PACK: [],
  SPECTRAL_PACK: [],
  STANDARD_PACK: [],
  BUFFOON_PACK: [],
  BOOSTER_PACK: [],
  UNKNOWN: [],
} as const satisfies Readonly<Record<GamePhase, readonly Action[]>>;

/**
 * The actions that the mod offers in a phase; none for a text that is not one of the
 * {@link GamePhase}s, such as `UNKNOWN_STATE_7`.
 *
 *     actionsOfPhase("PLAYING"); // ["play_hand", "discard", "sort_hand"]
 */
export function actionsOfPhase(phase: string): readonly Action[] {
  const known = gamePhases.find((candidate) => candidate === phase);
  return known === undefined ? [] : actionsByPhase[known];
}
