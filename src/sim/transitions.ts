import { SimulationState } from "../../gen/sim/v1/status_pb.js";
import { ContractError } from "../wire/error.js";
import { preview } from "../wire/preview.js";
import { SimulationStatus } from "./status.js";

/** The states that a run can be in. */
export type RunState = Exclude<SimulationState, SimulationState.UNSPECIFIED>;

const table = {
  [SimulationState.PENDING]: [SimulationState.INITIALIZING, SimulationState.FAILED],
  [SimulationState.INITIALIZING]: [SimulationState.RUNNING, SimulationState.FAILED],
  [SimulationState.RUNNING]: [
    SimulationState.PAUSED,
    SimulationState.COMPLETED,
    SimulationState.FAILED,
  ],
  [SimulationState.PAUSED]: [
    SimulationState.RUNNING,
    SimulationState.COMPLETED,
    SimulationState.FAILED,
  ],
  [SimulationState.COMPLETED]: [],
  [SimulationState.FAILED]: [],
} as const satisfies Readonly<Record<RunState, readonly RunState[]>>;

/** By number, because a message may hold a number without a name. */
const following: ReadonlyMap<number, readonly RunState[]> = new Map(
  Object.entries(table).map(([state, next]) => [Number(state), next]),
);

/** Whether a number is a state that a run can be in. */
export function isRunState(state: SimulationState): state is RunState {
  return following.has(state);
}

/**
 * Whether a status with state `to` may follow one with state `from` in one run. The same state again
 * reports progress and may always follow, even if it is final; the unspecified state never can.
 * Document: the sim proposal names the states; the transitions are Concord's choice.
 */
export function canTransition(from: SimulationState, to: SimulationState): boolean {
  const next: readonly SimulationState[] | undefined = following.get(from);
  return next !== undefined && (from === to || next.includes(to));
}

/** Whether no other state can follow: the run is completed or failed. */
export function isFinalState(state: SimulationState): boolean {
  return following.get(state)?.length === 0;
}

/**
 * Throws ContractError `transition` if {@link canTransition} returns false. For senders, before they report a
 * state.
 *
 *     assertTransition(SimulationState.PENDING, SimulationState.INITIALIZING);
 */
export function assertTransition(from: SimulationState, to: SimulationState): void {
  if (canTransition(from, to)) return;
  const next = following.get(from) ?? [];
  const expected = next.length === 0 ? "no other state" : next.map(nameOf).join(" or ");
  const message = `expected ${expected} after ${nameOf(from)}, got ${nameOf(to)}`;
  const issue = { path: "status", rule: "transition", message } as const;
  throw new ContractError("check", SimulationStatus.typeName, issue);
}

/** The name of a state in wire JSON. */
function nameOf(state: SimulationState): string {
  const name: unknown = typeof state === "number" ? SimulationState[state] : undefined;
  return typeof name === "string" ? name.toLowerCase() : preview(state);
}

/**
 * The states between two states on the shortest path, without the two themselves; undefined if there is no
 * path.
 */
export function statesBetween(
  from: SimulationState,
  to: SimulationState,
): readonly RunState[] | undefined {
  const paths: { end: SimulationState; through: readonly RunState[] }[] = [
    { end: from, through: [] },
  ];
  const seen = new Set<SimulationState>([from]);
  for (const { end, through } of paths) {
    for (const next of following.get(end) ?? []) {
      if (next === to) return through;
      if (!seen.has(next)) paths.push({ end: next, through: [...through, next] });
      seen.add(next);
    }
  }
  return undefined;
}
