import {
  SeedLifecycleGate as Gate,
  SeedLifecycleStage as Stage,
} from "../../gen/esper/leyline/v1/state_pb.js";
import { guarded } from "../contract/base/result.js";
import { SeedState } from "./state.js";
import { canTransition } from "./transitions.js";

/** The facts that each gate checks; the subsystem provides them. */
export interface SeedGateFacts {
  readonly [Gate.SEED_GATE_UNKNOWN]: Readonly<Record<never, never>>;
  readonly [Gate.SEED_GATE_G0_SANITY]: {
    readonly blueprintId: string;
    /** The parameters of the seed operation. */
    readonly parameters: Readonly<Record<string, number>>;
  };
  readonly [Gate.SEED_GATE_G1_GRADIENT_HEALTH]: {
    readonly kernelAttached: boolean;
    /** Number of times that the seed's gradients reached its host. */
    readonly isolationViolations: number;
  };
  readonly [Gate.SEED_GATE_G2_STABILITY]: {
    readonly latencyMs: number;
    readonly budgetMs: number;
  };
  readonly [Gate.SEED_GATE_G3_INTERFACE]: {
    readonly hostRegistered: boolean;
    readonly interfaceFits: boolean;
    /** Undefined if they are not known; an empty list passes. */
    readonly meshLayers: readonly string[] | undefined;
  };
  readonly [Gate.SEED_GATE_G4_SYSTEM_IMPACT]: {
    /** The subsystem's health status; only `nominal` and `healthy` pass. */
    readonly status: string;
    readonly isolationViolations: number;
    readonly fallbackKernel: boolean;
  };
  readonly [Gate.SEED_GATE_G5_RESET]: {
    /** Whether all state of the previous seed was removed. */
    readonly clean: boolean;
  };
}

/** A reason why a seed does not pass a gate. */
export type SeedGateFailure =
  | "unknown_gate"
  | "missing_blueprint_id"
  | "nan_parameter"
  | "no_kernel"
  | "isolation_violation"
  | "latency_over_budget"
  | "host_not_registered"
  | "interface_mismatch"
  | "missing_mesh_layers"
  | "not_healthy"
  | "fallback_kernel"
  | "state_not_clean";

type Condition<F> = readonly [failure: SeedGateFailure, fails: (facts: F) => boolean];

const isIsolated: Condition<{ readonly isolationViolations: number }> = [
  "isolation_violation",
  // Written so that NaN fails.
  ({ isolationViolations }) => !(isolationViolations <= 0),
];

/** The conditions of each gate. NaN fails all of them. */
const conditions: { readonly [G in Gate]: readonly Condition<SeedGateFacts[G]>[] } = {
  [Gate.SEED_GATE_UNKNOWN]: [["unknown_gate", () => true]],
  [Gate.SEED_GATE_G0_SANITY]: [
    ["missing_blueprint_id", ({ blueprintId }) => blueprintId === ""],
    ["nan_parameter", ({ parameters }) => Object.values(parameters).some(Number.isNaN)],
  ],
  [Gate.SEED_GATE_G1_GRADIENT_HEALTH]: [
    ["no_kernel", ({ kernelAttached }) => !kernelAttached],
    isIsolated,
  ],
  [Gate.SEED_GATE_G2_STABILITY]: [
    ["latency_over_budget", ({ latencyMs, budgetMs }) => !(latencyMs <= budgetMs)],
  ],
  [Gate.SEED_GATE_G3_INTERFACE]: [
    ["host_not_registered", ({ hostRegistered }) => !hostRegistered],
    ["interface_mismatch", ({ interfaceFits }) => !interfaceFits],
    ["missing_mesh_layers", ({ meshLayers }) => meshLayers === undefined],
  ],
  [Gate.SEED_GATE_G4_SYSTEM_IMPACT]: [
    ["not_healthy", ({ status }) => status !== "nominal" && status !== "healthy"],
    isIsolated,
    ["fallback_kernel", ({ fallbackKernel }) => fallbackKernel],
  ],
  [Gate.SEED_GATE_G5_RESET]: [["state_not_clean", ({ clean }) => !clean]],
};

/** The gate before each stage. DORMANT has one only if the seed comes from RESETTING. */
const gates = {
  [Stage.SEED_STAGE_UNKNOWN]: undefined,
  [Stage.SEED_STAGE_DORMANT]: Gate.SEED_GATE_G5_RESET,
  [Stage.SEED_STAGE_GERMINATED]: Gate.SEED_GATE_G0_SANITY,
  [Stage.SEED_STAGE_TRAINING]: Gate.SEED_GATE_G1_GRADIENT_HEALTH,
  [Stage.SEED_STAGE_BLENDING]: Gate.SEED_GATE_G2_STABILITY,
  [Stage.SEED_STAGE_SHADOWING]: Gate.SEED_GATE_G3_INTERFACE,
  [Stage.SEED_STAGE_PROBATIONARY]: Gate.SEED_GATE_G4_SYSTEM_IMPACT,
  [Stage.SEED_STAGE_FOSSILIZED]: undefined,
  [Stage.SEED_STAGE_CULLED]: undefined,
  [Stage.SEED_STAGE_EMBARGOED]: undefined,
  [Stage.SEED_STAGE_RESETTING]: undefined,
  [Stage.SEED_STAGE_TERMINATED]: undefined,
} as const satisfies Record<Stage, Gate | undefined>;

/**
 * The gate between two stages of a seed; undefined if there is none, or if the transition is not allowed.
 * Document: the Leyline schema lists the gates, the lifecycle of its authors says where they are.
 */
export function seedGateOf(from: Stage, to: Stage): Gate | undefined {
  if (!canTransition(from, to) || from === Stage.SEED_STAGE_UNKNOWN) return undefined;
  return gates[to];
}

/**
 * Checks whether a seed passes a gate. Returns all failures in the order of the gate's conditions, or an
 * empty array if it passes. A gate number without a name is always `unknown_gate`. Throws ContractError
 * `input.unreadable` if reading the facts throws. Document: as for {@link seedGateOf}.
 *
 *     checkSeedGate(SeedLifecycleGate.SEED_GATE_G2_STABILITY, { latencyMs: 21.4, budgetMs: 18 });
 *     // ["latency_over_budget"]
 */
export function checkSeedGate<G extends Gate>(
  gate: G,
  facts: SeedGateFacts[G],
): readonly SeedGateFailure[] {
  const applicable: readonly Condition<SeedGateFacts[G]>[] | undefined = conditions[gate];
  if (applicable === undefined) return ["unknown_gate"];
  return guarded("check", SeedState.typeName, () =>
    applicable.filter(([, fails]) => fails(facts)).map(([failure]) => failure),
  );
}
