import {
  AdaptationCommandCodec,
  CommandCircuitBreakerCodec,
  CommandEmergencyCodec,
  CommandOptimizerAdjustmentCodec,
  CommandPauseCodec,
  CommandSeedOperationCodec,
  CommandStructuralPruningCodec,
  ExecutionConstraintsCodec,
} from "../../gen/esper/leyline/v1/command_codec.js";
import {
  type AdaptationCommand as AdaptationCommandMessage,
  AdaptationCommandSchema,
  CircuitBreakerStateSchema,
  type CommandCircuitBreaker as CommandCircuitBreakerMessage,
  CommandCircuitBreakerSchema,
  type CommandEmergency as CommandEmergencyMessage,
  CommandEmergencySchema,
  type CommandOptimizerAdjustment as CommandOptimizerAdjustmentMessage,
  CommandOptimizerAdjustmentSchema,
  type CommandPause as CommandPauseMessage,
  CommandPauseSchema,
  type CommandSeedOperation as CommandSeedOperationMessage,
  CommandSeedOperationSchema,
  type CommandStructuralPruning as CommandStructuralPruningMessage,
  CommandStructuralPruningSchema,
  CommandType,
  CommandTypeSchema,
  EmergencyLevelSchema,
  type ExecutionConstraints as ExecutionConstraintsMessage,
  ExecutionConstraintsSchema,
  SeedOperationSchema,
} from "../../gen/esper/leyline/v1/command_pb.js";
import {
  PruningOperationSchema,
  PruningPhaseSchema,
} from "../../gen/esper/leyline/v1/pruning_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Report } from "../contract/model/definition.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, formed } from "../contract/rules/formats.js";
import { reportId, uuid4 } from "../contract/rules/ids.js";
import { define } from "./dialect.js";
import { finite, nameOrEmpty, reportEmptyKey, reportRepeat } from "./formats.js";

const commandSeedOperation = /* @__PURE__ */ define(
  CommandSeedOperationSchema,
  (t) => ({
    operation: t.enum(SeedOperationSchema, "SEED_OP_"),
    blueprintId: t.string(filled).required(),
    parameters: t.map(t.float(finite)),
  }),
  {
    refine: ({ parameters }, report) => reportEmptyKey(parameters, "parameters", report),
  },
);

/** The payload of a COMMAND_SEED. Document: the Leyline schema. */
export type CommandSeedOperation = CommandSeedOperationMessage;
export type CommandSeedOperationJson = Wire<typeof commandSeedOperation>;
export const CommandSeedOperation: Contract<CommandSeedOperation, CommandSeedOperationJson> =
  /* @__PURE__ */ createContract(
    CommandSeedOperationSchema,
    commandSeedOperation,
    CommandSeedOperationCodec,
  );

const commandOptimizerAdjustment = /* @__PURE__ */ define(
  CommandOptimizerAdjustmentSchema,
  (t) => ({ optimizerId: t.string(), hyperparameters: t.map(t.float(finite)) }),
  {
    refine: ({ hyperparameters }, report) =>
      reportEmptyKey(hyperparameters, "hyperparameters", report),
  },
);

/** The payload of a COMMAND_OPTIMIZER. Document: the Leyline schema. */
export type CommandOptimizerAdjustment = CommandOptimizerAdjustmentMessage;
export type CommandOptimizerAdjustmentJson = Wire<typeof commandOptimizerAdjustment>;
export const CommandOptimizerAdjustment: Contract<
  CommandOptimizerAdjustment,
  CommandOptimizerAdjustmentJson
> = /* @__PURE__ */ createContract(
  CommandOptimizerAdjustmentSchema,
  commandOptimizerAdjustment,
  CommandOptimizerAdjustmentCodec,
);

const commandCircuitBreaker = /* @__PURE__ */ define(CommandCircuitBreakerSchema, (t) => ({
  desiredState: t.enum(CircuitBreakerStateSchema, "CIRCUIT_STATE_"),
  rationale: t.string(),
}));

