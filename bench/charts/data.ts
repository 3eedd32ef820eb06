import type { BudgetRow } from "../budgets.js";
import type { Figures } from "../suite/figures.js";
import type { WeightFigures } from "../weight/figures.js";
import type { CaseFields } from "./fields.js";

/** All that the report is drawn from: the content of its `figures.json`. */
export interface ReportData {
  readonly suite: Figures;
  readonly budgets: readonly JudgedBudget[];
  readonly weight: WeightFigures;
  /** The ids of the cases that stand for all. */
  readonly headline: readonly string[];
  /** Where the bytes of some messages go. */
  readonly fields: readonly CaseFields[];
}

/** A message beside its document's numbers, and what is to be said of it. */
export type JudgedBudget = BudgetRow & { readonly verdict: string };
