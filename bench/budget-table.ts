import { styleText } from "node:util";
import { verdictOf } from "./budget-list.js";
import type { BudgetRow } from "./budgets.js";
import { markdownTable } from "./markdown.js";
import { alignColumns, ruleOf } from "./table.js";

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

/** What the columns of the table mean. */
export const budgetLegend =
  "Bytes are exact; times are medians. Encode: rules and codec together. In parts: the canonical bytes cut into parts that fit the budget. In frames: the compact form, after its dictionary was sent. Allocations: objects that the codec makes for one message; each float in a map is one, because the engine boxes it when it is read.";

function budgetCells(rows: readonly BudgetRow[]): string[][] {
  return [
    head,
    ...rows.map((row) => [
      row.name,
      withMax(count(row.bytes), count(row.maxBytes)),
      sizes(row.parts),
      sizes(row.frames),
      withMax(row.encodeMicros.toFixed(1), row.maxEncodeMicros?.toString()),
      withMax(row.checkMicros.toFixed(1), row.maxCheckMicros.toString()),
      row.frameMicros?.toFixed(1) ?? "-",
      withMax(row.allocations.toString(), row.maxAllocations.toString()),
      verdictOf(row),
    ]),
  ];
}

function withMax(measured: string, max: string | undefined): string {
  return max === undefined ? measured : `${measured} of ${max}`;
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

/** The table as text. `color` marks the messages that miss a budget. */
export function renderBudgets(rows: readonly BudgetRow[], color: boolean): string {
  const cells = budgetCells(rows);
  const [first = "", ...body] = alignColumns(cells, { lastColumnLeft: true });
  const lines = body.map((line) =>
    color && !line.endsWith("  met") ? styleText("yellow", line) : line,
  );
  return [first, ruleOf(cells), ...lines].join("\n");
}

/** The table as Markdown. */
export function budgetMarkdown(rows: readonly BudgetRow[]): string {
  return markdownTable(budgetCells(rows));
}
