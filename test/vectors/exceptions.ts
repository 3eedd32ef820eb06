/** A vector whose outcome was changed on purpose. A string is an exact name. */
export interface Exception {
  /** The full name of the message type. */
  readonly type: string | RegExp;
  /** The name of the case, or `the type is gone`. */
  readonly case: string | RegExp;
  /** The line of CHANGELOG.md that describes the change. */
  readonly change: string;
}

/** All intended differences from the recorded release. */
export const exceptions: readonly Exception[] = [
  ...emptyActions([
    ["Event", "channel learning_decision: payload.available_actions = 0 items"],
    ["EventBatch", "seeded 9: events[0].payload.available_actions = 0 items"],
    ["LearningDecisionRequest", "seeded 4: available_actions = 0 items"],
    ["LearningDecisionRequest", "seeded 7: record 2 (field 3) removed"],
  ]),
];

function emptyActions(cases: readonly (readonly [string, string])[]): Exception[] {
  const change =
    "- JimBot's `LearningDecisionRequest` may have no `available_actions`: the mod sends it so in most phases. With `strict` it is refused.";
  return cases.map(([name, each]) => ({ type: `jimbot.events.v1.${name}`, case: each, change }));
}
