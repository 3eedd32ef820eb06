import type { Duration } from "@bufbuild/protobuf/wkt";
import {
  ImportanceStatisticsCodec,
  LayerImportanceCodec,
  PruningConfigurationCodec,
  StructuralPruningRequestCodec,
} from "../../../gen/esper/leyline/v1/pruning_codec.js";
import {
  type ImportanceStatistics as ImportanceStatisticsMessage,
  ImportanceStatisticsSchema,
  type LayerImportance as LayerImportanceMessage,
  LayerImportanceSchema,
  type PruningConfiguration as PruningConfigurationMessage,
  PruningConfigurationSchema,
  PruningMaskTypeSchema,
  PruningPhaseSchema,
  type StructuralPruningRequest as StructuralPruningRequestMessage,
  StructuralPruningRequestSchema,
} from "../../../gen/esper/leyline/v1/pruning_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { reportId, uuid4 } from "../../contract/rules/ids.js";
import { define } from "../dialect.js";
import {
  finite,
  isPositive,
  nameOrEmpty,
  notNegative,
  reportEmptyKey,
  reportRepeat,
  share,
} from "../formats.js";

const layerImportance = /* @__PURE__ */ define(
  LayerImportanceSchema,
  (t) => ({
    layerName: t.string(filled).required(),
    level: t.enum(PruningMaskTypeSchema, "PRUNING_MASK_"),
    taylorImportance: t.list(t.float(notNegative)),
    magnitudeImportance: t.list(t.float(notNegative)),
    activationFrequency: t.list(t.float(share)),
  }),
  {
    refine({ taylorImportance, magnitudeImportance, activationFrequency }, report) {
      const units = taylorImportance.length;
      const message = `must have as many items as taylor_importance (${units})`;
      if (magnitudeImportance.length !== units) report(["magnitude_importance"], "length", message);
      if (activationFrequency.length !== units) report(["activation_frequency"], "length", message);
    },
  },
);

/** The importance of each unit of one layer. Document: none; its fields are Concord's choice. */
export type LayerImportance = LayerImportanceMessage;
export type LayerImportanceJson = Wire<typeof layerImportance>;
export const LayerImportance: Contract<LayerImportance, LayerImportanceJson> =
  /* @__PURE__ */ createContract(LayerImportanceSchema, layerImportance, LayerImportanceCodec);

const importanceStatistics = /* @__PURE__ */ define(
  ImportanceStatisticsSchema,
  (t) => ({
    updateCount: t.uint64(),
    lastResetEpoch: t.uint32(),
    numUniqueParameters: t.uint32(),
    memoryUsageMb: t.float(notNegative),
    collectedAt: t.timestamp(),
    sketchWidth: t.uint32(),
    sketchDepth: t.uint32(),
    errorProbability: t.float(share),
    sketchData: t.bytes(),
    parameterUuids: t.map(t.string(filled)),
    parameterImportance: t.map(t.float(notNegative)),
    layers: t.list(t.message(LayerImportance)),
    seedIds: t.list(t.string(filled)),
  }),
  {
    refine(statistics, report) {
      const { numUniqueParameters, parameterUuids, parameterImportance } = statistics;
      const ids = Object.keys(parameterUuids).length;
      if (ids > 0 && numUniqueParameters !== ids) {
        const message = `must be ${ids}, the number of parameter_uuids`;
        report(["num_unique_parameters"], "rule", message);
      }
      if (statistics.sketchData.length > 0) {
        const message = "must not be 0 when sketch_data is set";
        if (statistics.sketchWidth === 0) report(["sketch_width"], "rule", message);
        if (statistics.sketchDepth === 0) report(["sketch_depth"], "rule", message);
      }
      reportEmptyKey(parameterUuids, "parameter_uuids", report);
      reportEmptyKey(parameterImportance, "parameter_importance", report);
    },
  },
);

/** The importance of each parameter during training. Document: the Leyline document names it; its fields are Concord's choice. */
export type ImportanceStatistics = ImportanceStatisticsMessage;
export type ImportanceStatisticsJson = Wire<typeof importanceStatistics>;
export const ImportanceStatistics: Contract<ImportanceStatistics, ImportanceStatisticsJson> =
  /* @__PURE__ */ createContract(
    ImportanceStatisticsSchema,
    importanceStatistics,
    ImportanceStatisticsCodec,
  );

