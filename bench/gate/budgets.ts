import { type Budget, budgetsOf, isMet } from "../budget-list.js";
import type { BudgetRow } from "../budgets.js";

/** A budget in `gates.json`: whether it is met, and so must stay met. */
export interface RecordedBudget extends Pick<Budget, "message" | "budget" | "max"> {
  readonly met: boolean;
}

/** How often a measured budget must be missed in succession before it counts as missed. */
export const budgetAttempts = 5;

/** A budget that is worse than its record. */
export interface BudgetFault {
  readonly budget: Pick<Budget, "message" | "budget">;
  /** True where another measurement may have another result. */
  readonly noisy: boolean;
  readonly reason: string;
}

/** The record of the budgets as they are now. */
export function recordOf(rows: readonly BudgetRow[]): RecordedBudget[] {
  return rows.flatMap(budgetsOf).map((budget) => {
    const { measured: _measured, ...known } = budget;
    return { ...known, met: isMet(budget) };
  });
}

/**
 * Measures the record anew. A budget of time or allocations is recorded as missed only if it is missed
 * {@link budgetAttempts} times in succession, so that noise makes no record worse.
 */
export async function measureRecord(
  measure: () => Promise<readonly BudgetRow[]>,
): Promise<RecordedBudget[]> {
  let record = recordOf(await measure());
  const isOpen = (budget: RecordedBudget): boolean => !budget.met && isNoisy(budget);
  for (let attempt = 1; attempt < budgetAttempts && record.some(isOpen); attempt++) {
    const met = new Set(
      recordOf(await measure())
        .filter((budget) => budget.met)
        .map(nameOf),
    );
    record = record.map((budget) =>
      isOpen(budget) && met.has(nameOf(budget)) ? { ...budget, met: true } : budget,
    );
  }
  return record;
}

/** What is worse than the record: budgets missed, changed, unknown or not measured. */
export function budgetFaults(
  rows: readonly BudgetRow[],
  record: readonly RecordedBudget[],
): BudgetFault[] {
  const now = new Map(rows.flatMap(budgetsOf).map((budget) => [nameOf(budget), budget]));
  const known = new Map(record.map((recorded) => [nameOf(recorded), recorded]));
  const fault = (budget: BudgetFault["budget"], reason: string, noisy = false): BudgetFault[] => [
    { budget, noisy, reason: `${nameOf(budget)}: ${reason}` },
  ];
  return [
    ...record.flatMap((recorded) => {
      const budget = now.get(nameOf(recorded));
      if (budget === undefined) return fault(recorded, "not measured");
      if (budget.max !== recorded.max) {
        return fault(recorded, `the budget is ${budget.max}, recorded is ${recorded.max}`);
      }
      if (!recorded.met || isMet(budget)) return [];
      return fault(recorded, missedBy(budget), isNoisy(budget));
    }),
    ...[...now.values()].flatMap((budget) =>
      known.has(nameOf(budget)) ? [] : fault(budget, "not in bench/gates.json"),
    ),
  ];
}

/**
 * The budgets that are worse than their record. A budget of time or allocations is measured again while it
 * is missed, up to {@link budgetAttempts} times in all: it counts only if it is missed each time.
 */
export async function judgeBudgets(
  rows: readonly BudgetRow[],
  record: readonly RecordedBudget[],
  measureAgain: () => Promise<readonly BudgetRow[]>,
): Promise<string[]> {
  let faults = budgetFaults(rows, record);
  for (let attempt = 1; attempt < budgetAttempts && faults.some(({ noisy }) => noisy); attempt++) {
    const again = budgetFaults(await measureAgain(), record);
    const repeated = new Map(again.map((fault) => [nameOf(fault.budget), fault]));
    faults = faults.flatMap((fault) =>
      fault.noisy ? (repeated.get(nameOf(fault.budget)) ?? []) : fault,
    );
  }
  return faults.map(({ reason }) => reason);
}

/** One line for each budget that differs from the record, in either direction. */
export function recordChanges(
  before: readonly RecordedBudget[],
  after: readonly RecordedBudget[],
): string[] {
  const describe = (record: RecordedBudget | undefined): string =>
    record === undefined ? "no budget" : `${record.met ? "met" : "missed"} (${record.max})`;
  const [old, fresh] = [before, after].map(
    (records) => new Map(records.map((record) => [nameOf(record), record])),
  );
  return [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])].flatMap((name) => {
    const [was, is] = [describe(old?.get(name)), describe(fresh?.get(name))];
    return was === is ? [] : [`${name}: ${was} before, ${is} now`];
  });
}

/** The sentences below the table: what is worse than the record, or how many budgets are still met. */
export function budgetVerdict(
  rows: readonly BudgetRow[],
  record: readonly RecordedBudget[],
  worse: readonly string[],
): string {
  const met = record.filter((recorded) => recorded.met).length;
  const missed = new Set(record.filter((recorded) => !recorded.met).map(nameOf));
  const better = recordOf(rows).filter((budget) => budget.met && missed.has(nameOf(budget)));
  return [
    worse.length === 0
      ? `All ${met} budgets that were met are still met; ${missed.size} are known to be missed.`
      : `Worse than recorded in bench/gates.json:\n${indented(worse)}`,
    ...(better.length === 0
      ? []
      : [
          `Met now and recorded as missed; pnpm bench:gate --record-budgets keeps them:\n${indented(better.map(nameOf))}`,
        ]),
  ].join("\n");
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}

function nameOf({ message, budget }: Pick<Budget, "message" | "budget">): string {
  return `${message}, ${budget}`;
}

function isNoisy({ budget }: Pick<Budget, "budget">): boolean {
  return budget === "encode" || budget === "check" || budget === "allocations";
}

function missedBy({ budget, measured, max }: Budget): string {
  if (budget === "allocations") return `${measured} objects, budget ${max}`;
  if (budget === "encode" || budget === "check") {
    return `${measured.toFixed(1)} µs, budget ${max} µs`;
  }
  return `${measured} bytes, budget ${max} bytes`;
}
