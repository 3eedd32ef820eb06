import type { FieldBytes, MessageBudget } from "../src/contract/parts/budget.js";
import { alignColumns, ruleOf } from "./table.js";

/** The measured operations, in the order of the table's columns. */
export const operations = ["encode", "decode", "check", "jsonIn", "jsonOut"] as const;
type OperationName = (typeof operations)[number];

/** One row: a message and what it costs. Times are medians in nanoseconds. */
export interface Row {
  readonly system: string;
  readonly name: string;
  readonly typeName: string;
  readonly bytes: number;
  readonly budget: MessageBudget;
  readonly nanoseconds: Readonly<Record<OperationName, number>>;
  /** Where the bytes go, when they are more than the budget. */
  readonly largest: readonly FieldBytes[];
}

const head = ["message", "bytes", "encode", "decode", "check", "JSON in", "JSON out"];

/** The table as text. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    `${row.system}  ${row.name}`,
    count(row.bytes),
    ...operations.map((operation) => count(Math.round(row.nanoseconds[operation]))),
  ]);
  const lines = [head, ...cells];
  const [first = "", ...body] = alignColumns(lines);
  return [first, ruleOf(lines), ...body].join("\n");
}

/** One paragraph for each message that is larger than its budget. */
export function explainSizes(rows: readonly Row[]): string {
  return rows
    .filter(({ largest }) => largest.length > 0)
    .map(({ name, bytes, budget, largest }) => {
      const fields = largest.map((part) => `${part.field} ${part.bytes}`).join(", ");
      return `${name} has ${count(bytes)} bytes where its budget is ${count(budget.maxBytes ?? 0)}: ${fields}.`;
    })
    .join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
