/**
 * The phases of a game, by the names that the mod gives them. Besides these it writes
 * `UNKNOWN_STATE_<n>` for a phase that it knows by the game's number only. Source: the BalatroMCP mod.
 */
export const phases = [
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

/** One of the {@link phases}. */
export type Phase = (typeof phases)[number];
