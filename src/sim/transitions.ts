import { SimulationState } from "../../gen/sim/v1/status_pb.js";

const following: ReadonlyMap<SimulationState, readonly SimulationState[]> = new Map([
  [SimulationState.PENDING, [SimulationState.INITIALIZING, SimulationState.FAILED]],
  [SimulationState.INITIALIZING, [SimulationState.RUNNING, SimulationState.FAILED]],
  [
    SimulationState.RUNNING,
    [SimulationState.PAUSED, SimulationState.COMPLETED, SimulationState.FAILED],
  ],
  [
    SimulationState.PAUSED,
    [SimulationState.RUNNING, SimulationState.COMPLETED, SimulationState.FAILED],
  ],
  [SimulationState.COMPLETED, []],
  [SimulationState.FAILED, []],
]);

/**
 * Whether a status with state `to` may follow one with state `from` in one run. The same state again
 * reports progress and may always follow, also when it is final; the unspecified state has no place.
 * Document: the sim proposal names the states; the transitions are Concord's choice.
 */
export function canTransition(from: SimulationState, to: SimulationState): boolean {
  const next = following.get(from);
  return next !== undefined && (from === to || next.includes(to));
}
