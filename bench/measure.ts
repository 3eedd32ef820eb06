/** One thing to measure: `run(i)` does it once, on input number `i` of `inputs`. */
export interface Task {
  readonly inputs: number;
  run(index: number): unknown;
}

/** What came out of measuring one task. */
export interface Figure {
  /** Median of the rounds, in nanoseconds for one operation. */
  readonly median: number;
  /** Best round, in nanoseconds for one operation. */
  readonly best: number;
}

/** How much to measure. */
export interface Effort {
  readonly rounds: number;
  /** Length of one batch, in milliseconds. */
  readonly batch: number;
  /** Time for each task to reach full speed, in milliseconds. */
  readonly warmUp: number;
}

/** Keeps results alive, so that no operation can be left out as unused. */
let sink: unknown;

/**
 * Measures tasks in interleaved rounds: each round runs one batch of every task, in an order that
 * changes, so that a slow moment of the machine falls on all alike.
 */
export function measure(
  tasks: readonly Task[],
  effort: Effort,
  progress: (share: number) => void,
): Figure[] {
  const counts = tasks.map((task) => calibrate(task, effort));
  const times = tasks.map((): number[] => []);
  for (let round = 0; round < effort.rounds; round++) {
    for (const index of order(tasks.length, round)) {
      const task = tasks[index];
      const count = counts[index];
      if (task === undefined || count === undefined) continue;
      times[index]?.push(batch(task, count) / count);
    }
    progress((round + 1) / effort.rounds);
  }
  return times.map((list) => {
    const sorted = list.sort((a, b) => a - b);
    return { median: sorted[sorted.length >> 1] ?? 0, best: sorted[0] ?? 0 };
  });
}

function calibrate(task: Task, { warmUp, batch: length }: Effort): number {
  let count = 1;
  const end = performance.now() + warmUp;
  let elapsed = batch(task, count);
  while (performance.now() < end || elapsed < (length * 1e6) / 2) {
    if (elapsed < length * 1e6) count = Math.min(count * 2, 1 << 22);
    elapsed = batch(task, count);
  }
  return Math.max(1, Math.round((count * length * 1e6) / elapsed));
}

function batch(task: Task, count: number): number {
  const start = process.hrtime.bigint();
  let index = 0;
  for (let i = 0; i < count; i++) {
    sink = task.run(index);
    index = index + 1 === task.inputs ? 0 : index + 1;
  }
  return Number(process.hrtime.bigint() - start);
}

function order(length: number, round: number): number[] {
  // Steps that have no factor in common with the length visit every task once, in a new order each round.
  let step = 1 + ((round * 7) % length);
  while (greatestCommonDivisor(step, length) !== 1) step++;
  return Array.from({ length }, (_, index) => (index * step + round) % length);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** What the last operation gave; only there to be read by nobody. */
export function lastResult(): unknown {
  return sink;
}