/** The payload of a COMMAND_CIRCUIT_BREAKER. Document: the Leyline schema. */
export type CommandCircuitBreaker = CommandCircuitBreakerMessage;
export type CommandCircuitBreakerJson = Wire<typeof commandCircuitBreaker>;
export const CommandCircuitBreaker: Contract<CommandCircuitBreaker, CommandCircuitBreakerJson> =
  /* @__PURE__ */ createContract(
    CommandCircuitBreakerSchema,
    commandCircuitBreaker,
    CommandCircuitBreakerCodec,
  );

const commandStructuralPruning = /* @__PURE__ */ define(CommandStructuralPruningSchema, (t) => ({
  operation: t.enum(PruningOperationSchema, "PRUNING_OP_"),
  phase: t.enum(PruningPhaseSchema, "PRUNING_PHASE_"),
  checkpointId: t.string(),
  requestId: t.string(),
}));

/** The payload of a COMMAND_STRUCTURAL_PRUNING. Document: none; its fields are Concord's choice. */
export type CommandStructuralPruning = CommandStructuralPruningMessage;
export type CommandStructuralPruningJson = Wire<typeof commandStructuralPruning>;
export const CommandStructuralPruning: Contract<
  CommandStructuralPruning,
  CommandStructuralPruningJson
> = /* @__PURE__ */ createContract(
  CommandStructuralPruningSchema,
  commandStructuralPruning,
  CommandStructuralPruningCodec,
);

const commandPause = /* @__PURE__ */ define(CommandPauseSchema, (t) => ({
  pause: t.bool(),
  maxDurationMs: t.uint32(),
  reason: t.string(),
}));

/** The payload of a COMMAND_PAUSE. Document: none; its fields are Concord's choice. */
export type CommandPause = CommandPauseMessage;
export type CommandPauseJson = Wire<typeof commandPause>;
export const CommandPause: Contract<CommandPause, CommandPauseJson> =
  /* @__PURE__ */ createContract(CommandPauseSchema, commandPause, CommandPauseCodec);

const commandEmergency = /* @__PURE__ */ define(CommandEmergencySchema, (t) => ({
  level: t.enum(EmergencyLevelSchema, "EMERGENCY_LEVEL_"),
  includeTeacher: t.bool(),
  reason: t.string(),
}));

/** The payload of a COMMAND_EMERGENCY. Document: none; its fields are Concord's choice. */
export type CommandEmergency = CommandEmergencyMessage;
export type CommandEmergencyJson = Wire<typeof commandEmergency>;
export const CommandEmergency: Contract<CommandEmergency, CommandEmergencyJson> =
  /* @__PURE__ */ createContract(CommandEmergencySchema, commandEmergency, CommandEmergencyCodec);

const executionConstraints = /* @__PURE__ */ define(
  ExecutionConstraintsSchema,
  (t) => ({
    maxLatencyMs: t.uint32(),
    requireConfirmation: t.bool(),
    requiredSubsystems: t.list(
      t.string(formed(/^[a-z][a-z0-9_]*$/, "a lower-case name such as tolaria")),
    ),
  }),
  {
    refine({ requiredSubsystems }, report) {
      reportRepeat(requiredSubsystems, (index) => ["required_subsystems", index], report);
    },
  },
);

/**
 * Conditions for the execution of a command. Document: the Leyline document names them,
 * "AdaptationCommand".
 */
export type ExecutionConstraints = ExecutionConstraintsMessage;
export type ExecutionConstraintsJson = Wire<typeof executionConstraints>;
export const ExecutionConstraints: Contract<ExecutionConstraints, ExecutionConstraintsJson> =
  /* @__PURE__ */ createContract(
    ExecutionConstraintsSchema,
    executionConstraints,
    ExecutionConstraintsCodec,
  );

type PayloadCase = NonNullable<AdaptationCommandMessage["payload"]["case"]>;

