/**
 * The phases of a game, under the names that the mod gives them. It also writes
 * `UNKNOWN_STATE_<n>` for a phase that it knows by the game's number only. Source: the BalatroMCP mod.
 */
export const gamePhases = [
  "MENU",
  "DECK_SELECT",
  "STAKE_SELECT",
  "BLIND_SELECT",
  "SHOP",
  "PLAYING",
  "ROUND_EVAL",
  "GAME_OVER",
  "TAROT_PACK",
  "PLANET_PACK",
  "SPECTRAL_PACK",
  "STANDARD_PACK",
  "BUFFOON_PACK",
  "BOOSTER_PACK",
  "UNKNOWN",
] as const;

/** One of the {@link gamePhases}. */
export type GamePhase = (typeof gamePhases)[number];
