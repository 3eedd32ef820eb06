import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fieldBytes } from "../src/contract/budget.js";
import { readArguments } from "./arguments.js";
import { type Case, loadCases } from "./cases.js";
import { type Effort, forEach, measure, type Task } from "./measure.js";
import { showProgress } from "./progress.js";
import { explainSizes, judge, operations, type Row, renderTable } from "./report.js";
import { vary } from "./vary.js";

const usage = `usage: pnpm bench [--json FILE] [--quick] [--only TEXT]

  --json FILE  also writes the figures as JSON
  --quick      fewer rounds: for a first look, not for quoting
  --only TEXT  only messages whose system or name has TEXT in it`;

const thorough: Effort = { rounds: 21, batch: 5, warmUp: 40 };
const quick: Effort = { rounds: 7, batch: 3, warmUp: 40 };
const variants = 64;

/** Runs the benchmark; the exit code is 1 when a message is slower than its document allows. */
export function main(args: readonly string[], fixtures: URL): number {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const cases = loadCases(fixtures).filter(({ system, name }) =>
    `${system} ${name}`.toLowerCase().includes(options.only.toLowerCase()),
  );
  if (cases.length === 0) {
    console.error(`no message has "${options.only}" in its name\n\n${usage}`);
    return 2;
  }
  const tasks = cases.flatMap(tasksOf);
  const figures = measure(tasks, options.quick ? quick : thorough, showProgress);
  const rows = cases.map((entry, index) =>
    toRow(entry, figures.slice(index * operations.length, (index + 1) * operations.length)),
  );
  printReport(rows);
  if (options.json !== undefined) writeFileSync(options.json, toJson(rows));
  return rows.some((row) => judge(row).tooSlow) ? 1 : 0;
}

interface Options {
  readonly json: string | undefined;
  readonly quick: boolean;
  readonly only: string;
}

function readOptions(args: readonly string[]): Options | undefined {
  const values = readArguments(
    args,
    {
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
    },
    usage,
  );
  return values && { ...values, json: values.json };
}

function tasksOf({ contract, json }: Case): Task[] {
  const texts = Array.from({ length: variants }, (_, index) => JSON.stringify(vary(json, index)));
  const messages = texts.map((text) => contract.fromJsonText(text));
  const encoded = messages.map((message) => contract.codec.encode(message));
  return [
    forEach(messages, (message) => contract.codec.encode(message)),
    forEach(encoded, (bytes) => contract.codec.decode(bytes)),
    forEach(messages, (message) => contract.check(message)),
    forEach(texts, (text) => contract.fromJsonText(text)),
    forEach(messages, (message) => contract.toJsonText(message)),
  ];
}

function toRow(
  { system, name, contract, json }: Case,
  figures: readonly { readonly median: number }[],
): Row {
  const bytes = contract.codec.encode(contract.fromJson(json));
  const at = (index: number): number => figures[index]?.median ?? 0;
  const over = bytes.length > (contract.budget.maxBytes ?? Number.POSITIVE_INFINITY);
  return {
    system,
    name,
    typeName: contract.typeName,
    bytes: bytes.length,
    budget: contract.budget,
    nanoseconds: { encode: at(0), decode: at(1), check: at(2), jsonIn: at(3), jsonOut: at(4) },
    largest: over ? fieldBytes(contract.schema, bytes) : [],
  };
}

function printReport(rows: readonly Row[]): void {
  const [cpu] = cpus();
  const machine = `Node ${process.version}, ${cpu?.model.trim() ?? "unknown processor"}`;
  console.log(
    `Median nanoseconds for one operation, ${variants} distinct messages each. ${machine}`,
  );
  console.log(
    "encode, decode: the bare codec. check: all rules. JSON in: text to checked message. JSON out: checked message to text.\n",
  );
  console.log(renderTable(rows, process.stdout.isTTY === true));
  console.log("\nThe budget's time is encode and check together.");
  const sizes = explainSizes(rows);
  if (sizes !== "") console.log(`\nOver the size budget:\n${sizes}`);
  const slow = rows.filter((row) => judge(row).tooSlow);
  if (slow.length > 0) console.log(`\nToo slow: ${slow.map((row) => row.name).join("; ")}`);
}

function toJson(rows: readonly Row[]): string {
  const data = {
    node: process.version,
    processor: cpus()[0]?.model.trim(),
    variants,
    messages: rows.map((row) => ({ ...row, verdict: judge(row) })),
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}
