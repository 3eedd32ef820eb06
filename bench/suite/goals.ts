import type { Figures } from "./figures.js";
import { type Operation, operationTitles } from "./operations.js";
import { ours, Standing } from "./standing.js";

/** How fast ours is meant to be. */
interface Goal {
  readonly case: string;
  readonly operation: Operation;
  /** The other library; `fastest protobuf`: whichever is, in this case and operation. */
  readonly peer: string;
  /** What the other library does, when it is another operation. */
  readonly than?: Operation;
  /** How many times as long as ours it should take, at least. */
  readonly times: number;
}

/** A goal and how far it is reached. */
export interface GoalVerdict {
  readonly goal: Goal;
  readonly times: number;
  readonly ok: boolean;
}

const fastest = "fastest protobuf";
const variant = "concord, shared memory";

/** For each case: beside protobuf-es and the fastest protobuf library, encoding and decoding. */
const codecGoals: readonly (readonly [
  string,
  readonly [number, number],
  readonly [number, number],
])[] = [
  ["state-10", [6, 4], [5.5, 3.2]],
  ["state-10-varied", [4, 2.5], [3, 1.8]],
  ["state-1", [6, 2.8], [5, 2.2]],
  ["envelope", [4, 2.2], [3.3, 1.25]],
  ["route-request", [3.5, 2], [3, 1.5]],
  ["exec-result", [3.5, 2], [3, 1.5]],
  ["game-state", [3.5, 2], [3, 1.5]],
  ["pitboss", [3.5, 2], [3, 1.5]],
  ["exchange-10", [3.5, 2], [3, 1.5]],
  ["exchange-1000", [3.5, 2], [3, 1.5]],
];

/** Msgpackr with records has no field numbers and no types to check: being as fast is the goal. */
const recordCases = ["state-10", "state-10-varied", "state-1", "envelope"];
const jsonCases = ["state-10", "route-request", "game-state", "pitboss", "exchange-10"];

const goals: readonly Goal[] = [
  ...codecGoals.flatMap(([name, encode, decode]): Goal[] => [
    { case: name, operation: "encode", peer: "protobuf-es", times: encode[0] },
    { case: name, operation: "encode", peer: fastest, times: encode[1] },
    { case: name, operation: "decode", peer: "protobuf-es", times: decode[0] },
    { case: name, operation: "decode", peer: fastest, times: decode[1] },
  ]),
  ...recordCases.flatMap((name): Goal[] => [
    { case: name, operation: "encode", peer: "msgpackr records", times: 1 },
    { case: name, operation: "decode", peer: "msgpackr records", times: 1 },
  ]),
  ...jsonCases.flatMap((name): Goal[] => [
    { case: name, operation: "jsonIn", peer: "JSON", times: 1 / 2 },
    { case: name, operation: "jsonIn", peer: "protobuf-es", times: 2.5 },
    { case: name, operation: "jsonOut", peer: "JSON", times: 1 / 1.5 },
  ]),
  { case: "state-10", operation: "check", peer: "protobufjs", than: "decode", times: 2 },
  { case: "state-10", operation: "validatedEncode", peer: "protobufjs", than: "encode", times: 1 },
];

/**
 * Compares the figures of processes of their own with the goals. The bare codec
 * counts with arrays that share memory, as those of most other libraries always do.
 */
export function judgeGoals(figures: Figures): GoalVerdict[] {
  const standing = new Standing(figures, "own");
  return goals.flatMap((goal) => {
    const { case: name, operation, peer, than = operation } = goal;
    const mine = standing.find(name, operation, variant) ?? standing.find(name, operation, ours);
    const times = figures.cases
      .filter(
        (row) =>
          row.process === "own" &&
          row.case === name &&
          row.operation === than &&
          (peer === fastest ? row.kind === "protobuf" : row.peer === peer),
      )
      .map(({ ns }) => ns);
    if (mine === undefined || times.length === 0) return [];
    const reached = Math.min(...times) / mine.ns;
    return [{ goal, times: reached, ok: reached >= goal.times }];
  });
}

/** How many goals are reached, and each that is not. */
export function goalLines(verdicts: readonly GoalVerdict[]): string[] {
  const short = verdicts.filter(({ ok }) => !ok);
  return [
    `${verdicts.length - short.length} of ${verdicts.length} goals reached.`,
    ...short.map(({ goal, times }) => {
      const than = goal.than === undefined ? "" : ` ${operationTitles[goal.than]}`;
      return `${goal.case}, ${operationTitles[goal.operation]}: ${times.toFixed(2)} x as fast as ${goal.peer}${than}, goal ${goal.times.toFixed(2)}`;
    }),
  ];
}
