import type { Exception } from "./exception.js";

/** JimBot. */
export const jimbot: readonly Exception[] = [
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
