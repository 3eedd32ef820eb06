import {
  CheckpointMetadataCodec,
  PruningSummaryCodec,
} from "../../gen/esper/leyline/v1/checkpoint_codec.js";
import {
  type CheckpointMetadata as CheckpointMetadataMessage,
  CheckpointMetadataSchema,
  type PruningSummary as PruningSummaryMessage,
  PruningSummarySchema,
} from "../../gen/esper/leyline/v1/checkpoint_pb.js";
import { PruningPhaseSchema } from "../../gen/esper/leyline/v1/pruning_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, formed } from "../contract/rules/formats.js";
import { define } from "./dialect.js";
import { nameOrEmpty, notNegative } from "./formats.js";

const pruningSummary = /* @__PURE__ */ define(
  PruningSummarySchema,
  (t) => ({
    analysisTimeSeconds: t.float(notNegative),
    parametersAnalyzed: t.uint64(),
    parametersMarkedForPruning: t.uint64(),
    pruningStrategy: t.string(nameOrEmpty),
    safetyValidationPassed: t.bool(),
    masksApplied: t.uint32(),
  }),
  {
    refine({ parametersAnalyzed, parametersMarkedForPruning }, report) {
      if (parametersMarkedForPruning > parametersAnalyzed) {
        report(["parameters_marked_for_pruning"], "rule", "must be at most parameters_analyzed");
      }
    },
  },
);

/** The result of one pruning, as stored with a checkpoint. Document: none; its fields are Concord's choice. */
export type PruningSummary = PruningSummaryMessage;
export type PruningSummaryJson = Wire<typeof pruningSummary>;
export const PruningSummary: Contract<PruningSummary, PruningSummaryJson> =
  /* @__PURE__ */ createContract(PruningSummarySchema, pruningSummary, PruningSummaryCodec);

const checkpointMetadata = /* @__PURE__ */ define(
  CheckpointMetadataSchema,
  (t) => ({
    version: t.uint32({ min: 1, max: 1 }).required(),
    checkpointId: t.string(filled).required(),
    epoch: t.uint32(),
    globalStep: t.uint64(),
    trainingRunId: t.string(),
    createdAt: t.timestamp(),
    checkpointPath: t.string(),
    checkpointVersion: t.string(),
    sizeBytes: t.uint64(),
    checksum: t.string(
      formed(
        /^(?:[a-z][a-z0-9_-]*:[0-9a-f]+)?$/,
        "a checksum such as crc32:1c291ca3, or an empty string",
      ),
    ),
    modelHash: t.string(formed(/^[0-9a-f]*$/, "lower-case hexadecimal digits, or an empty string")),
    pruningPhase: t.enum(PruningPhaseSchema, "PRUNING_PHASE_"),
    rollbackCapability: t.bool(),
    seedsProcessed: t.uint32(),
    importanceStatsAvailable: t.bool(),
    pruning: t.message(PruningSummary),
    sourceSubsystem: t.string(nameOrEmpty),
    totalTimeMs: t.uint32(),
  }),
  { constants: { version: 1 } },
);

/** The metadata of a saved checkpoint. Document: the Leyline document names it; its fields are Concord's choice. */
export type CheckpointMetadata = CheckpointMetadataMessage;
export type CheckpointMetadataJson = Wire<typeof checkpointMetadata>;
export const CheckpointMetadata: Contract<CheckpointMetadata, CheckpointMetadataJson> =
  /* @__PURE__ */ createContract(
    CheckpointMetadataSchema,
    checkpointMetadata,
    CheckpointMetadataCodec,
  );
