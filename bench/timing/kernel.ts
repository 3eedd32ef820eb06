import type { Clock } from "./clock.js";

/** Measures how fast the machine is at this moment, by a fixed piece of work. */
export interface Kernel {
  /** How many times as long as its fastest run the work takes now. */
  slowness(): number;
  /** Its fastest run, in nanoseconds. */
  best(): number;
}

/** Each part takes about a tenth of a millisecond. */
const steps = 100_000;
const objects = 8_000;
const runsToCompile = 100;
let result = 0;
let latest: object | undefined;

/**
 * A kernel that the engine has compiled. It knows its best time after some rounds of measuring: between
 * other work, which leaves its own data in the caches, it is never as fast as alone. `known` is the best
 * time of another process on the same machine: without it, one that is slow all the time would take that
 * for its full speed.
 */
export function createKernel(clock: Clock, known = Number.POSITIVE_INFINITY): Kernel {
  let best = known;
  const time = (): number => {
    const start = clock();
    result = allocate(calculate(result));
    return clock() - start;
  };
  for (let run = 0; run < runsToCompile; run++) time();
  return {
    slowness() {
      const elapsed = time();
      best = Math.min(best, elapsed);
      return elapsed / best;
    },
    best: () => best,
  };
}

/** Integer arithmetic: feels a processor that is slower. */
function calculate(seed: number): number {
  let value = seed | 1;
  for (let step = 0; step < steps; step++) {
    value = (Math.imul(value, 0x5bd1e995) ^ (value >>> 13)) | 0;
  }
  return value;
}

/** Small objects: feels a memory that others use, as all that makes messages does. */
function allocate(seed: number): number {
  for (let index = 0; index < objects; index++) latest = { seed, index };
  return seed;
}

/** The last object. Exported so that the compiler must keep it. @public */
export function lastObject(): object | undefined {
  return latest;
}
