/**
 * What an unset float or double field holds. It is 0, but not the small integer that V8 makes of a
 * literal: with that, the engine would learn from the first messages that these fields hold integers, and
 * then give each message another shape until it has seen a fraction in every field.
 */
export const zero: number = new Float64Array(1)[0] ?? 0;
