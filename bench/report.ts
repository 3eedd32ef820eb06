import { styleText } from "node:util";
import type { FieldBytes, MessageBudget } from "../src/contract/budget.js";

/** The measured operations, in the order of the table's columns. */
export const operations = ["encode", "decode", "check", "jsonIn", "jsonOut"] as const;
export type OperationName = (typeof operations)[number];

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

/** What a row says of its budget. */
export interface Verdict {
  readonly text: string;
  /** True when the median time to encode is over the document's microseconds. */
  readonly tooSlow: boolean;
  readonly tooLarge: boolean;
}

/** Holds a row against its budget. The time is that of encoding with all rules checked. */
export function judge({ bytes, budget, nanoseconds }: Row): Verdict {
  const { maxBytes, encodeMicros } = budget;
  const tooLarge = maxBytes !== undefined && bytes > maxBytes;
  const checked = nanoseconds.encode + nanoseconds.check;
  const tooSlow = encodeMicros !== undefined && checked > encodeMicros * 1000;
  const parts = [
    maxBytes === undefined
      ? ""
      : `${tooLarge ? "OVER" : "ok"} ${count(bytes)}/${count(maxBytes)} B`,
    encodeMicros === undefined
      ? ""
      : `${tooSlow ? "OVER" : "ok"} ${(checked / 1000).toFixed(1)}/${encodeMicros} µs`,
  ];
  return { text: parts.filter((part) => part !== "").join(", ") || "-", tooSlow, tooLarge };
}

const head = ["message", "bytes", "encode", "decode", "check", "JSON in", "JSON out", "budget"];

/** The table as text. `color` marks what is over budget. */
export function renderTable(rows: readonly Row[], color: boolean): string {
  const cells = rows.map((row) => [
    `${row.system}  ${row.name}`,
    count(row.bytes),
    ...operations.map((operation) => count(Math.round(row.nanoseconds[operation]))),
    judge(row).text,
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, column) =>
        column === 0 || column === head.length - 1
          ? part.padEnd(widths[column] ?? 0)
          : part.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const body = cells.map((parts, index) => {
    const row = rows[index];
    const over = row !== undefined && (judge(row).tooLarge || judge(row).tooSlow);
    return color && over ? styleText("yellow", line(parts)) : line(parts);
  });
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...body].join("\n");
}

/** One paragraph for each message that is larger than its budget. */
export function explainSizes(rows: readonly Row[]): string {
  return rows
    .filter((row) => judge(row).tooLarge)
    .map((row) => {
      const fields = row.largest.map(({ field, bytes }) => `${field} ${bytes}`).join(", ");
      return `${row.name} has ${count(row.bytes)} bytes where its budget is ${count(row.budget.maxBytes ?? 0)}: ${fields}.`;
    })
    .join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
