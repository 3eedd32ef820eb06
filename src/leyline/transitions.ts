import {
  SeedLifecycleStageSchema,
  SeedLifecycleStage as Stage,
} from "../../gen/esper/leyline/v1/state_pb.js";
import { ContractError, mismatch } from "../wire/error.js";
import { SeedState } from "./state.js";

const following = {
  [Stage.SEED_STAGE_UNKNOWN]: [Stage.SEED_STAGE_DORMANT],
  [Stage.SEED_STAGE_DORMANT]: [Stage.SEED_STAGE_GERMINATED, Stage.SEED_STAGE_TERMINATED],
  [Stage.SEED_STAGE_GERMINATED]: [Stage.SEED_STAGE_TRAINING, Stage.SEED_STAGE_CULLED],
  [Stage.SEED_STAGE_TRAINING]: [Stage.SEED_STAGE_BLENDING, Stage.SEED_STAGE_CULLED],
  [Stage.SEED_STAGE_BLENDING]: [Stage.SEED_STAGE_SHADOWING, Stage.SEED_STAGE_CULLED],
  [Stage.SEED_STAGE_SHADOWING]: [Stage.SEED_STAGE_PROBATIONARY, Stage.SEED_STAGE_CULLED],
  [Stage.SEED_STAGE_PROBATIONARY]: [Stage.SEED_STAGE_FOSSILIZED, Stage.SEED_STAGE_CULLED],
  [Stage.SEED_STAGE_FOSSILIZED]: [Stage.SEED_STAGE_TERMINATED],
  [Stage.SEED_STAGE_CULLED]: [Stage.SEED_STAGE_EMBARGOED],
  [Stage.SEED_STAGE_EMBARGOED]: [Stage.SEED_STAGE_RESETTING],
  [Stage.SEED_STAGE_RESETTING]: [Stage.SEED_STAGE_DORMANT],
  [Stage.SEED_STAGE_TERMINATED]: [],
} as const satisfies Record<Stage, readonly Stage[]>;

const byStage: ReadonlyMap<unknown, readonly Stage[]> = new Map(
  SeedLifecycleStageSchema.values.map(({ number }) => [number, stagesAfter(number)]),
);

function stagesAfter(from: Stage): readonly Stage[] {
  return Object.freeze(following[from]);
}

/**
 * The stages that a seed may go to from stage `from`; empty for a number without a name. Document: the
 * Leyline schema lists the stages, the lifecycle of its authors their order.
 */
export function nextStages(from: Stage): readonly Stage[] {
  return byStage.get(from) ?? [];
}

/**
 * Returns whether a seed may go from stage `from` directly to stage `to`. Staying in a stage is not a
 * transition, so the result is false for two equal stages, and for numbers without a name. Document: the
 * Leyline schema lists the stages, the lifecycle of its authors their order.
 */
export function canTransition(from: Stage, to: Stage): boolean {
  return nextStages(from).includes(to);
}

/**
 * Throws ContractError `transition` if a seed may not go from stage `from` directly to stage `to`.
 * Document: the lifecycle of the Leyline schema's authors, where an illegal transition raises an error.
 *
 *     assertTransition(SeedLifecycleStage.SEED_STAGE_CULLED, SeedLifecycleStage.SEED_STAGE_DORMANT);
 *     // cannot accept esper.leyline.v1.SeedState: stage: expected SEED_STAGE_EMBARGOED
 *     // after SEED_STAGE_CULLED, got "SEED_STAGE_DORMANT" [transition]
 */
export function assertTransition(from: Stage, to: Stage): void {
  if (canTransition(from, to)) return;
  const names = nextStages(from).map((stage) => Stage[stage]);
  const allowed = names.length === 0 ? "no stage" : names.join(" or ");
  const expected = `${allowed} after ${Stage[from] ?? String(from)}`;
  const issue = mismatch("stage", "transition", expected, Stage[to] ?? to);
  throw new ContractError("check", SeedState.typeName, issue);
}
