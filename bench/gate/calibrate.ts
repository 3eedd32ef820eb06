import type { RatioGate } from "./gates.js";

/**
 * Gates from the ratios of several runs of the same code. The margin of each is twice the share by
 * which the lower third of its runs fell below the median, and at least twice what half of the gates
 * fell. What is lower still does not count, because a ratio must be missed several times in succession.
 */
export function toGates(
  names: ReadonlyMap<string, Pick<RatioGate, "case" | "operation" | "peer">>,
  runs: readonly ReadonlyMap<string, number>[],
): RatioGate[] {
  const measured = [...names].flatMap(([key, name]) => {
    const ratios = runs.flatMap((run) => run.get(key) ?? []);
    if (ratios.length < runs.length) return [];
    const ratio = medianOf(ratios);
    const third = ratios.sort((one, other) => one - other)[Math.floor(ratios.length / 3)] ?? 0;
    return [{ ...name, ratio, fall: 1 - third / ratio }];
  });
  const usual = medianOf(measured.map(({ fall }) => fall));
  return measured.map(({ fall, ratio, ...name }) => ({
    ...name,
    ratio: Number(ratio.toFixed(3)),
    margin: Number((2 * Math.max(fall, usual)).toFixed(3)),
  }));
}

/** The middle one of some numbers; 0 of none. */
function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;
}