/** The payload of each command type, and whether it is required. Other types may have any payload. */
const payloads: ReadonlyMap<
  CommandType,
  { readonly member: PayloadCase; readonly required: boolean }
> = new Map([
  [CommandType.COMMAND_SEED, { member: "seedOperation", required: true }],
  [CommandType.COMMAND_ROLLBACK, { member: "rollbackPayload", required: true }],
  [CommandType.COMMAND_OPTIMIZER, { member: "optimizerAdjustment", required: true }],
  [CommandType.COMMAND_CIRCUIT_BREAKER, { member: "circuitBreaker", required: true }],
  [CommandType.COMMAND_PAUSE, { member: "pause", required: false }],
  [CommandType.COMMAND_EMERGENCY, { member: "emergency", required: false }],
  [CommandType.COMMAND_STRUCTURAL_PRUNING, { member: "structuralPruning", required: true }],
]);

/**
 * Tolerated on reading: the `seed_operation` that the first controllers leave in a pause that was a seed
 * command before, because a pause that is refused is a pause that does not happen; and a pruning command
 * without payload, because their schema has none for it.
 */
function reportPayload(
  { commandType, payload }: AdaptationCommandMessage,
  report: Report,
  tolerate: Report,
): void {
  const expected = payloads.get(commandType);
  if (expected === undefined || payload.case === expected.member) return;
  const type = CommandType[commandType];
  const key = AdaptationCommandSchema.field[expected.member].name;
  if (payload.case !== undefined) {
    const given = AdaptationCommandSchema.field[payload.case].name;
    const isPausedSeed =
      commandType === CommandType.COMMAND_PAUSE && payload.case === "seedOperation";
    const message = `must not be set for ${type}, whose payload is ${key}`;
    (isPausedSeed ? tolerate : report)([given], "payload.type", message);
  } else if (expected.required) {
    const isPruning = commandType === CommandType.COMMAND_STRUCTURAL_PRUNING;
    (isPruning ? tolerate : report)([key], "required", `is required for ${type}`);
  }
}

const adaptationCommand = /* @__PURE__ */ define(
  AdaptationCommandSchema,
  (t) => ({
    version: t.uint32({ min: 1, max: 1 }).required(),
    commandId: t.string(filled).required(),
    commandType: t.enum(CommandTypeSchema, "COMMAND_"),
    targetSeedId: t.string(),
    executionDeadlineMs: t.uint32(),
    issuedAt: t.timestamp().required(),
    issuedBy: t.string(nameOrEmpty),
    payload: t.oneof({
      seedOperation: t.message(CommandSeedOperation),
      optimizerAdjustment: t.message(CommandOptimizerAdjustment),
      circuitBreaker: t.message(CommandCircuitBreaker),
      rollbackPayload: t.struct(),
      structuralPruning: t.message(CommandStructuralPruning),
      pause: t.message(CommandPause),
      emergency: t.message(CommandEmergency),
    }),
    annotations: t.map(t.string()),
    constraints: t.message(ExecutionConstraints),
  }),
  {
    strict: ({ commandId }, context) => reportId(context, "command_id", commandId, uuid4),
    constants: { version: 1 },
    refine(command, report, tolerate) {
      if (command.commandType === CommandType.COMMAND_SEED && command.targetSeedId === "") {
        report(["target_seed_id"], "required", "is required for COMMAND_SEED");
      }
      reportPayload(command, report, tolerate);
      reportEmptyKey(command.annotations, "annotations", report);
    },
  },
);

/**
 * A command of a controller to change a running training. Document: the Leyline document,
 * "AdaptationCommand".
 */
export type AdaptationCommand = AdaptationCommandMessage;
export type AdaptationCommandJson = Wire<typeof adaptationCommand>;
export const AdaptationCommand: Contract<AdaptationCommand, AdaptationCommandJson> =
  /* @__PURE__ */ createContract(
    AdaptationCommandSchema,
    adaptationCommand,
    AdaptationCommandCodec,
  );
