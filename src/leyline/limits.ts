import {
  MemoryBudgetsCodec,
  PerformanceBudgetsCodec,
  SystemLimitsCodec,
} from "../../gen/esper/leyline/v1/limits_codec.js";
import {
  type MemoryBudgets as MemoryBudgetsMessage,
  MemoryBudgetsSchema,
  type PerformanceBudgets as PerformanceBudgetsMessage,
  PerformanceBudgetsSchema,
  type SystemLimits as SystemLimitsMessage,
  SystemLimitsSchema,
} from "../../gen/esper/leyline/v1/limits_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { define } from "./dialect.js";
import { share } from "./formats.js";

const performanceBudgets = /* @__PURE__ */ define(
  PerformanceBudgetsSchema,
  (t) => ({
    epochBoundaryMs: t.uint32(),
    tamiyoInferenceMs: t.uint32(),
    systemstateAssemblyMs: t.uint32(),
    adaptationProcessingMs: t.uint32(),
    fastRollbackMs: t.uint32(),
    fullRollbackSeconds: t.uint32(),
    protobufSerializationUs: t.uint32({ max: 1000 }),
    messageValidationUs: t.uint32(),
    breakerTimeoutMs: t.uint32(),
    breakerResetSeconds: t.uint32(),
    importanceTrackingOverheadPercent: t.uint32({ max: 100 }),
    checkpointAnalysisMinutesMin: t.uint32(),
    checkpointAnalysisMinutesMax: t.uint32(),
    structuredValidationSeconds: t.uint32(),
    rollbackCoordinationSeconds: t.uint32(),
  }),
  {
    constants: {
      epochBoundaryMs: 18,
      tamiyoInferenceMs: 12,
      systemstateAssemblyMs: 3,
      adaptationProcessingMs: 2,
      fastRollbackMs: 500,
      fullRollbackSeconds: 12,
      protobufSerializationUs: 80,
      messageValidationUs: 20,
      breakerTimeoutMs: 1000,
      breakerResetSeconds: 30,
      importanceTrackingOverheadPercent: 1,
      checkpointAnalysisMinutesMin: 2,
      checkpointAnalysisMinutesMax: 5,
      structuredValidationSeconds: 60,
      rollbackCoordinationSeconds: 30,
    },
    refine(budgets, report) {
      const { protobufSerializationUs, checkpointAnalysisMinutesMin: shortest } = budgets;
      if (protobufSerializationUs > 0 && protobufSerializationUs < 10) {
        report(["protobuf_serialization_us"], "range", "must be 0 or from 10 to 1000");
      }
      const longest = budgets.checkpointAnalysisMinutesMax;
      if (longest > 0 && shortest > longest) {
        const message = "must be at most checkpoint_analysis_minutes_max";
        report(["checkpoint_analysis_minutes_min"], "rule", message);
      }
    },
  },
);

/** The maximum time for each operation. Document: the Leyline enums and constants. */
export type PerformanceBudgets = PerformanceBudgetsMessage;
export type PerformanceBudgetsJson = Wire<typeof performanceBudgets>;
export const PerformanceBudgets: Contract<PerformanceBudgets, PerformanceBudgetsJson> =
  /* @__PURE__ */ createContract(
    PerformanceBudgetsSchema,
    performanceBudgets,
    PerformanceBudgetsCodec,
  );

/** How far a sum of ratios may exceed its maximum: most decimal fractions are not exact in float32. */
const tolerance = 0.000001;

/** The sum of the ratios rounded to float32, so that a message and its bytes are checked alike. */
function sumOf(ratios: readonly number[]): number {
  return ratios.reduce((sum, ratio) => sum + Math.fround(ratio), 0);
}

const memoryBudgets = /* @__PURE__ */ define(
  MemoryBudgetsSchema,
  (t) => ({
    modelPercent: t.float(share),
    optimizerPercent: t.float(share),
    gradientsPercent: t.float(share),
    checkpointsPercent: t.float(share),
    telemetryPercent: t.float(share),
    morphogeneticPercent: t.float(share),
    emergencyPercent: t.float(share),
    importanceStatisticsPercent: t.float(share),
    pruningMetadataPercent: t.float(share),
  }),
  {
    // Rounded to float32, so that a message with the constants equals the one decoded from its bytes.
    constants: {
      modelPercent: Math.fround(0.4),
      optimizerPercent: Math.fround(0.25),
      gradientsPercent: Math.fround(0.15),
      checkpointsPercent: Math.fround(0.08),
      telemetryPercent: Math.fround(0.05),
      morphogeneticPercent: Math.fround(0.05),
      emergencyPercent: Math.fround(0.02),
      importanceStatisticsPercent: Math.fround(0.03),
      pruningMetadataPercent: Math.fround(0.02),
    },
    refine(budgets, report) {
      const shares = [
        budgets.modelPercent,
        budgets.optimizerPercent,
        budgets.gradientsPercent,
        budgets.checkpointsPercent,
        budgets.telemetryPercent,
        budgets.morphogeneticPercent,
        budgets.emergencyPercent,
      ];
      const total = sumOf(shares);
      if (total > 1 + tolerance) {
        const sum = Number(total.toFixed(6));
        report([], "rule", `model_percent to emergency_percent sum to ${sum}, more than 1`);
      }
      const parts = [budgets.importanceStatisticsPercent, budgets.pruningMetadataPercent];
      if (sumOf(parts) > Math.fround(budgets.checkpointsPercent) + tolerance) {
        const message =
          "must be at least importance_statistics_percent and pruning_metadata_percent together";
        report(["checkpoints_percent"], "rule", message);
      }
    },
  },
);

/** The ratio of a device's memory for each purpose. Document: the Leyline enums and constants. */
export type MemoryBudgets = MemoryBudgetsMessage;
export type MemoryBudgetsJson = Wire<typeof memoryBudgets>;
export const MemoryBudgets: Contract<MemoryBudgets, MemoryBudgetsJson> =
  /* @__PURE__ */ createContract(MemoryBudgetsSchema, memoryBudgets, MemoryBudgetsCodec);

const systemLimits = /* @__PURE__ */ define(
  SystemLimitsSchema,
  (t) => ({
    maxSeedsPerEpoch: t.uint32(),
    maxMessageSizeBytes: t.uint32({ max: 1024 }),
    maxQueueDepth: t.uint32(),
    maxRetryAttempts: t.uint32(),
    maxPauseQuota: t.uint32(),
    maxGcAllocationsPerMsg: t.uint32(),
    maxPruningRatioPercent: t.uint32({ max: 100 }),
    maxConsecutivePruningFailures: t.uint32(),
    maxCheckpointStorageGb: t.uint32(),
    maxImportanceHistoryDays: t.uint32(),
  }),
  {
    constants: {
      maxSeedsPerEpoch: 100,
      maxMessageSizeBytes: 280,
      maxQueueDepth: 10_000,
      maxRetryAttempts: 3,
      maxPauseQuota: 10_000,
      maxGcAllocationsPerMsg: 4,
      maxPruningRatioPercent: 50,
      maxConsecutivePruningFailures: 3,
      maxCheckpointStorageGb: 100,
      maxImportanceHistoryDays: 30,
    },
  },
);

/** The limits that no subsystem may exceed at run time. Document: the Leyline enums and constants. */
export type SystemLimits = SystemLimitsMessage;
export type SystemLimitsJson = Wire<typeof systemLimits>;
export const SystemLimits: Contract<SystemLimits, SystemLimitsJson> =
  /* @__PURE__ */ createContract(SystemLimitsSchema, systemLimits, SystemLimitsCodec);
