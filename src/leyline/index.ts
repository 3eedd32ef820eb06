import { createRegistry } from "../contract/registry.js";
import { CheckpointMetadata, PruningSummary } from "./checkpoint.js";
import {
  AdaptationCommand,
  CommandCircuitBreaker,
  CommandEmergency,
  CommandOptimizerAdjustment,
  CommandPause,
  CommandSeedOperation,
  CommandStructuralPruning,
  ExecutionConstraints,
} from "./command.js";
import { EventEnvelope } from "./event.js";
import { MemoryBudgets, PerformanceBudgets, SystemLimits } from "./limits.js";
import {
  ImportanceStatistics,
  LayerImportance,
  PruningConfiguration,
  StructuralPruningRequest,
} from "./pruning-request.js";
import {
  PruningDecisionReport,
  PruningMask,
  PruningTarget,
  StructuralAnalysisResult,
  StructuralPruningResponse,
  StructuralSafetyReport,
} from "./pruning-response.js";
import { HardwareContext, SeedState, SystemStatePacket } from "./state.js";
import {
  MetricPoint,
  SystemHealth,
  TelemetryEvent,
  TelemetryPacket,
  TraceSpan,
} from "./telemetry.js";

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
export {
  EventEnvelope,
  type EventEnvelopeJson,
} from "./event.js";
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
export { canTransition } from "./transitions.js";

/** Every contract of `esper.leyline.v1`. */
export const contracts = createRegistry([
  SystemStatePacket,
  HardwareContext,
  SeedState,
  AdaptationCommand,
  CommandSeedOperation,
  CommandOptimizerAdjustment,
  CommandCircuitBreaker,
  CommandStructuralPruning,
  CommandPause,
  CommandEmergency,
  ExecutionConstraints,
  EventEnvelope,
  StructuralPruningRequest,
  StructuralPruningResponse,
  ImportanceStatistics,
  LayerImportance,
  PruningConfiguration,
  StructuralAnalysisResult,
  PruningTarget,
  PruningMask,
  PruningDecisionReport,
  StructuralSafetyReport,
  TelemetryPacket,
  MetricPoint,
  TelemetryEvent,
  TraceSpan,
  SystemHealth,
  CheckpointMetadata,
  PruningSummary,
  PerformanceBudgets,
  MemoryBudgets,
  SystemLimits,
]);
