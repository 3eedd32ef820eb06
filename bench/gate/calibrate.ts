import type { RatioGate } from "./gates.js";

/**
 * Gates from the ratios of several runs of the same code. The margin of each is twice the largest
 * share by which a run fell below the median, and at least twice what half of the gates fell: few runs
 * can be lucky.
 */
export function toGates(
  names: ReadonlyMap<string, Pick<RatioGate, "case" | "operation" | "peer">>,
  runs: readonly ReadonlyMap<string, number>[],
): RatioGate[] {
  const measured = [...names].flatMap(([key, name]) => {
    const ratios = runs.flatMap((run) => run.get(key) ?? []);
    if (ratios.length < runs.length) return [];
    const ratio = medianOf(ratios);
    return [{ ...name, ratio, fall: 1 - Math.min(...ratios) / ratio }];
  });
  const usual = medianOf(measured.map(({ fall }) => fall));
  return measured.map(({ fall, ratio, ...name }) => ({
    ...name,
    ratio: Number(ratio.toFixed(3)),
    margin: Number((2 * Math.max(fall, usual)).toFixed(3)),
  }));
}

/** The middle one of some numbers; 0 of none. */
export function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;
}
