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
import {
  DictionaryDevice,
  DictionaryEntry,
  DictionaryMetricKeys,
  DictionaryRun,
  DictionarySeed,
  StateDictionary,
} from "./dictionary.js";
import { EventEnvelope } from "./event.js";
import { StateFrame, StateUpdate } from "./frame.js";
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

/** Every contract of `esper.leyline.v1` and `esper.leyline.compact.v1`. */
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
  StateUpdate,
  StateFrame,
  StateDictionary,
  DictionaryEntry,
  DictionaryRun,
  DictionaryDevice,
  DictionaryMetricKeys,
  DictionarySeed,
]);