const pruningConfiguration = /* @__PURE__ */ define(
  PruningConfigurationSchema,
  (t) => ({
    maxPruningRatio: t.float({ min: 0, max: 0.5 }),
    conservativeThreshold: t.float(share),
    moderateThreshold: t.float(share),
    aggressiveThreshold: t.float(share),
    safetyMargin: t.float(share),
    minImportanceSamples: t.uint32(),
    accuracyDropThreshold: t.float(share),
    accuracyRetentionThreshold: t.float(share),
    minChannelsPerLayer: t.uint32(),
    minChannelRetention: t.float(share),
    minAttentionHeads: t.uint32(),
    maxLayerRemovalRatio: t.float(share),
    redundancyThreshold: t.float(share),
    confidenceThreshold: t.float(share),
    phaseTransitionEpoch: t.uint32(),
    allowedMaskTypes: t.list(t.enum(PruningMaskTypeSchema, "PRUNING_MASK_", { zero: "refused" })),
    scheduleType: t.string(oneOf(["polynomial", "linear", "exponential"], true)),
  }),
  {
    refine({ allowedMaskTypes, ...thresholds }, report) {
      // Rounded first: a ratio too small for float32 is 0 on the wire, which means the default.
      const conservative = Math.fround(thresholds.conservativeThreshold) || Math.fround(0.01);
      const moderate = Math.fround(thresholds.moderateThreshold) || Math.fround(0.03);
      const aggressive = Math.fround(thresholds.aggressiveThreshold) || Math.fround(0.05);
      if (conservative > moderate) {
        const message = "must be at most moderate_threshold, where 0 stands for its default";
        report(["conservative_threshold"], "rule", message);
      }
      if (moderate > aggressive) {
        const message = "must be at most aggressive_threshold, where 0 stands for its default";
        report(["moderate_threshold"], "rule", message);
      }
      reportRepeat(allowedMaskTypes, (index) => ["allowed_mask_types", index], report);
    },
  },
);

/** The settings of an analysis. Document: the Leyline document names it; its fields are Concord's choice. */
export type PruningConfiguration = PruningConfigurationMessage;
export type PruningConfigurationJson = Wire<typeof pruningConfiguration>;
export const PruningConfiguration: Contract<PruningConfiguration, PruningConfigurationJson> =
  /* @__PURE__ */ createContract(
    PruningConfigurationSchema,
    pruningConfiguration,
    PruningConfigurationCodec,
  );

const structuralPruningRequest = /* @__PURE__ */ define(
  StructuralPruningRequestSchema,
  (t) => ({
    requestId: t.string(filled).required(),
    checkpointId: t.string(filled).required(),
    epoch: t.uint32(),
    phase: t.enum(PruningPhaseSchema, "PRUNING_PHASE_"),
    importanceStats: t.message(ImportanceStatistics),
    config: t.message(PruningConfiguration),
    safetyConstraints: t.map(t.float(finite)),
    createdAt: t.timestamp(),
    sourceSubsystem: t.string(nameOrEmpty),
    timeout: t.duration(),
  }),
  {
    strict: ({ requestId }, context) => reportId(context, "request_id", requestId, uuid4),
    refine({ safetyConstraints, timeout }, report) {
      reportEmptyKey(safetyConstraints, "safety_constraints", report);
      if (timeout !== undefined && !(isPositive(timeout) && isAtMost(timeout, 300n))) {
        report(["timeout"], "range", "must be greater than 0s and at most 300s");
      }
    },
  },
);

function isAtMost({ seconds, nanos }: Duration, maximum: bigint): boolean {
  return seconds < maximum || (seconds === maximum && nanos <= 0);
}

/** A request to analyse what can be pruned. Document: the Leyline document, "StructuralPruningRequest". */
export type StructuralPruningRequest = StructuralPruningRequestMessage;
export type StructuralPruningRequestJson = Wire<typeof structuralPruningRequest>;
export const StructuralPruningRequest: Contract<
  StructuralPruningRequest,
  StructuralPruningRequestJson
> = /* @__PURE__ */ createContract(
  StructuralPruningRequestSchema,
  structuralPruningRequest,
  StructuralPruningRequestCodec,
);
