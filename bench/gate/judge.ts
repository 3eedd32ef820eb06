import type { FigureRow, Subject } from "../suite/figures.js";
import { ours } from "../suite/standing.js";
import { type Gates, gateName, minRatio, type RatioGate } from "./gates.js";

/** A ratio that is lower than its gate allows. */
export interface Failure {
  readonly gate: RatioGate;
  /** The smallest ratio that passes. */
  readonly min: number;
  /** What was measured. Undefined: nothing. */
  readonly ratio: number | undefined;
}

/**
 * Each library's time divided by ours, by {@link gateName}. The best batches are compared, because noise only
 * ever makes a batch slower.
 */
export function ratiosOf(rows: readonly FigureRow[]): Map<string, number> {
  const mine = new Map<string, number>();
  for (const row of rows) {
    if (row.peer === ours) mine.set(`${row.case} ${row.operation}`, row.min_ns);
  }
  const ratios = new Map<string, number>();
  for (const row of rows) {
    const own = mine.get(`${row.case} ${row.operation}`);
    const isRival = row.kind !== "ours" && row.kind !== "variant" && row.kind !== "limit";
    if (own !== undefined && isRival) ratios.set(gateName(row), row.min_ns / own);
  }
  return ratios;
}

/** The ratios that are too low or were not measured. */
export function judgeRatios(
  gates: readonly RatioGate[],
  ratios: ReadonlyMap<string, number>,
  allowance: number,
): Failure[] {
  return gates.flatMap((gate): Failure[] => {
    const ratio = ratios.get(gateName(gate));
    const min = minRatio(gate, allowance);
    return ratio !== undefined && ratio >= min ? [] : [{ gate, min, ratio }];
  });
}

/** One line for each case whose messages have other sizes than recorded. */
export function judgeSizes(sizes: Gates["sizes"], subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ case: name, bytes }) => {
    const expected = sizes[name];
    if (expected === undefined) return [`${name} has no size in the gates`];
    if (expected[0] === bytes[0] && expected[1] === bytes[1]) return [];
    return [`${name} has ${bytes.join(" to ")} bytes, expected ${expected.join(" to ")}`];
  });
}

/** A failure as a sentence. */
export function describeFailure({ gate, min, ratio }: Failure): string {
  const measured = ratio === undefined ? "not measured" : `${ratio.toFixed(2)} x`;
  return `${gateName(gate)}: ${measured}, at least ${min.toFixed(2)} x needed, ${gate.ratio.toFixed(2)} x when it was set`;
}
