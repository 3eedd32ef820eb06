import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
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

/** Enough for the engine to optimise an operation. */
const warmUp = 3_000;
/** Few enough that what they allocate fits the young generation: no collection in between. */
const runs = 200;
const attempts = 9;

/**
 * Measures an operation several times: the compiler, which runs beside it, only adds to what is
 * allocated, but adds to and takes from what is kept.
 */
export function measureHeap(operation: (run: number) => unknown): HeapUse {
  const results: unknown[] = new Array(runs).fill(undefined);
  for (let run = 0; run < warmUp; run++) results[run % runs] = operation(run);
  const allocated: number[] = [];
  const kept: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    results.fill(undefined);
    collectGarbage();
    const before = used();
    for (let run = 0; run < runs; run++) results[run] = operation(run);
    const after = used();
    collectGarbage();
    allocated.push((after - before) / runs);
    kept.push((used() - before) / runs);
  }
  return { allocated: Math.min(...allocated), kept: median(kept) };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
