import { spawn } from "node:child_process";
import { type CaseName, createSuiteCases } from "./cases.js";
import type { LeftOut } from "./figures.js";
import { type FormEffort, formEfforts, type JsonContract } from "./forms.js";
import { handicapped } from "./handicap.js";
import { loadLineUp } from "./line-up.js";
import type { Operation } from "./operations.js";
import { type Assignment, countObjects, type Outcome, runSuite } from "./run.js";

/** Where the benchmark finds what it reads. */
export interface Places {
  /** Its own folder, `bench/`. */
  readonly bench: URL;
  /** The folder of the other libraries' code. */
  readonly generated: URL;
}

/** What a process of its own is to do, as JSON. */
export interface Order {
  readonly work: "measure" | "count";
  readonly form: JsonContract;
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

/** The first argument of a process that carries out an order; the second is the order. */
export const workerFlag = "--worker";

/** Carries out an order in this process and writes what came out of it to the standard output. */
export async function work(text: string, places: Places): Promise<number> {
  const order: Order = JSON.parse(text);
  const assignment = await toAssignment(order, places);
  const quiet = (): void => undefined;
  const outcome =
    order.work === "measure"
      ? runSuite(assignment, quiet)
      : [...countObjects(assignment, quiet).entries()];
  process.stdout.write(JSON.stringify(outcome));
  return 0;
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

function effortOf({ form, process, kernelBest }: Order): FormEffort {
  const { effort, patience } = formEfforts[form][process];
  if (effort.steady === undefined || kernelBest === undefined) return { effort, patience };
  return { effort: { ...effort, steady: { ...effort.steady, best: kernelBest } }, patience };
}

/** Has an order measured by a new process. */
export async function measureApart(order: Order): Promise<Outcome> {
  return JSON.parse(await runApart(order, []));
}

/** Has the objects counted by a new process, whose engine makes each object by itself. */
export async function countApart(order: Order): Promise<Map<string, number>> {
  // Engines allocate several objects at once where they can; the profiler would see only one.
  return new Map(JSON.parse(await runApart(order, ["--no-turbo-allocation-folding"])));
}

function runApart(order: Order, flags: readonly string[]): Promise<string> {
  const [, script = ""] = process.argv;
  const args = [...process.execArgv, ...flags, script, workerFlag, JSON.stringify(order)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    texts.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    texts.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(texts.out);
      else reject(new Error(`measuring ${order.cases.join(", ")} failed: ${texts.err}`));
    });
  });
}
