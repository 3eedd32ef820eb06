import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fieldBytes } from "../src/contract/budget.js";
import { readArguments } from "./arguments.js";
import {
  type BudgetRow,
  budgetMarkdown,
  isTooSlow,
  measureBudgets,
  renderBudgets,
  type SizeCheck,
  verdictOf,
} from "./budgets.js";
import { type Case, loadCases } from "./cases.js";
import { type Effort, forEach, measure, type Task } from "./measure.js";
import { showProgress } from "./progress.js";
import { writeReadmeBlock } from "./readme.js";
import { explainSizes, operations, type Row, renderTable } from "./report.js";
import { vary } from "./vary.js";

const usage = `usage: pnpm bench [--json FILE] [--quick] [--readme] [--only TEXT]

  --json FILE  also writes the figures as JSON
  --readme     also writes the budget table of the README
  --quick      fewer rounds: for a first look, not for quoting
  --only TEXT  only messages whose system or name has TEXT in it`;

const thorough: Effort = { rounds: 21, batch: 5, warmUp: 40 };
const quick: Effort = { rounds: 7, batch: 3, warmUp: 40 };
const variants = 64;

/**
 * Runs the benchmark; the exit code is 1 when a message is slower than its document allows. `folder`
 * is that of the benchmark.
 */
export function main(args: readonly string[], folder: URL): number {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const cases = loadCases(new URL("fixtures/", folder)).filter(({ system, name }) =>
    `${system} ${name}`.toLowerCase().includes(options.only.toLowerCase()),
  );
  if (cases.length === 0) {
    console.error(`no message has "${options.only}" in its name\n\n${usage}`);
    return 2;
  }
  const effort = options.quick ? quick : thorough;
  const { rows: budgets, sizeCheck } = measureBudgets(cases, effort, showProgress);
  const figures = measure(cases.flatMap(tasksOf), effort, showProgress);
  const rows = cases.map((entry, index) =>
    toRow(entry, figures.slice(index * operations.length, (index + 1) * operations.length)),
  );
  printReport(rows, budgets, sizeCheck);
  if (options.json !== undefined) writeFileSync(options.json, toJson(rows, budgets));
  if (options.readme) {
    const content = `${budgetMarkdown(budgets)}\n\n${machine}. ${budgetWords}`;
    writeReadmeBlock(new URL("../README.md", folder), "budgets", content);
  }
  return budgets.some(isTooSlow) ? 1 : 0;
}

interface Options {
  readonly json: string | undefined;
  readonly quick: boolean;
  readonly readme: boolean;
  readonly only: string;
}

function readOptions(args: readonly string[]): Options | undefined {
  const values = readArguments(
    args,
    {
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      readme: { type: "boolean", default: false },
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

const [cpu] = cpus();
const machine = `Node ${process.version}, ${cpu?.model.trim() ?? "unknown processor"}`;

const budgetWords =
  "Bytes are exact, times medians of rules and codec together. Parts: the canonical bytes in carriers of at most the budget. Frames: the compact form, once its dictionary has been sent. Allocations: objects that the codec makes for one message; a number that is no small integer can be one of them.";

function printReport(
  rows: readonly Row[],
  budgets: readonly BudgetRow[],
  sizeCheck: SizeCheck | undefined,
): void {
  const color = process.stdout.isTTY === true;
  console.log(`${variants} distinct messages each. ${machine}\n`);
  if (budgets.length > 0) {
    console.log(`The budgets of the Leyline document. ${budgetWords}\n`);
    console.log(`${renderBudgets(budgets, color)}\n`);
  }
  if (sizeCheck !== undefined) {
    const { name, checked, unchecked } = sizeCheck;
    console.log(
      `The size check: encoding ${name} takes ${Math.round(checked)} ns with it, ${Math.round(unchecked)} ns without.\n`,
    );
  }
  console.log(
    "What every message costs, in nanoseconds for one operation, medians. encode, decode: the bare codec. check: all rules. JSON in: text to checked message. JSON out: checked message to text.\n",
  );
  console.log(renderTable(rows));
  const sizes = explainSizes(rows);
  if (sizes !== "") console.log(`\nOver the size budget:\n${sizes}`);
}

function toJson(rows: readonly Row[], budgets: readonly BudgetRow[]): string {
  const data = {
    node: process.version,
    processor: cpu?.model.trim(),
    variants,
    budgets: budgets.map((row) => ({ ...row, verdict: verdictOf(row) })),
    messages: rows,
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}
