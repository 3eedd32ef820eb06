import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// On a busy machine the compiler would be done at some time; now it is done before the next call.
setFlagsFromString("--no-concurrent-recompilation");
const collect: unknown = runInNewContext("gc");

function collectGarbage(): void {
  if (typeof collect !== "function") throw new Error("the garbage collector cannot be called");
  collect();
}

const used = (): number => getHeapStatistics().used_heap_size;

/** Bytes of heap for one run of an operation. */
export interface HeapUse {
  /** What the operation allocates, garbage included. */
  readonly allocated: number;
  /** What is left of it while its results are kept. */
  readonly kept: number;
}

/** Enough for the engine to optimise an operation, and again when the first attempt was given up. */
const warmUp = 40_000;
/** Few enough that what they allocate fits the young generation: no collection in between. */
const runs = 200;
/** Attempts without less being allocated before that is taken for the truth. */
const patience = 9;

/**
 * Measures an operation until it allocates no less: the compiler, which runs beside it, only adds to
 * what is allocated, and on a busy machine needs long to finish. It adds to and takes from what is kept.
 */
export function measureHeap(operation: (run: number) => unknown): HeapUse {
  const results: unknown[] = new Array(runs).fill(undefined);
  for (let run = 0; run < warmUp; run++) results[run % runs] = operation(run);
  let allocated = Number.POSITIVE_INFINITY;
  const kept: number[] = [];
  for (let idle = 0; idle < patience; idle++) {
    results.fill(undefined);
    collectGarbage();
    const before = used();
    for (let run = 0; run < runs; run++) results[run] = operation(run);
    const more = (used() - before) / runs;
    collectGarbage();
    kept.push((used() - before) / runs);
    if (more < allocated * 0.99) idle = -1;
    allocated = Math.min(allocated, more);
  }
  return { allocated, kept: median(kept) };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
