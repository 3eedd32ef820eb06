export {
  DictionaryDeviceSchema,
  DictionaryEntrySchema,
  DictionaryMetricKeysSchema,
  DictionaryRunSchema,
  DictionarySeedSchema,
  StateDictionarySchema,
} from "../../gen/esper/leyline/compact/v1/dictionary_pb.js";
export {
  StateFrameSchema,
  StateUpdateSchema,
} from "../../gen/esper/leyline/compact/v1/frame_pb.js";
export {
  CheckpointMetadataSchema,
  PruningSummarySchema,
} from "../../gen/esper/leyline/v1/checkpoint_pb.js";
export {
  AdaptationCommandSchema,
  CircuitBreakerState,
  CircuitBreakerStateSchema,
  CommandCircuitBreakerSchema,
  CommandEmergencySchema,
  CommandOptimizerAdjustmentSchema,
  CommandPauseSchema,
  CommandSeedOperationSchema,
  CommandStructuralPruningSchema,
  CommandType,
  CommandTypeSchema,
  EmergencyLevel,
  EmergencyLevelSchema,
  ExecutionConstraintsSchema,
  SeedOperation,
  SeedOperationSchema,
} from "../../gen/esper/leyline/v1/command_pb.js";
export {
  DeliveryGuarantee,
  DeliveryGuaranteeSchema,
  EventEnvelopeSchema,
  MessagePriority,
  MessagePrioritySchema,
} from "../../gen/esper/leyline/v1/event_pb.js";
export {
  MemoryBudgetsSchema,
  PerformanceBudgetsSchema,
  SystemLimitsSchema,
} from "../../gen/esper/leyline/v1/limits_pb.js";
export {
  ImportanceStatisticsSchema,
  LayerImportanceSchema,
  PruningConfigurationSchema,
  PruningDecision,
  PruningDecisionReportSchema,
  PruningDecisionSchema,
  PruningMaskSchema,
  PruningMaskType,
  PruningMaskTypeSchema,
  PruningOperation,
  PruningOperationSchema,
  PruningPhase,
  PruningPhaseSchema,
  PruningTargetSchema,
  StructuralAnalysisResultSchema,
  StructuralPruningRequestSchema,
  StructuralPruningResponseSchema,
  StructuralSafetyReportSchema,
} from "../../gen/esper/leyline/v1/pruning_pb.js";
export {
  HardwareContextSchema,
  SeedLifecycleGate,
  SeedLifecycleGateSchema,
  SeedLifecycleStage,
  SeedLifecycleStageSchema,
  SeedStateSchema,
  SystemStatePacketSchema,
} from "../../gen/esper/leyline/v1/state_pb.js";
export {
  HealthStatus,
  HealthStatusSchema,
  MetricPointSchema,
  SystemHealthSchema,
  TelemetryEventSchema,
  TelemetryLevel,
  TelemetryLevelSchema,
  TelemetryPacketSchema,
  TraceSpanSchema,
} from "../../gen/esper/leyline/v1/telemetry_pb.js";
export {
  BlueprintTier,
  BlueprintTierSchema,
  BusMessageType,
  BusMessageTypeSchema,
  FieldReportOutcome,
  FieldReportOutcomeSchema,
  HandlingClass,
  HandlingClassSchema,
  HazardBand,
  HazardBandSchema,
  Provenance,
  ProvenanceSchema,
  ResourceProfile,
  ResourceProfileSchema,
} from "../../gen/esper/leyline/v1/vocabulary_pb.js";
export * from "../contract/sending.js";
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
  type Attempt,
  type ClockOption,
  clockDefaults,
  dueAt,
  expiresAt,
  isExpired,
  isLate,
  nextAttempt,
  ttlByPriority,
} from "./deadlines.js";
export {
  DictionaryDevice,
  type DictionaryDeviceJson,
  DictionaryEntry,
  type DictionaryEntryJson,
  DictionaryMetricKeys,
  type DictionaryMetricKeysJson,
  DictionaryRun,
  type DictionaryRunJson,
  DictionarySeed,
  type DictionarySeedJson,
  StateDictionary,
  type StateDictionaryJson,
} from "./dictionary.js";
export {
  EventEnvelope,
  type EventEnvelopeJson,
} from "./event.js";
export { StateFrame, type StateFrameJson, StateUpdate, type StateUpdateJson } from "./frame.js";
export {
  createFrameReader,
  createFrameWriter,
  type FrameReader,
  type FrameReaderOptions,
  type FrameWriter,
  type FrameWriterOptions,
  frameReaderDefaults,
  frameWriterDefaults,
  type GivenUpPacket,
} from "./frames.js";
export { type HealthFacts, healthOf } from "./health.js";
export { checkGate, type GateFacts, type GateFailure, gateOf } from "./lifecycle.js";
export {
  MemoryBudgets,
  type MemoryBudgetsJson,
  PerformanceBudgets,
  type PerformanceBudgetsJson,
  SystemLimits,
  type SystemLimitsJson,
} from "./limits.js";
export {
  createNonceCache,
  type NonceCache,
  type NonceCacheOptions,
  nonceCacheDefaults,
} from "./nonces.js";
export type { PayloadEncoding } from "./payload-encodings.js";
export {
  ImportanceStatistics,
  type ImportanceStatisticsJson,
  LayerImportance,
  type LayerImportanceJson,
  PruningConfiguration,
  type PruningConfigurationJson,
  StructuralPruningRequest,
  type StructuralPruningRequestJson,
} from "./pruning-request.js";
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
} from "./pruning-response.js";
export {
  compareLevels,
  isAtLeast,
  type JudgedEvent,
  priorityIndicator,
  priorityOf,
  type Stream,
  severityOf,
  streamOf,
  urgentDescriptions,
} from "./severity.js";
export { sign, signatureHeader } from "./signing.js";
export type { SigningKey } from "./signing-key.js";
export { type LimitsConfig, type RequiredLimits, requireLimits } from "./start.js";
export {
  HardwareContext,
  type HardwareContextJson,
  SeedState,
  type SeedStateJson,
  SystemStatePacket,
  type SystemStatePacketJson,
} from "./state.js";
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
} from "./telemetry.js";
export { canTransition, holdTransition, nextStages } from "./transitions.js";
export { safeValidateSchema, validateSchema } from "./validate.js";
export { validateContracts } from "./validate-contracts.js";
export {
  type RefusalReason,
  refusalReasons,
  type Verdict,
  type VerifyOptions,
  verify,
  verifyDefaults,
} from "./verify.js";
export { checkVersion, safeCheckVersion, schemaVersion } from "./version.js";
export {
  type MessageOf,
  type RegistryOption,
  safeUnwrap,
  safeWrap,
  unwrap,
  type WrapOptions,
  wrap,
  wrapDefaults,
} from "./wrapping.js";
