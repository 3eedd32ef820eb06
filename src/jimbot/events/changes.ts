import type { Report } from "../../contract/model/definition.js";

/** A field that is the difference of two others, by the names in JSON. */
export interface Change {
  readonly field: string;
  readonly after: string;
  readonly before: string;
}

/** Limits a difference to the range of its field. */
export interface ChangeRange {
  readonly min: number;
  readonly max: number;
}

export const int32Range: ChangeRange = { min: -(2 ** 31), max: 2 ** 31 - 1 };
export const doubleRange: ChangeRange = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };

export const moneyChange: Change = {
  field: "difference",
  after: "new_value",
  before: "old_value",
};
export const scoreChange: Change = {
  field: "delta",
  after: "new_score",
  before: "previous_score",
};
export const multChange: Change = { field: "delta", after: "mult_after", before: "mult_before" };
export const chipsChange: Change = {
  field: "delta",
  after: "chips_after",
  before: "chips_before",
};
export const handChange: Change = {
  field: "total_delta",
  after: "final_score",
  before: "starting_score",
};

/** The difference of two values; one beyond the field's range is the nearest number in range. */
export function changeOf(before: number, after: number, { min, max }: ChangeRange): number {
  return Math.min(Math.max(after - before, min), max);
}

/**
 * Whether a change is the difference of two values, within rounding: the mod writes 14 digits of each
 * number.
 */
export function isChange(change: number, before: number, after: number): boolean {
  const scale = Math.max(Math.abs(before), Math.abs(after), Math.abs(change));
  return Math.abs(changeOf(before, after, doubleRange) - change) <= scale * 1e-12;
}

/** Reports a change that is not the difference of its values. */
export function reportChange(report: Report, change: Change): void {
  report([change.field], "rule", changeText(change));
}

/** Says what a change must be. */
export function changeText({ after, before }: Change): string {
  return `must be ${after} minus ${before}`;
}
