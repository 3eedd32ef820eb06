import { type Clock, processorTime, wallTime } from "./timing/clock.js";
import { bytesInUse, collectGarbage } from "./timing/heap.js";
import { createKernel } from "./timing/kernel.js";

/** One thing to measure. */
export interface Task {
  /** Does it so many times and returns the last result. */
  repeat(count: number): unknown;
}

/** What came out of measuring one task. */
export interface Figure {
  /** Median of the batches, in nanoseconds for one operation. */
  readonly median: number;
  /** Best batch, in nanoseconds for one operation. */
  readonly best: number;
  /** A quarter of the batches took less than the first, a quarter more than the second, per operation. */
  readonly quartiles: readonly [number, number];
  /** Bytes that one operation allocates. Undefined when garbage was collected in every batch. */
  readonly allocated: number | undefined;
  /** How many batches ran. */
  readonly batches: number;
  /** How many of them something else on the machine disturbed. */
  readonly rejected: number;
}

/** How much to measure. */
export interface Effort {
  readonly rounds: number;
  /** Length of one batch, in milliseconds. */
  readonly batch: number;
  /** Time for each task to reach full speed, in milliseconds. */
  readonly warmUp: number;
  /** When given, batches that the machine disturbed are repeated. */
  readonly steady?: Steadiness;
}

/**
 * How to measure on a machine that does other things too: by the time that this process has had a
 * processor, and only while that processor is at full speed.
 */
interface Steadiness {
  /**
   * How many times as long as its best a fixed kernel may take before and after a batch, and how many
   * times its processor time a batch may last.
   */
  readonly slowness: number;
  /** Rounds before the first that counts, in which the tasks get used to each other. */
  readonly settling: number;
  /** Most rounds that count. After them the steadiest batches have to do. */
  readonly attempts: number;
  /** The best time of the kernel that another process has seen, in nanoseconds. */
  readonly best?: number;
}

/** What measuring found, of all tasks and of the machine. */
export interface Measurement {
  /** In the order of the tasks. */
  readonly figures: readonly Figure[];
  /** The best time of the kernel, in nanoseconds; undefined without one. */
  readonly kernelBest: number | undefined;
}

interface Batch {
  readonly nanoseconds: number;
  /** Bytes for one operation. Negative when garbage was collected meanwhile. */
  readonly allocated: number;
  /** 1 when nothing disturbed it. */
  readonly slowness: number;
}

/** No batch counts as disturbed. */
const anyPace = { slowness: Number.POSITIVE_INFINITY, settling: 0 };

/** Keeps results alive, so that no operation can be left out as unused. */
let sink: unknown;

/** A task that calls a function with the inputs in turn. */
export function forEach<T>(inputs: readonly T[], operate: (input: T) => unknown): Task {
  return {
    repeat(count) {
      let rest = count;
      while (rest > 0) {
        for (const input of inputs) {
          if (rest-- === 0) break;
          sink = operate(input);
        }
      }
      return sink;
    },
  };
}

/** Measures tasks as {@link measureSteadily} does, and gives their figures alone. */
export function measure(
  tasks: readonly Task[],
  effort: Effort,
  progress: (share: number) => void,
): readonly Figure[] {
  return measureSteadily(tasks, effort, progress).figures;
}

/**
 * Measures tasks in interleaved rounds: each round runs one batch of every task, in an order that
 * changes, so that a slow moment of the machine falls on all alike.
 */
export function measureSteadily(
  tasks: readonly Task[],
  effort: Effort,
  progress: (share: number) => void,
): Measurement {
  const { rounds, steady } = effort;
  const clock = steady === undefined ? wallTime : processorTime;
  const kernel = steady === undefined ? undefined : createKernel(clock, steady.best);
  const { slowness: maxSlowness, settling, attempts } = steady ?? { ...anyPace, attempts: rounds };
  const share = 1 / (tasks.length + settling + attempts);
  const counts = tasks.map((task, index) => {
    progress(index * share);
    return calibrate(task, effort, clock);
  });
  const batches = tasks.map((): Batch[] => []);
  const isSteady = (batch: Batch): boolean => batch.slowness <= maxSlowness;
  for (let round = -settling; round < attempts; round++) {
    for (const index of order(tasks.length, round + settling)) {
      const [task, count, done] = [tasks[index], counts[index], batches[index]];
      if (task === undefined || count === undefined || done === undefined) continue;
      if (done.filter(isSteady).length === rounds) continue;
      const before = kernel?.slowness() ?? 1;
      collectGarbage();
      const used = bytesInUse();
      const start = wallTime();
      const elapsed = batch(task, count, clock);
      const stretch = (wallTime() - start) / elapsed;
      const allocated = (bytesInUse() - used) / count;
      const after = kernel?.slowness() ?? 1;
      const slowness = Math.max(before, stretch, after);
      if (round >= 0) done.push({ nanoseconds: elapsed / count, allocated, slowness });
    }
    progress(Math.min(0.99, (tasks.length + settling + round) * share));
  }
  progress(1);
  return {
    figures: batches.map((done) => summarize(done, rounds, isSteady)),
    kernelBest: kernel?.best(),
  };
}

/** The figure of the steady batches, or of the steadiest when there are too few. */
function summarize(
  batches: readonly Batch[],
  rounds: number,
  isSteady: (batch: Batch) => boolean,
): Figure {
  const steadiest = [...batches].sort((a, b) => a.slowness - b.slowness).slice(0, rounds);
  const times = steadiest.map(({ nanoseconds }) => nanoseconds).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  const whole = batches.map(({ allocated }) => allocated).filter((bytes) => bytes >= 0);
  return {
    median: at(0.5),
    best: Math.min(...batches.map(({ nanoseconds }) => nanoseconds)),
    quartiles: [at(0.25), at(0.75)],
    allocated: whole.sort((a, b) => a - b)[whole.length >> 1],
    batches: batches.length,
    rejected: batches.filter((batch) => !isSteady(batch)).length,
  };
}

/** How long one operation takes that no engine has compiled yet, in nanoseconds: to see who is too slow. */
export function timeOnce(task: Task): number {
  const start = wallTime();
  sink = task.repeat(1);
  return wallTime() - start;
}

function calibrate(task: Task, { warmUp, batch: length }: Effort, clock: Clock): number {
  let count = 1;
  const end = clock() + warmUp * 1e6;
  let elapsed = batch(task, count, clock);
  while (clock() < end || elapsed < (length * 1e6) / 2) {
    if (elapsed < length * 1e6) count = Math.min(count * 2, 1 << 22);
    elapsed = batch(task, count, clock);
  }
  return Math.max(1, Math.round((count * length * 1e6) / elapsed));
}

function batch(task: Task, count: number, clock: Clock): number {
  const start = clock();
  sink = task.repeat(count);
  return clock() - start;
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

/** The last result. Exported so that the compiler must keep it. @public */
export function lastResult(): unknown {
  return sink;
}
