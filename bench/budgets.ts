import { styleText } from "node:util";
import type { AnyContract } from "../src/contract/contract.js";
import { createFrameWriter } from "../src/leyline/compact/frames.js";
import { PerformanceBudgets, SystemLimits, SystemStatePacket } from "../src/leyline/index.js";
import { countAllocations } from "./allocations.js";
import type { Case } from "./cases.js";
import { markdownTable } from "./markdown.js";
import { type Effort, forEach, measure, type Task } from "./measure.js";
import { alignColumns, ruleOf } from "./table.js";
import { vary } from "./vary.js";

/** One message beside every number that the documents give for it. */
export interface BudgetRow {
  readonly name: string;
  /** The canonical encoding, in bytes, and the most that the documents allow. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** The sizes of the parts in which it travels. */
  readonly parts: readonly number[];
  /** The sizes of its frames, without the dictionary that many packets share; none for other messages. */
  readonly frames: readonly number[];
  /** Rules and codec together, in microseconds, and the most that the documents allow. */
  readonly encodeMicros: number;
  readonly maxEncodeMicros: number | undefined;
  /** The rules alone, in microseconds. */
  readonly checkMicros: number;
  readonly maxCheckMicros: number;
  /** Writing its frames, rules included, in microseconds. */
  readonly frameMicros: number | undefined;
  /** Objects that the codec allocates for one message, and about how many the documents allow. */
  readonly allocations: number;
  readonly maxAllocations: number;
}

/** What the size check of `encode` costs. */
export interface SizeCheck {
  readonly name: string;
  /** Nanoseconds of `encode` with the check and without it. */
  readonly checked: number;
  readonly unchecked: number;
}

const variants = 64;

/** Measures every message of the Leyline document that has a budget. */
export function measureBudgets(
  cases: readonly Case[],
  effort: Effort,
  progress: (share: number) => void,
): { rows: BudgetRow[]; sizeCheck: SizeCheck | undefined } {
  const subjects = cases
    .filter(({ contract }) => contract.budget.maxBytes !== undefined)
    .map(subjectOf);
  const small = subjects.find(({ bytes, maxBytes }) => bytes <= maxBytes);
  const tasks = [
    ...subjects.flatMap(({ encode, check, frame }) => [encode, check, frame]),
    ...(small === undefined ? [] : [small.checkedEncode, small.encode]),
  ];
  const times = measure(tasks, effort, progress).map(({ median }) => median);
  const limits = SystemLimits.create();
  const performance = PerformanceBudgets.create();
  const rows = subjects.map((subject, index): BudgetRow => {
    const [encode = 0, check = 0, frame = 0] = times.slice(index * 3, index * 3 + 3);
    return {
      name: subject.name,
      bytes: subject.bytes,
      maxBytes: subject.maxBytes,
      parts: subject.parts,
      frames: subject.frames,
      encodeMicros: encode / 1000,
      maxEncodeMicros: subject.contract.budget.encodeMicros,
      checkMicros: check / 1000,
      maxCheckMicros: performance.messageValidationUs,
      frameMicros: subject.frames.length === 0 ? undefined : frame / 1000,
      allocations: subject.allocations,
      maxAllocations: limits.maxGcAllocationsPerMsg,
    };
  });
  const [checked = 0, unchecked = 0] = times.slice(subjects.length * 3);
  const sizeCheck = small && { name: small.name, checked, unchecked };
  return { rows, sizeCheck };
}

interface Subject {
  readonly name: string;
  readonly contract: AnyContract;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly parts: readonly number[];
  readonly frames: readonly number[];
  readonly allocations: number;
  readonly encode: Task;
  readonly checkedEncode: Task;
  readonly check: Task;
  readonly frame: Task;
}

function subjectOf({ name, contract, json }: Case): Subject {
  const messages = Array.from({ length: variants }, (_, index) =>
    contract.fromJson(vary(json, index)),
  );
  const original = contract.fromJson(json);
  const writer = createFrameWriter({ dictionaryEvery: Number.MAX_SAFE_INTEGER });
  const packets = SystemStatePacket.is(original) ? ofOneRun(original) : [];
  for (const packet of packets) writer.write(packet);
  // As a service holds them: the parser of JSON makes objects of all numbers, which nobody else does.
  const decoded = messages.map((message) => contract.codec.decode(contract.codec.encode(message)));
  const codecTask = forEach(decoded, (message) => contract.codec.encode(message));
  codecTask.repeat(20_000);
  return {
    name,
    contract,
    bytes: contract.codec.size(original),
    maxBytes: contract.budget.maxBytes ?? Number.POSITIVE_INFINITY,
    parts: sizesOf(contract.encodeParts(original)),
    frames: packets.slice(0, 1).flatMap((packet) => sizesOf(writer.write(packet))),
    allocations: countAllocations(codecTask).objects,
    encode: forEach(messages, (message) => contract.encode(message, { budget: false })),
    checkedEncode: forEach(messages, (message) => contract.encode(message)),
    check: forEach(messages, (message) => contract.check(message)),
    frame: forEach(packets.length === 0 ? [undefined] : packets, (packet) =>
      packet === undefined ? undefined : writer.write(packet),
    ),
  };
}

