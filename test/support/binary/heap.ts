import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// The compiler runs concurrently by default, and finishes late on a busy machine; with this flag it finishes before the next call.
setFlagsFromString("--no-concurrent-recompilation");
const collect: unknown = runInNewContext("gc");

function collectGarbage(): void {
  if (typeof collect !== "function") throw new Error("the garbage collector cannot be called");
  collect();
}

const used = (): number => getHeapStatistics().used_heap_size;

/** Heap bytes per run of an operation. */
export interface HeapUse {
  /** Allocated bytes, garbage included. */
  readonly allocated: number;
  /** Bytes still in use while the results are kept. */
  readonly kept: number;
}

/** Enough runs for the engine to optimise an operation, also a second time after a deoptimisation. */
const warmUp = 40_000;
/** Few enough runs that their allocations fit into the young generation, so that no collection happens in between. */
const runs = 200;
/** Measuring ends after this many attempts without a lower result. */
const patience = 9;

/**
 * Measures an operation until the result gets no lower: the compiler runs concurrently and only adds to the
 * allocated bytes, for a long time on a busy machine. For the bytes in use it may add or subtract.
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
