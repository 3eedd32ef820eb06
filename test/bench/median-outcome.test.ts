import { describe, expect, it } from "vitest";
import { medianOutcome, type Outcome } from "../../bench/suite/run.js";
import { rowOf } from "./suite-figures.js";

function outcomeOf(ours: number, theirs: number): Outcome {
  return {
    rows: [
      rowOf("state-1", "encode", "concord", "ours", ours),
      rowOf("state-1", "encode", "pbf", "protobuf", theirs),
    ],
    leftOut: [],
    batches: 10,
    rejected: 2,
    kernelBest: ours,
  };
}

describe("the median of several processes", () => {
  it("is taken row by row", () => {
    const all = [outcomeOf(3, 90), outcomeOf(1, 70), outcomeOf(2, 80)];
    const { rows, batches, rejected, kernelBest } = medianOutcome(all);
    expect(rows.map(({ peer, ns }) => [peer, ns])).toEqual([
      ["concord", 2],
      ["pbf", 80],
    ]);
    expect({ batches, rejected, kernelBest }).toEqual({ batches: 30, rejected: 6, kernelBest: 1 });
  });
});
