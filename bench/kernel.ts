import type { Clock } from "./clock.js";

/** Tells how fast the machine is at this moment, by a fixed piece of work. */
export interface Kernel {
  /** How many times as long as its fastest run the work takes now. */
  slowness(): number;
}

/** About a quarter of a millisecond. */
const steps = 250_000;
const runsToKnowTheBest = 100;
let result = 0;

/** A kernel that has run often enough to know its best time. */
export function createKernel(clock: Clock): Kernel {
  let best = Number.POSITIVE_INFINITY;
  const time = (): number => {
    const start = clock();
    result = work(result);
    const elapsed = clock() - start;
    best = Math.min(best, elapsed);
    return elapsed;
  };
  for (let run = 0; run < runsToKnowTheBest; run++) time();
  return { slowness: () => time() / best };
}

/** Integer arithmetic that allocates nothing and reads no memory. */
function work(seed: number): number {
  let value = seed | 1;
  for (let step = 0; step < steps; step++) {
    value = (Math.imul(value, 0x5bd1e995) ^ (value >>> 13)) | 0;
  }
  return value;
}
