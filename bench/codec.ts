import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type CodecCase, createCodecCases, messageCount } from "./codec-cases.js";
import { prepare, takesPart } from "./codec-check.js";
import { loadPeers, type Peer } from "./codec-peers.js";
import {
  type CaseResult,
  type CodecResult,
  type Direction,
  directions,
  judge,
  renderCodecTable,
  summarize,
} from "./codec-report.js";
import { type Effort, type Figure, forEach, measure, type Task } from "./measure.js";
import { showProgress } from "./progress.js";

const usage = `usage: node bench/run.mjs codec [--json FILE] [--quick] [--best] [--only TEXT]

  --json FILE  also writes the figures as JSON
  --quick      fewer rounds: for a first look, not for quoting
  --best       judges by the best batches instead of the medians: for a busy machine
  --only TEXT  only messages whose name has TEXT in it`;

const thorough: Effort = {
  rounds: 21,
  batch: 6,
  warmUp: 150,
  steady: { slowness: 1.07, settling: 2, attempts: 42 },
};
const quick: Effort = {
  rounds: 7,
  batch: 3,
  warmUp: 100,
  steady: { slowness: 1.07, settling: 2, attempts: 14 },
};

/** Compares our codecs with those of the peers. The exit code is 2 for wrong arguments, otherwise 0. */
export async function main(args: readonly string[], generated: URL): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const cases = createCodecCases().filter(({ name }) =>
    name.toLowerCase().includes(options.only.toLowerCase()),
  );
  if (cases.length === 0) {
    console.error(`no message has "${options.only}" in its name\n\n${usage}`);
    return 2;
  }
  const peers = await loadPeers(generated);
  const entries = cases.map((codecCase) => enter(codecCase, peers));
  const tasks = entries.flatMap(({ codecs }) =>
    codecs.flatMap(({ tasks }) => Object.values(tasks)),
  );
  const figures = measure(tasks, options.quick ? quick : thorough, showProgress);
  const measured = new Map<Task, Figure>();
  for (const [index, figure] of figures.entries()) {
    const task = tasks[index];
    if (task !== undefined) measured.set(task, figure);
  }
  const medians = entries.map((entry) => toResult(entry, measured, "median"));
  const bests = entries.map((entry) => toResult(entry, measured, "best"));
  printReport(options.best ? bests : medians, entries, figures, options);
  if (options.json !== undefined) writeFileSync(options.json, toJson(medians, bests));
  return 0;
}

interface Options {
  readonly json: string | undefined;
  readonly quick: boolean;
  readonly best: boolean;
  readonly only: string;
}

function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: "string" },
        quick: { type: "boolean", default: false },
        best: { type: "boolean", default: false },
        only: { type: "string", default: "" },
      },
    });
    return { ...values, json: values.json };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return undefined;
  }
}

/** A case with the tasks of all codecs that take part in it. */
interface Entry {
  readonly codecCase: CodecCase;
  readonly codecs: readonly Competitor[];
  /** Who is left out, and why. */
  readonly notes: readonly string[];
}

interface Competitor extends Pick<CodecResult, "name" | "kind"> {
  readonly tasks: Readonly<Partial<Record<Direction, Task>>>;
}

function enter(codecCase: CodecCase, peers: readonly Peer[]): Entry {
  const codecs: Competitor[] = [];
  const notes: string[] = [];
  for (const peer of peers) {
    const part = takesPart(peer, codecCase);
    if (typeof part === "string") notes.push(`${peer.name} ${part}`);
    if (part === true) codecs.push(...compete(peer, codecCase));
  }
  return { codecCase, codecs, notes };
}

function compete(peer: Peer, codecCase: CodecCase): Competitor[] {
  const { name, kind } = peer;
  const { operations, encoded, messages, agrees } = prepare(peer, codecCase);
  if (!agrees) throw new Error(`${name} gives other bytes for ${codecCase.name}`);
  const { encode, decode, decodeAliased } = operations;
  const tasks = { encode: forEach(messages, encode), decode: forEach(encoded, decode) };
  if (decodeAliased === undefined) return [{ name, kind, tasks }];
  const aliased = { decode: forEach(encoded, decodeAliased) };
  return [
    { name, kind, tasks },
    { name: `${name}, alias`, kind: "variant", tasks: aliased },
  ];
}

function toResult(
  { codecCase, codecs }: Entry,
  measured: ReadonlyMap<Task, Figure>,
  statistic: "median" | "best",
): CaseResult {
  const sizes = codecCase.encoded.map((bytes) => bytes.length);
  return {
    name: codecCase.name,
    bytes: [Math.min(...sizes), Math.max(...sizes)],
    targets: codecCase.targets,
    codecs: codecs.map(({ name, kind, tasks }) => {
      const times: Partial<Record<Direction, number>> = {};
      for (const direction of directions) {
        const figure = tasks[direction] && measured.get(tasks[direction]);
        if (figure !== undefined) times[direction] = figure[statistic];
      }
      return { name, kind, times };
    }),
  };
}

function printReport(
  results: readonly CaseResult[],
  entries: readonly Entry[],
  figures: readonly Figure[],
  { best }: Options,
): void {
  const statistic = best ? "Best batch, in" : "Median";
  console.log(
    `${statistic} nanoseconds for one operation, ${messageCount} different messages each. ${machine()}`,
  );
  console.log(
    "x es, x best, x msgpackr: how many times as fast as protobuf-es, as the fastest protobuf library but concord, and as msgpackr with shared records.\n",
  );
  console.log(renderCodecTable(results, process.stdout.isTTY === true));
  console.log("\nEvery library gave the same bytes again for what it had decoded.");
  for (const { codecCase, notes } of entries) {
    for (const note of notes) console.log(`Left out of ${codecCase.name}: ${note}.`);
  }
  console.log(`${disturbance(figures)}\n`);
  console.log(summarize(results));
}

function disturbance(figures: readonly Figure[]): string {
  const sum = (of: "batches" | "rejected"): number =>
    figures.reduce((total, figure) => total + figure[of], 0);
  const share = Math.round((sum("rejected") / sum("batches")) * 100);
  const advice = share > 50 ? " The machine is busy; --best is less disturbed than medians." : "";
  return `${share} % of the batches were disturbed.${advice}`;
}

function toJson(medians: readonly CaseResult[], bests: readonly CaseResult[]): string {
  const judged = (results: readonly CaseResult[]): unknown =>
    results.map((result) => ({ ...result, verdicts: judge(result) }));
  const data = { machine: machine(), messages: messageCount, median: judged(medians) };
  return `${JSON.stringify({ ...data, best: judged(bests) }, undefined, 2)}\n`;
}

function machine(): string {
  return `Node ${process.version}, ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
}
