import type { BudgetRow } from "../budgets.js";
import type { Figures } from "../suite/figures.js";
import type { WeightFigures } from "../weight/figures.js";

/** All figures of the report: the content of its `figures.json`. */
export interface ReportData {
  readonly suite: Figures;
  readonly budgets: readonly BudgetRow[];
  readonly weight: WeightFigures;
  /** The ids of the headline cases, which the pictures show. */
  readonly headline: readonly string[];
  /** The bytes of each field of some messages. */
  readonly fields: readonly CaseFields[];
}

/** The bytes of each field in the first message of a case. */
export interface CaseFields {
  readonly case: string;
  readonly title: string;
  readonly bytes: number;
  /** The fields, nested ones too, largest first. Together they are all bytes of the message. */
  readonly fields: readonly FieldShare[];
}

/** The bytes of one field, summed over all its places in the message. */
export interface FieldShare {
  /** Field names joined by dots, without list indices and map keys. */
  readonly path: string;
  readonly values: number;
  /** Bytes of map keys. */
  readonly keys: number;
  /** Bytes of tags and lengths. */
  readonly framing: number;
}

/** All bytes of a field. */
export function totalOf({ values, keys, framing }: FieldShare): number {
  return values + keys + framing;
}
