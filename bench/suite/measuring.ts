import { createSuiteCases, type SuiteCase } from "./cases.js";
import type { Figures, LeftOut, Subject } from "./figures.js";
import { loadLineUp, quickPeers, select } from "./line-up.js";
import { describeMachine, loadNow, versionsOf } from "./machine.js";
import type { Operation } from "./operations.js";
import type { Options } from "./options.js";
import type { Peer } from "./peer.js";
import { countApart, measureApart, type Order, type Places, toAssignment } from "./processes.js";
import { medianOutcome, type Outcome, rowKey, runSuite } from "./run.js";

type Progress = (share: number) => void;

/** The operations whose objects are counted. */
const counted: readonly Operation[] = ["encode", "decode"];
/** Larger messages make more objects than the profiler can count in reasonable time. */
const maxBytesCounted = 20_000;

/**
 * Measures what the options ask for, in the processes of their mode. Each figure is the median of so many
 * processes.
 */
export async function measureSuite(
  options: Options,
  places: Places,
  progress: Progress,
  processes = 1,
): Promise<Figures> {
  const { mode, operations } = options;
  const list = mode === "quick" ? quickPeers : undefined;
  const peers = select(await loadLineUp(places.generated), options.peers, list);
  const chosen = options.cases.filter(
    ({ headline }) => headline || options.chosen || mode !== "quick",
  );
  const wanted = new Set(chosen.map(({ id }) => id));
  // No other messages are made: codecs learn from all that they see.
  const cases = createSuiteCases(new URL("fixtures/", places.bench), ({ id }) => wanted.has(id));
  const order: Order = {
    work: "measure",
    mode,
    process: "shared",
    cases: cases.map(({ id }) => id),
    peers: peers.map(({ name }) => name),
    operations,
  };
  const before = loadNow();
  const outcomes =
    mode === "quick"
      ? [runSuite(await toAssignment(order, places), progress)]
      : await measureInProcesses(order, cases, processes, progress);
  return toFigures(outcomes, {
    cases,
    peers,
    processes,
    root: new URL("../", places.bench),
    before,
  });
}

/**
 * Each case in a process of its own, or each library on each case; then all in one process. Each of them
 * runs so many times.
 */
async function measureInProcesses(
  order: Order,
  cases: readonly SuiteCase[],
  processes: number,
  progress: Progress,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const machine = { best: Number.POSITIVE_INFINITY };
  const steps = cases.length + 1;
  for (const [index, suiteCase] of cases.entries()) {
    progress(index / steps);
    const alone: Order = { ...order, process: "own", cases: [suiteCase.id] };
    const orders =
      order.mode === "isolated"
        ? order.peers.map((name) => ({ ...alone, peers: [name] }))
        : [alone];
    const measured: Outcome[] = [];
    for (const one of orders) measured.push(await measureRepeatedly(one, processes, machine));
    const counts = await countObjectsOf({ ...alone, proved: leftOutOf(measured) }, suiteCase);
    outcomes.push(...measured.map((outcome) => withCounts(outcome, counts)));
  }
  progress((steps - 1) / steps);
  const together: Order = { ...order, proved: leftOutOf(outcomes) };
  outcomes.push(await measureRepeatedly(together, processes, machine));
  progress(1);
  return outcomes;
}

/**
 * Measures in so many processes, one after another. `machine` learns how fast it can be. Compilers are
 * not always lucky: now and then one leaves a library at half its speed for as long as its process lives.
 */
async function measureRepeatedly(
  order: Order,
  processes: number,
  machine: { best: number },
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (let count = 0; count < processes; count++) {
    const known = Number.isFinite(machine.best) ? { kernelBest: machine.best } : {};
    const outcome = await measureApart({ ...order, ...known });
    machine.best = Math.min(machine.best, outcome.kernelBest ?? machine.best);
    outcomes.push(outcome);
  }
  return medianOutcome(outcomes);
}

function leftOutOf(outcomes: readonly Outcome[]): LeftOut[] {
  return outcomes.flatMap(({ leftOut }) => leftOut);
}

async function countObjectsOf(order: Order, { encoded }: SuiteCase): Promise<Map<string, number>> {
  const operations = order.operations.filter((operation) => counted.includes(operation));
  const [first] = encoded;
  if (operations.length === 0 || (first?.length ?? 0) > maxBytesCounted) return new Map();
  return await countApart({ ...order, work: "count", operations });
}

function withCounts(outcome: Outcome, counts: ReadonlyMap<string, number>): Outcome {
  const rows = outcome.rows.map((row) => {
    const allocations = counts.get(rowKey(row.case, row.peer, row.operation)) ?? null;
    return { ...row, allocations };
  });
  return { ...outcome, rows };
}

interface Measured {
  readonly cases: readonly SuiteCase[];
  readonly peers: readonly Peer[];
  readonly processes: number;
  /** The project's folder. */
  readonly root: URL;
  /** The load before the run. */
  readonly before: number;
}

function toFigures(outcomes: readonly Outcome[], measured: Measured): Figures {
  const { cases, peers, processes, root, before } = measured;
  const sum = (of: "batches" | "rejected"): number =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const disturbance = { batches: sum("batches"), rejected: sum("rejected") };
  const left = leftOutOf(outcomes);
  const distinct = new Map(left.map((one) => [[one.case, one.peer, one.operation].join(), one]));
  return {
    processes,
    machine: describeMachine([before, loadNow()], disturbance),
    versions: versionsOf(
      peers.flatMap(({ packages }) => packages),
      root,
    ),
    subjects: cases.map(toSubject),
    cases: outcomes.flatMap(({ rows }) => rows),
    leftOut: [...distinct.values()],
  };
}

/** What the figures say of a case itself. */
export function toSubject({ id, title, encoded, seeds }: SuiteCase): Subject {
  const sizes = encoded.map(({ length }) => length);
  const subject: Subject = { case: id, title, bytes: [Math.min(...sizes), Math.max(...sizes)] };
  return seeds === undefined ? subject : { ...subject, seeds };
}
