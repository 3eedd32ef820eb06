import type { Effort } from "./measure.js";

/** For figures that are quoted. */
export const thoroughly: Effort = { rounds: 21, batch: 5, warmUp: 40 };

/**
 * For budgets: processor time, because another program on the machine must not make one look missed, and a
 * longer warm-up, because the rules of a large message take long until they are compiled.
 */
export const budgetEfforts = {
  quick: {
    rounds: 7,
    batch: 3,
    warmUp: 150,
    steady: { slowness: 1.1, settling: 2, attempts: 14 },
  },
  thorough: {
    rounds: 21,
    batch: 5,
    warmUp: 300,
    steady: { slowness: 1.1, settling: 2, attempts: 42 },
  },
} satisfies Record<string, Effort>;
