import { SeedLifecycleStage as Stage } from "../../gen/esper/leyline/v1/state_pb.js";

const following: ReadonlyMap<Stage, readonly Stage[]> = new Map([
  [Stage.SEED_STAGE_UNKNOWN, [Stage.SEED_STAGE_DORMANT]],
  [Stage.SEED_STAGE_DORMANT, [Stage.SEED_STAGE_GERMINATED, Stage.SEED_STAGE_TERMINATED]],
  [Stage.SEED_STAGE_GERMINATED, [Stage.SEED_STAGE_TRAINING, Stage.SEED_STAGE_CULLED]],
  [Stage.SEED_STAGE_TRAINING, [Stage.SEED_STAGE_BLENDING, Stage.SEED_STAGE_CULLED]],
  [Stage.SEED_STAGE_BLENDING, [Stage.SEED_STAGE_SHADOWING, Stage.SEED_STAGE_CULLED]],
  [Stage.SEED_STAGE_SHADOWING, [Stage.SEED_STAGE_PROBATIONARY, Stage.SEED_STAGE_CULLED]],
  [Stage.SEED_STAGE_PROBATIONARY, [Stage.SEED_STAGE_FOSSILIZED, Stage.SEED_STAGE_CULLED]],
  [Stage.SEED_STAGE_FOSSILIZED, [Stage.SEED_STAGE_TERMINATED]],
  [Stage.SEED_STAGE_CULLED, [Stage.SEED_STAGE_EMBARGOED]],
  [Stage.SEED_STAGE_EMBARGOED, [Stage.SEED_STAGE_RESETTING]],
  [Stage.SEED_STAGE_RESETTING, [Stage.SEED_STAGE_DORMANT]],
  [Stage.SEED_STAGE_TERMINATED, []],
]);

/**
 * Whether a seed may go from stage `from` straight to stage `to`. A seed that stays in its stage makes
 * no transition, so two equal stages give false; so do numbers that name no stage. Document: the
 * Leyline schema has the stages, the lifecycle of its authors the order.
 */
export function canTransition(from: Stage, to: Stage): boolean {
  return following.get(from)?.includes(to) ?? false;
}
