export * from "../../gen/systems/leyline/schemas.js";
export * from "../contract/sending.js";
export * from "../contract/timestamps.js";
export { ContractError, isContractError } from "../wire/error.js";
export { type BusStream, busStreamOf } from "./bus.js";
export { channels } from "./channels.js";
export {
  CheckpointMetadata,
  type CheckpointMetadataJson,
  PruningSummary,
  type PruningSummaryJson,
} from "./checkpoint.js";
export {
  AdaptationCommand,
  type AdaptationCommandJson,
  CommandCircuitBreaker,
  type CommandCircuitBreakerJson,
  CommandEmergency,
  type CommandEmergencyJson,
  CommandOptimizerAdjustment,
  type CommandOptimizerAdjustmentJson,
  CommandPause,
  type CommandPauseJson,
  CommandSeedOperation,
  type CommandSeedOperationJson,
  CommandStructuralPruning,
  type CommandStructuralPruningJson,
  ExecutionConstraints,
  type ExecutionConstraintsJson,
} from "./command.js";
export { contracts } from "./contracts.js";
export {
  type EventTimeOptions,
  eventDeadlineOf,
  eventExpiryOf,
  eventTimeDefaults,
  eventTtlByPriority,
  isEventExpired,
  isEventLate,
  type NextEventAttempt,
  nextEventAttempt,
} from "./event/deadlines.js";
export {
  EventEnvelope,
  type EventEnvelopeJson,
} from "./event/event.js";
export {
  type EventPayload,
  type PackEventOptions,
  packEvent,
  packEventDefaults,
  safePackEvent,
  safeUnpackEvent,
  type UnpackEventOptions,
  unpackEvent,
} from "./event/pack-event.js";
export type { PayloadEncoding } from "./event/payload-encodings.js";
export {
  checkSeedGate,
  type SeedGateFacts,
  type SeedGateFailure,
  seedGateOf,
} from "./lifecycle.js";
export {
  MemoryBudgets,
  type MemoryBudgetsJson,
  PerformanceBudgets,
  type PerformanceBudgetsJson,
  SystemLimits,
  type SystemLimitsJson,
} from "./limits.js";
export {
  ImportanceStatistics,
  type ImportanceStatisticsJson,
  LayerImportance,
  type LayerImportanceJson,
  PruningConfiguration,
  type PruningConfigurationJson,
  StructuralPruningRequest,
  type StructuralPruningRequestJson,
} from "./pruning/request.js";
export {
  PruningDecisionReport,
  type PruningDecisionReportJson,
  PruningMask,
  type PruningMaskJson,
  PruningTarget,
  type PruningTargetJson,
  StructuralAnalysisResult,
  type StructuralAnalysisResultJson,
  StructuralPruningResponse,
  type StructuralPruningResponseJson,
  StructuralSafetyReport,
  type StructuralSafetyReportJson,
} from "./pruning/response.js";
export { type LimitsConfig, type RequiredLimits, requireLimits } from "./start/require-limits.js";
export { validateContracts } from "./start/validate-contracts.js";
export { safeValidateSchema, validateSchema } from "./start/validate-schema.js";
export { checkVersion, safeCheckVersion, schemaVersion } from "./start/version.js";
export {
  HardwareContext,
  type HardwareContextJson,
  SeedState,
  type SeedStateJson,
  SystemStatePacket,
  type SystemStatePacketJson,
} from "./state.js";
export { type SubsystemHealthFacts, subsystemHealthOf } from "./telemetry/health.js";
export {
  compareTelemetryLevels,
  isTelemetryLevelAtLeast,
  type TelemetryEventFacts,
  telemetryPriorityIndicator,
  telemetryPriorityOf,
  telemetrySeverityOf,
  urgentEventDescriptions,
} from "./telemetry/severity.js";
export {
  MetricPoint,
  type MetricPointJson,
  SystemHealth,
  type SystemHealthJson,
  TelemetryEvent,
  type TelemetryEventJson,
  TelemetryPacket,
  type TelemetryPacketJson,
  TraceSpan,
  type TraceSpanJson,
} from "./telemetry/telemetry.js";
export { assertTransition, canTransition, nextStages } from "./transitions.js";
