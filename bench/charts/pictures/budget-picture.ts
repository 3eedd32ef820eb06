import { type BudgetKind, budgetsOf, isMet } from "../../budget-list.js";
import type { BudgetRow } from "../../budgets.js";
import type { Cell, Column } from "../bar-grid.js";
import { formatShare } from "../format.js";
import type { Picture } from "./picture.js";

const shown: readonly BudgetKind[] = ["encode", "check", "size", "largest part", "allocations"];

/** How much of each budget the messages use. */
export function budgetPicture(budgets: readonly BudgetRow[]): Picture[] {
  if (budgets.length === 0) return [];
  const columns = shown.map((kind): Column => {
    const cells = budgets.map((row) => cellOf(row, kind));
    const max = Math.max(1, ...cells.map((cell) => cell?.value ?? 0));
    return { title: kind, cells, max, mark: 1, format: formatShare };
  });
  return [
    {
      name: "budgets",
      question: "Does it keep the documents' budgets?",
      grid: {
        title: "Use of the documents' budgets",
        explanation:
          "Each column has its own axis. A message over its size budget travels in parts, which fit.",
        keys: [
          { title: "within the budget", color: "good" },
          { title: "over the budget", color: "bad" },
          { title: "the budget", color: "mark" },
        ],
        blocks: [{ title: "", rows: budgets.map(({ name }) => ({ name })), columns }],
      },
    },
  ];
}

function cellOf(row: BudgetRow, kind: BudgetKind): Cell | undefined {
  const budget = budgetsOf(row).find((one) => one.budget === kind);
  if (budget === undefined) return undefined;
  const value = budget.measured / budget.max;
  return { value, label: formatShare(value), color: isMet(budget) ? "good" : "bad" };
}
