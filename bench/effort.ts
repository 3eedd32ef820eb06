import type { Effort } from "./measure.js";

/** For a first look. */
export const quickly: Effort = { rounds: 7, batch: 3, warmUp: 40 };

/** For figures that are quoted. */
export const thoroughly: Effort = { rounds: 21, batch: 5, warmUp: 40 };
