import { describe, expect, it } from "vitest";
import { goalLines, judgeGoals } from "../../bench/suite/goals.js";
import { figuresOf, rowOf } from "./suite-figures.js";

const figures = figuresOf([
  rowOf("state-1", "encode", "concord", "ours", 1300, "own"),
  rowOf("state-1", "encode", "concord, shared memory", "variant", 1000, "own"),
  rowOf("state-1", "encode", "protobuf-es", "protobuf", 6000, "own"),
  rowOf("state-1", "encode", "protobufjs", "protobuf", 2700, "own"),
  rowOf("state-10", "check", "concord", "ours", 900, "own"),
  rowOf("state-10", "decode", "protobufjs", "protobuf", 1700, "own"),
  rowOf("state-10", "check", "protobuf-es", "protobuf", 1, "shared"),
]);

describe("the goals", () => {
  it("are held against arrays that share memory, and against the fastest library", () => {
    const verdicts = judgeGoals(figures).map(({ goal, times, ok }) => [goal.peer, times, ok]);
    expect(verdicts).toEqual([
      ["protobuf-es", 6, true],
      ["fastest protobuf", 2.7, false],
      ["protobufjs", 1700 / 900, false],
    ]);
  });

  it("are listed if they are not reached", () => {
    expect(goalLines(judgeGoals(figures))).toEqual([
      "1 of 3 goals reached.",
      "state-1, encode: 2.70 x as fast as fastest protobuf, goal 2.80",
      "state-10, check: 1.89 x as fast as protobufjs decode, goal 2.00",
    ]);
  });
});
