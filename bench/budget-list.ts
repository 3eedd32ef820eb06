import type { BudgetRow } from "./budgets.js";

/** What a budget limits. The sizes are exact; the others are measured, so noise can touch them. */
export const budgetKinds = [
  "size",
  "largest part",
  "largest frame",
  "encode",
  "check",
  "allocations",
] as const;
export type BudgetKind = (typeof budgetKinds)[number];

/** One number that a document allows, and what was measured. */
export interface Budget {
  readonly message: string;
  readonly budget: BudgetKind;
  readonly measured: number;
  readonly max: number;
}

/** All budgets of a message. */
export function budgetsOf(row: BudgetRow): Budget[] {
  const largest = (sizes: readonly number[]): number | undefined =>
    sizes.length === 0 ? undefined : Math.max(...sizes);
  const numbers: Readonly<Record<BudgetKind, readonly (number | undefined)[]>> = {
    size: [row.bytes, row.maxBytes],
    "largest part": [largest(row.parts), row.maxBytes],
    "largest frame": [largest(row.frames), row.maxBytes],
    encode: [row.encodeMicros, row.maxEncodeMicros],
    check: [row.checkMicros, row.maxCheckMicros],
    allocations: [row.allocations, row.maxAllocations],
  };
  return budgetKinds.flatMap((budget) => {
    const [measured, max] = numbers[budget];
    if (measured === undefined || max === undefined) return [];
    return [{ message: row.name, budget, measured, max }];
  });
}

export function isMet({ measured, max }: Budget): boolean {
  return measured <= max;
}

/** How far a message is over its budgets: `met`, or `missed: 339 bytes over (3 parts, or 1 frame)`. */
export function verdictOf(row: BudgetRow): string {
  const missed = budgetsOf(row).filter((budget) => !isMet(budget));
  if (missed.length === 0) return "met";
  return `missed: ${missed.map((budget) => excessOf(budget, row)).join(", ")}`;
}

function excessOf({ budget, measured, max }: Budget, row: BudgetRow): string {
  const over = measured - max;
  switch (budget) {
    case "size":
      return `${count(over)} bytes over (${splitOf(row)})`;
    case "largest part":
    case "largest frame":
      return `${budget} ${count(over)} bytes over`;
    case "encode":
    case "check":
      return `${budget} ${over.toFixed(1)} µs over`;
    case "allocations":
      return `${count(over)} ${over === 1 ? "allocation" : "allocations"} over`;
  }
}

/** In how many parts or frames the message can travel instead. */
function splitOf({ parts, frames }: BudgetRow): string {
  const inParts = `${parts.length} parts`;
  if (frames.length === 0) return inParts;
  return `${inParts}, or ${frames.length === 1 ? "1 frame" : `${frames.length} frames`}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
