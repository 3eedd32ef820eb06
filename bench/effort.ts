import type { Effort } from "./measure.js";

/** For a first look. */
const quickly: Effort = { rounds: 7, batch: 3, warmUp: 40 };

/** For figures that are quoted. */
export const thoroughly: Effort = { rounds: 21, batch: 5, warmUp: 40 };

/** For budgets: processor time, because another program on the machine must not make one look missed. */
export const budgetEfforts = {
  quick: { ...quickly, steady: { slowness: 1.1, settling: 2, attempts: 14 } },
  thorough: { ...thoroughly, steady: { slowness: 1.1, settling: 2, attempts: 42 } },
} satisfies Record<string, Effort>;