function sizesOf(arrays: readonly Uint8Array[]): number[] {
  return arrays.map(({ length }) => length);
}

/** Packets of one run: the names stay, the numbers change. */
function ofOneRun(packet: SystemStatePacket): SystemStatePacket[] {
  return Array.from({ length: variants }, (_, index) => {
    const next = SystemStatePacket.clone(packet);
    next.packetId = `${index.toString(16).padStart(8, "0")}${packet.packetId.slice(8)}`;
    next.globalStep += BigInt(index);
    next.trainingLoss = Math.fround(packet.trainingLoss * (1 + index / 100));
    for (const seed of next.seedStates) {
      seed.gradientNorm = Math.fround(seed.gradientNorm * (1 + index / 100));
    }
    return next;
  });
}

/** True when encoding takes longer than its document allows. */
export function isTooSlow(row: BudgetRow): boolean {
  return row.encodeMicros > (row.maxEncodeMicros ?? Number.POSITIVE_INFINITY);
}

/** What a row says of its budgets. */
export function verdictOf(row: BudgetRow): string {
  const faults = isTooSlow(row) ? ["TOO SLOW"] : [];
  if (row.checkMicros > row.maxCheckMicros) faults.push("check over its share");
  if (row.bytes > row.maxBytes) faults.push(`TOO LARGE: ${waysOut(row)}`);
  if (row.allocations > row.maxAllocations + 0.5) faults.push(`${row.allocations} allocations`);
  return faults.length === 0 ? "ok" : faults.join(", ");
}

function waysOut({ parts, frames }: BudgetRow): string {
  const inParts = `${parts.length} parts`;
  if (frames.length === 0) return inParts;
  return `${inParts}, or ${frames.length === 1 ? "1 frame" : `${frames.length} frames`}`;
}

const head = [
  "message",
  "bytes",
  "in parts",
  "in frames",
  "encode µs",
  "check µs",
  "frame µs",
  "allocations",
  "verdict",
];

/** The cells of the table. */
export function budgetCells(rows: readonly BudgetRow[]): string[][] {
  return [
    head,
    ...rows.map((row) => [
      row.name,
      of(count(row.bytes), count(row.maxBytes)),
      sizes(row.parts),
      sizes(row.frames),
      of(row.encodeMicros.toFixed(1), row.maxEncodeMicros?.toString()),
      of(row.checkMicros.toFixed(1), row.maxCheckMicros.toString()),
      row.frameMicros?.toFixed(1) ?? "-",
      of(row.allocations.toString(), row.maxAllocations.toString()),
      verdictOf(row),
    ]),
  ];
}

function of(measured: string, allowed: string | undefined): string {
  return allowed === undefined ? measured : `${measured} of ${allowed}`;
}

/** How many arrays, and the size of the largest. */
function sizes(bytes: readonly number[]): string {
  if (bytes.length === 0) return "-";
  const largest = count(Math.max(...bytes));
  return bytes.length === 1 ? largest : `${bytes.length} of up to ${largest}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** What the table's words mean. */
export const budgetWords =
  "Bytes are exact, times medians of rules and codec together. Parts: the canonical bytes in carriers of at most the budget. Frames: the compact form, once its dictionary has been sent. Allocations: objects that the codec makes for one message; a float in a map is one, because the engine makes it when it is read.";

/** The table as text. `color` marks what is over a budget. */
export function renderBudgets(rows: readonly BudgetRow[], color: boolean): string {
  const cells = budgetCells(rows);
  const [first = "", ...body] = alignColumns(cells, { endsWithWords: true });
  const lines = body.map((line) =>
    color && !line.endsWith("  ok") ? styleText("yellow", line) : line,
  );
  return [first, ruleOf(cells), ...lines].join("\n");
}

/** The table as Markdown. */
export function budgetMarkdown(rows: readonly BudgetRow[]): string {
  return markdownTable(budgetCells(rows));
}
