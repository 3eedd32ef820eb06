import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.js";
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

const usage = `usage: node bench/run.mjs codec [--json FILE] [--quick] [--best] [--together] [--only TEXT]

Each message is measured in a process of its own, with all codecs in it.

  --json FILE  also writes the figures as JSON
  --quick      fewer rounds: for a first look, not for quoting
  --best       judges by the best batches instead of the medians: for a busy machine
  --together   all messages in one process: engines then know many kinds of message, and are slower
  --only TEXT  only messages whose name has TEXT in it`;

const thorough: Effort = {
  rounds: 21,
  batch: 6,
  warmUp: 150,
  steady: { slowness: 1.07, settling: 2, attempts: 42 },
};
const quickly: Effort = {
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
  const apart = cases.length > 1 && !options.together;
  const outcome = apart
    ? measureApart(cases, options)
    : await measureTogether(cases, options, generated);
  printReport(outcome, options);
  if (options.json !== undefined) writeFileSync(options.json, toJson(outcome));
  return 0;
}

/** What came out of measuring some cases. */
interface Outcome {
  readonly median: readonly CaseResult[];
  readonly best: readonly CaseResult[];
  /** Who was left out, and why. */
  readonly notes: readonly string[];
  readonly batches: number;
  readonly rejected: number;
}

/** Measures each case in a process of its own, where the engine knows only its kind of message. */
function measureApart(cases: readonly CodecCase[], { quick }: Options): Outcome {
  const script = process.argv[1];
  if (script === undefined) throw new Error("there is no script to run again");
  const folder = mkdtempSync(join(tmpdir(), "concord-bench-"));
  const file = join(folder, "figures.json");
  try {
    const outcomes = cases.map(({ name }, index): Outcome => {
      const more = quick ? ["--quick"] : [];
      const args = [script, "codec", "--only", name, "--json", file, ...more];
      showProgress(index / cases.length);
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`${name} was not measured: ${stderr}`);
      return JSON.parse(readFileSync(file, "utf8"));
    });
    showProgress(1);
    return {
      median: outcomes.flatMap(({ median }) => median),
      best: outcomes.flatMap(({ best }) => best),
      notes: outcomes.flatMap(({ notes }) => notes),
      batches: outcomes.reduce((sum, { batches }) => sum + batches, 0),
      rejected: outcomes.reduce((sum, { rejected }) => sum + rejected, 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureTogether(
  cases: readonly CodecCase[],
  { quick }: Options,
  generated: URL,
): Promise<Outcome> {
  const peers = await loadPeers(generated);
  const entries = cases.map((codecCase) => enter(codecCase, peers));
  const tasks = entries.flatMap(({ codecs }) =>
    codecs.flatMap(({ tasks }) => Object.values(tasks)),
  );
  const figures = measure(tasks, quick ? quickly : thorough, showProgress);
  const measured = new Map<Task, Figure>();
  for (const [index, figure] of figures.entries()) {
    const task = tasks[index];
    if (task !== undefined) measured.set(task, figure);
  }
  const sum = (of: "batches" | "rejected"): number =>
    figures.reduce((total, figure) => total + figure[of], 0);
  return {
    median: entries.map((entry) => toResult(entry, measured, "median")),
    best: entries.map((entry) => toResult(entry, measured, "best")),
    notes: entries.flatMap(({ codecCase, notes }) =>
      notes.map((note) => `Left out of ${codecCase.name}: ${note}.`),
    ),
    batches: sum("batches"),
    rejected: sum("rejected"),
  };
}

interface Options {
  readonly json: string | undefined;
  readonly quick: boolean;
  readonly best: boolean;
  readonly together: boolean;
  readonly only: string;
}

function readOptions(args: readonly string[]): Options | undefined {
  const values = readArguments(
    args,
    {
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      best: { type: "boolean", default: false },
      together: { type: "boolean", default: false },
      only: { type: "string", default: "" },
    },
    usage,
  );
  return values && { ...values, json: values.json };
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

function printReport(outcome: Outcome, { best }: Options): void {
  const statistic = best ? "Best batch, in" : "Median";
  const results = best ? outcome.best : outcome.median;
  console.log(
    `${statistic} nanoseconds for one operation, ${messageCount} different messages each. ${machine()}`,
  );
  console.log(
    "x es, x best, x msgpackr: how many times as fast as protobuf-es, as the fastest protobuf library but concord, and as msgpackr with shared records.\n",
  );
  console.log(renderCodecTable(results, process.stdout.isTTY === true));
  console.log("\nEvery library gave the same bytes again for what it had decoded.");
  for (const note of outcome.notes) console.log(note);
  console.log(`${disturbance(outcome)}\n`);
  console.log(summarize(results));
}

function disturbance({ batches, rejected }: Outcome): string {
  const share = Math.round((rejected / batches) * 100);
  const advice = share > 50 ? " The machine is busy; --best is less disturbed than medians." : "";
  return `${share} % of the batches were disturbed.${advice}`;
}

function toJson({ median, best, ...rest }: Outcome): string {
  const judged = (results: readonly CaseResult[]): unknown =>
    results.map((result) => ({ ...result, verdicts: judge(result) }));
  const figures = { median: judged(median), best: judged(best) };
  const data = { machine: machine(), messages: messageCount, ...rest, ...figures };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

function machine(): string {
  return `Node ${process.version}, ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
}
