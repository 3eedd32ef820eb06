import { countAllocations } from "../allocations.js";
import { type Figure, measureSteadily, type Task, timeOnce } from "../measure.js";
import type { SuiteCase } from "./cases.js";
import type { FigureRow, LeftOut } from "./figures.js";
import type { ModeEffort } from "./modes.js";
import type { Operation } from "./operations.js";
import type { Contender, Peer } from "./peer.js";

/** What came out of one process. */
export interface Outcome {
  readonly rows: readonly FigureRow[];
  readonly leftOut: readonly LeftOut[];
  readonly batches: number;
  readonly rejected: number;
  /** The best time of the machine's kernel, in nanoseconds. */
  readonly kernelBest: number | undefined;
}

/** What one process measures. */
export interface Assignment {
  readonly cases: readonly SuiteCase[];
  readonly peers: readonly Peer[];
  readonly operations: readonly Operation[];
  readonly effort: ModeEffort;
  readonly process: FigureRow["process"];
  /**
   * What another process has found to be left out, when it has proved everything else: nothing is
   * proved again then.
   */
  readonly proved?: readonly LeftOut[];
}

interface Entry {
  readonly suiteCase: SuiteCase;
  readonly peer: Peer;
  readonly contender: Contender;
  readonly operation: Operation;
  readonly task: Task;
}

/** Measures every operation of every library on every case, interleaved, in this process. */
export function runSuite(assignment: Assignment, progress: (share: number) => void): Outcome {
  const { entries, leftOut } = enter(assignment);
  const { figures, kernelBest } = measureSteadily(
    entries.map(({ task }) => task),
    assignment.effort.effort,
    progress,
  );
  const sum = (of: "batches" | "rejected"): number =>
    figures.reduce((total, figure) => total + figure[of], 0);
  return {
    rows: entries.flatMap((entry, index) => {
      const figure = figures[index];
      return figure === undefined ? [] : [toRow(entry, figure, assignment.process)];
    }),
    leftOut,
    batches: sum("batches"),
    rejected: sum("rejected"),
    kernelBest,
  };
}

/** The median of several outcomes of the same assignment, row by row. */
export function medianOutcome(outcomes: readonly Outcome[]): Outcome {
  const groups = new Map<string, FigureRow[]>();
  for (const row of outcomes.flatMap(({ rows }) => rows)) {
    const key = rowKey(row.case, row.peer, row.operation);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const sum = (of: "batches" | "rejected"): number =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const known = outcomes.flatMap(({ kernelBest }) => kernelBest ?? []);
  return {
    rows: [...groups.values()].flatMap(
      (rows) => rows.sort((one, other) => one.ns - other.ns)[rows.length >> 1] ?? [],
    ),
    leftOut: outcomes.flatMap(({ leftOut }) => leftOut),
    batches: sum("batches"),
    rejected: sum("rejected"),
    kernelBest: known.length === 0 ? undefined : Math.min(...known),
  };
}

/** Counts the objects that each operation allocates: by case, peer and operation. */
export function countObjects(
  assignment: Assignment,
  progress: (share: number) => void,
): Map<string, number> {
  const { entries } = enter(assignment);
  return new Map(
    entries.map(({ suiteCase, peer, operation, task }, index) => {
      progress(index / entries.length);
      const runs = runsFor(task);
      return [rowKey(suiteCase.id, peer.name, operation), countAllocations(task, runs).objects];
    }),
  );
}

/** The key of a row; no two rows of one process have the same. */
export function rowKey(suiteCase: string, peer: string, operation: Operation): string {
  return `${suiteCase}\n${peer}\n${operation}`;
}

/** Lets the engine compile the task, and gives as many runs as make about ten thousand objects. */
function runsFor(task: Task): number {
  const start = performance.now();
  for (let done = 0; done < 5_000 && performance.now() - start < 50; done += 50) task.repeat(50);
  const { objects } = countAllocations(task, 10);
  return Math.max(5, Math.min(200, Math.round(10_000 / Math.max(1, objects))));
}

/** Opens every library for every case, and proves that it does the same work before its time is taken. */
function enter(assignment: Assignment): { entries: Entry[]; leftOut: LeftOut[] } {
  const { cases, peers, operations: wanted, effort, proved } = assignment;
  const known = new Map(proved?.map((one) => [keyOf(one), one]));
  const entries: Entry[] = [];
  const leftOut: LeftOut[] = [];
  for (const suiteCase of cases) {
    for (const peer of peers) {
      const missing = { case: suiteCase.id, peer: peer.name };
      if (known.has(keyOf(missing))) continue;
      const contender = open(peer, suiteCase, proved === undefined);
      if (contender === undefined) continue;
      if (typeof contender === "string") {
        if (peer.kind === "ours") throw new Error(`${suiteCase.id}: ${peer.name} ${contender}`);
        leftOut.push({ ...missing, reason: contender });
        continue;
      }
      for (const operation of wanted) {
        if (known.has(keyOf({ ...missing, operation }))) continue;
        const task = contender.tasks[operation];
        const reason = contender.leftOut?.[operation] ?? (task && tooSlow(task, effort.patience));
        if (reason !== undefined) leftOut.push({ ...missing, operation, reason });
        else if (task !== undefined) entries.push({ suiteCase, peer, contender, operation, task });
      }
    }
  }
  return { entries, leftOut };
}

/** The key of something that is left out. */
function keyOf({ case: name, peer, operation }: Omit<LeftOut, "reason">): string {
  return [name, peer, operation].join("\n");
}

function open(peer: Peer, suiteCase: SuiteCase, prove: boolean): Contender | string | undefined {
  try {
    const contender = peer.open(suiteCase);
    if (contender === undefined || typeof contender === "string" || !prove) return contender;
    return contender.prove() ?? contender;
  } catch (error) {
    const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return `fails: ${line}`;
  }
}

/** What is said of an operation that takes too long even the third time. */
function tooSlow(task: Task, patience: number): string | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    least = Math.min(least, timeOnce(task) / 1e6);
    if (least < patience) return undefined;
  }
  return `takes ${Math.round(least)} ms a message`;
}

function toRow(
  { suiteCase, peer, contender, operation }: Entry,
  figure: Figure,
  process: FigureRow["process"],
): FigureRow {
  const round = (value: number): number => Number(value.toPrecision(4));
  return {
    case: suiteCase.id,
    operation,
    peer: peer.name,
    kind: peer.kind,
    process,
    ns: round(figure.median),
    min_ns: round(figure.best),
    quartiles_ns: [round(figure.quartiles[0]), round(figure.quartiles[1])],
    bytes: contender.bytes === undefined ? null : Number(contender.bytes.toFixed(1)),
    allocated_bytes: figure.allocated === undefined ? null : Math.round(figure.allocated),
    allocations: null,
  };
}
