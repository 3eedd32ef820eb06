export {
  DictionaryDeviceCodec,
  DictionaryEntryCodec,
  DictionaryMetricKeysCodec,
  DictionaryRunCodec,
  DictionarySeedCodec,
  StateDictionaryCodec,
} from "../../gen/esper/leyline/compact/v1/dictionary_codec.js";
export {
  StateFrameCodec,
  StateUpdateCodec,
} from "../../gen/esper/leyline/compact/v1/frame_codec.js";
export {
  CheckpointMetadataCodec,
  PruningSummaryCodec,
} from "../../gen/esper/leyline/v1/checkpoint_codec.js";
export {
  AdaptationCommandCodec,
  CommandCircuitBreakerCodec,
  CommandEmergencyCodec,
  CommandOptimizerAdjustmentCodec,
  CommandPauseCodec,
  CommandSeedOperationCodec,
  CommandStructuralPruningCodec,
  ExecutionConstraintsCodec,
} from "../../gen/esper/leyline/v1/command_codec.js";
export { EventEnvelopeCodec } from "../../gen/esper/leyline/v1/event_codec.js";
export {
  MemoryBudgetsCodec,
  PerformanceBudgetsCodec,
  SystemLimitsCodec,
} from "../../gen/esper/leyline/v1/limits_codec.js";
export {
  ImportanceStatisticsCodec,
  LayerImportanceCodec,
  PruningConfigurationCodec,
  PruningDecisionReportCodec,
  PruningMaskCodec,
  PruningTargetCodec,
  StructuralAnalysisResultCodec,
  StructuralPruningRequestCodec,
  StructuralPruningResponseCodec,
  StructuralSafetyReportCodec,
} from "../../gen/esper/leyline/v1/pruning_codec.js";
export {
  HardwareContextCodec,
  SeedStateCodec,
  SystemStatePacketCodec,
} from "../../gen/esper/leyline/v1/state_codec.js";
export {
  MetricPointCodec,
  SystemHealthCodec,
  TelemetryEventCodec,
  TelemetryPacketCodec,
  TraceSpanCodec,
} from "../../gen/esper/leyline/v1/telemetry_codec.js";
