import { type BudgetRow, measureBudgets } from "../budgets.js";
import { loadCases } from "../cases.js";
import { budgetEfforts } from "../effort.js";
import { runApart } from "../worker.js";
import { type CaseName, createSuiteCases } from "./cases.js";
import type { LeftOut } from "./figures.js";
import { handicapped } from "./handicap.js";
import { loadLineUp } from "./line-up.js";
import { type Mode, type ModeEffort, modeEfforts } from "./modes.js";
import type { Operation } from "./operations.js";
import { type Assignment, countObjects, type Outcome, runSuite } from "./run.js";

/** Where the benchmark finds what it reads. */
export interface Places {
  /** Its own folder, `bench/`. */
  readonly bench: URL;
  /** The folder of the other libraries' code. */
  readonly generated: URL;
}

/** What a process of its own is asked to measure of the suite, as JSON. */
export interface Order {
  readonly work: "measure" | "count";
  readonly mode: Mode;
  readonly process: "own" | "shared";
  /** Ids of cases, and names of libraries. */
  readonly cases: readonly string[];
  readonly peers: readonly string[];
  readonly operations: readonly Operation[];
  /** What an earlier process has left out, when it has proved the rest. */
  readonly proved?: readonly LeftOut[];
  /** The best time of the machine's kernel so far, in nanoseconds. */
  readonly kernelBest?: number;
  /** How often our peer does its work instead of once. Default 1. */
  readonly handicap?: number;
}

/** Asks a process of its own for the budgets. */
interface BudgetOrder {
  readonly work: "budgets";
  readonly effort: keyof typeof budgetEfforts;
}

/** Carries out an order in this process and writes the result to the standard output. */
export async function work(text: string, places: Places): Promise<number> {
  const order: Order | BudgetOrder = JSON.parse(text);
  const result =
    order.work === "budgets" ? workOnBudgets(order, places) : await workOn(order, places);
  process.stdout.write(JSON.stringify(result));
  return 0;
}

const quiet = (): void => undefined;

async function workOn(order: Order, places: Places): Promise<Outcome | [string, number][]> {
  const assignment = await toAssignment(order, places);
  if (order.work === "measure") return runSuite(assignment, quiet);
  return [...countObjects(assignment, quiet).entries()];
}

function workOnBudgets({ effort }: BudgetOrder, places: Places): BudgetRow[] {
  const cases = loadCases(new URL("fixtures/", places.bench));
  return measureBudgets(cases, budgetEfforts[effort], quiet);
}

/** The order's cases and libraries, made in this process. */
export async function toAssignment(order: Order, places: Places): Promise<Assignment> {
  const lineUp = await loadLineUp(places.generated);
  const proved = order.proved === undefined ? {} : { proved: order.proved };
  const wanted = ({ id }: CaseName): boolean => order.cases.includes(id);
  return {
    cases: createSuiteCases(new URL("fixtures/", places.bench), wanted),
    peers: lineUp
      .filter(({ name }) => order.peers.includes(name))
      .map((peer) => (peer.kind === "ours" ? handicapped(peer, order.handicap ?? 1) : peer)),
    operations: order.operations,
    effort: effortOf(order),
    process: order.process,
    ...proved,
  };
}

function effortOf({ mode, process, kernelBest }: Order): ModeEffort {
  const { effort, patience } = modeEfforts[mode][process];
  if (effort.steady === undefined || kernelBest === undefined) return { effort, patience };
  return { effort: { ...effort, steady: { ...effort.steady, best: kernelBest } }, patience };
}

/** Measures an order in a new process. */
export async function measureApart(order: Order): Promise<Outcome> {
  return JSON.parse(await runApart(order));
}

/**
 * Measures the budgets in a new process: codecs adapt to the messages that they see, so neither the budgets
 * nor what is measured after them may depend on the other.
 */
export async function measureBudgetsApart(effort: BudgetOrder["effort"]): Promise<BudgetRow[]> {
  const order: BudgetOrder = { work: "budgets", effort };
  return JSON.parse(await runApart(order));
}

/** Counts the objects in a new process, whose engine allocates each object by itself. */
export async function countApart(order: Order): Promise<Map<string, number>> {
  // Engines allocate several objects at once where they can; the profiler would see only one.
  return new Map(JSON.parse(await runApart(order, ["--no-turbo-allocation-folding"])));
}
