import { cpus } from "node:os";
import { fieldBytes } from "../src/contract/parts/budget.js";
import { readArguments } from "./arguments.js";
import { type Case, loadCases } from "./cases.js";
import { thoroughly } from "./effort.js";
import { forEach, measure, type Task } from "./measure.js";
import { explainSizes, operations, type Row, renderTable } from "./message-table.js";
import { showProgress } from "./progress.js";
import type { Places } from "./suite/processes.js";
import { vary } from "./vary.js";

const usage = `usage: pnpm bench:messages [--only TEXT]

  --only TEXT  only messages whose system or name has TEXT in it`;

const variants = 64;

/** Prints what every message of the documents costs. The exit code is 0, or 2 for wrong arguments. */
export function main(args: readonly string[], places: Places): number {
  const options = readArguments(args, { only: { type: "string", default: "" } }, usage);
  if (options === undefined) return 2;
  const cases = loadCases(new URL("fixtures/", places.bench)).filter(({ system, name }) =>
    `${system} ${name}`.toLowerCase().includes(options.only.toLowerCase()),
  );
  if (cases.length === 0) {
    console.error(`no message has "${options.only}" in its name\n\n${usage}`);
    return 2;
  }
  const figures = measure(cases.flatMap(tasksOf), thoroughly, showProgress);
  const rows = cases.map((entry, index) =>
    toRow(entry, figures.slice(index * operations.length, (index + 1) * operations.length)),
  );
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  console.log(
    `What every message costs, in nanoseconds for one operation, medians. encode, decode: the bare codec. check: all rules. JSON in: text to checked message. JSON out: checked message to text. ${variants} distinct messages each. Node ${process.version}, ${processor}\n`,
  );
  console.log(renderTable(rows));
  const sizes = explainSizes(rows);
  if (sizes !== "") console.log(`\nOver the size budget:\n${sizes}`);
  return 0;
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
