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
import { EventEnvelope } from "./event/event.js";
import { MemoryBudgets, PerformanceBudgets, SystemLimits } from "./limits.js";
import {
  ImportanceStatistics,
  LayerImportance,
  PruningConfiguration,
  StructuralPruningRequest,
} from "./pruning/request.js";
import {
  PruningDecisionReport,
  PruningMask,
  PruningTarget,
  StructuralAnalysisResult,
  StructuralPruningResponse,
  StructuralSafetyReport,
} from "./pruning/response.js";
import { HardwareContext, SeedState, SystemStatePacket } from "./state.js";
import {
  MetricPoint,
  SystemHealth,
  TelemetryEvent,
  TelemetryPacket,
  TraceSpan,
} from "./telemetry/telemetry.js";

/** All contracts of `esper.leyline.v1`. The frames have their own registry, in `/leyline/compact`. */
export const contracts = /* @__PURE__ */ createRegistry([
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
