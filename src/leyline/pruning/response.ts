import {
  PruningDecisionReportCodec,
  PruningMaskCodec,
  PruningTargetCodec,
  StructuralAnalysisResultCodec,
  StructuralPruningResponseCodec,
  StructuralSafetyReportCodec,
} from "../../../gen/esper/leyline/v1/pruning_codec.js";
import {
  PruningDecision,
  type PruningDecisionReport as PruningDecisionReportMessage,
  PruningDecisionReportSchema,
  PruningDecisionSchema,
  type PruningMask as PruningMaskMessage,
  PruningMaskSchema,
  PruningMaskType,
  PruningMaskTypeSchema,
  type PruningTarget as PruningTargetMessage,
  PruningTargetSchema,
  type StructuralAnalysisResult as StructuralAnalysisResultMessage,
  StructuralAnalysisResultSchema,
  type StructuralPruningResponse as StructuralPruningResponseMessage,
  StructuralPruningResponseSchema,
  type StructuralSafetyReport as StructuralSafetyReportMessage,
  StructuralSafetyReportSchema,
} from "../../../gen/esper/leyline/v1/pruning_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Report } from "../../contract/model/definition.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { reportId, uuid4 } from "../../contract/rules/ids.js";
import { define } from "../dialect.js";
import {
  finite,
  nameOrEmpty,
  notNegative,
  reportEmptyKey,
  reportRepeat,
  share,
} from "../formats.js";

const pruningTarget = /* @__PURE__ */ define(
  PruningTargetSchema,
  (t) => ({
    level: t.enum(PruningMaskTypeSchema, "PRUNING_MASK_"),
    layerName: t.string(filled).required(),
    indices: t.list(t.uint32()),
    importance: t.list(t.float(notNegative)),
    threshold: t.float(notNegative),
    skipStrategy: t.string(
      oneOf(
        [
          "identity",
          "linear_projection",
          "conv_projection",
          "existing_residual",
          "learned_adapter",
        ],
        true,
      ),
    ),
  }),
  {
    refine({ level, indices, importance, skipStrategy }, report) {
      if (level === PruningMaskType.PRUNING_MASK_LAYER) {
        const layer = "when level is PRUNING_MASK_LAYER";
        if (indices.length > 0) report(["indices"], "rule", `must be empty ${layer}`);
        if (importance.length > 1) {
          report(["importance"], "rule", `must have at most one item ${layer}`);
        }
        return;
      }
      reportRepeat(indices, (index) => ["indices", index], report);
      if (importance.length !== indices.length) {
        report(["importance"], "length", `must have as many items as indices (${indices.length})`);
      }
      if (skipStrategy !== "") {
        report(["skip_strategy"], "rule", "must be empty unless level is PRUNING_MASK_LAYER");
      }
    },
  },
);

/** The units of one layer that can be removed. Document: none; its fields are Concord's choice. */
export type PruningTarget = PruningTargetMessage;
export type PruningTargetJson = Wire<typeof pruningTarget>;
export const PruningTarget: Contract<PruningTarget, PruningTargetJson> =
  /* @__PURE__ */ createContract(PruningTargetSchema, pruningTarget, PruningTargetCodec);

const structuralAnalysisResult = /* @__PURE__ */ define(
  StructuralAnalysisResultSchema,
  (t) => ({
    success: t.bool(),
    strategy: t.string(nameOrEmpty),
    parametersAnalyzed: t.uint64(),
    parametersPruned: t.uint64(),
    pruningRatio: t.float(share),
    analysisTimeMs: t.uint32(),
    workerCount: t.uint32(),
    error: t.string(),
    targets: t.list(t.message(PruningTarget)),
    statistics: t.map(t.float(finite)),
  }),
  {
    refine(result, report) {
      const { success, parametersAnalyzed, parametersPruned, pruningRatio, error } = result;
      const ratio =
        parametersAnalyzed === 0n ? 0 : Number(parametersPruned) / Number(parametersAnalyzed);
      if (parametersPruned > parametersAnalyzed) {
        report(["parameters_pruned"], "rule", "must be at most parameters_analyzed");
      } else if (Math.abs(Math.fround(pruningRatio) - ratio) > 1e-6) {
        report(["pruning_ratio"], "rule", "must be parameters_pruned / parameters_analyzed");
      }
      if (success && error !== "") report(["error"], "rule", "must be empty when success is true");
      reportEmptyKey(result.statistics, "statistics", report);
    },
  },
);

/** The result of an analysis. Document: the Leyline document names it; its fields are Concord's choice. */
export type StructuralAnalysisResult = StructuralAnalysisResultMessage;
export type StructuralAnalysisResultJson = Wire<typeof structuralAnalysisResult>;
export const StructuralAnalysisResult: Contract<
  StructuralAnalysisResult,
  StructuralAnalysisResultJson
> = /* @__PURE__ */ createContract(
  StructuralAnalysisResultSchema,
  structuralAnalysisResult,
  StructuralAnalysisResultCodec,
);

const pruningMask = /* @__PURE__ */ define(
  PruningMaskSchema,
  (t) => ({
    parameterId: t.string(filled).required(),
    parameterPath: t.string(filled).required(),
    maskType: t.enum(PruningMaskTypeSchema, "PRUNING_MASK_"),
    shape: t.list(t.uint32({ min: 1 })),
    maskBits: t.bytes(),
    prunedCount: t.uint64(),
    totalCount: t.uint64({ min: 1n }).required(),
    confidence: t.float(share),
    dtype: t.string(),
  }),
  {
    refine(mask, report) {
      if (!isProduct(mask.totalCount, mask.shape)) {
        report(["total_count"], "rule", "must be the product of shape");
      }
      reportBits(mask, report);
    },
  },
);

/** Stops as soon as the product is too large, so that a hostile shape cannot make a huge BigInt. */
function isProduct(total: bigint, factors: readonly number[]): boolean {
  let product = 1n;
  for (const factor of factors) {
    product *= BigInt(factor);
    if (product > total) return false;
  }
  return product === total;
}

function reportBits(
  { maskBits, totalCount, prunedCount }: PruningMaskMessage,
  report: Report,
): void {
  const length = (totalCount + 7n) / 8n;
  if (BigInt(maskBits.length) !== length) {
    const message = `must have ${length} bytes, one bit for each of total_count elements`;
    report(["mask_bits"], "length", message);
    return;
  }
  const padding = maskBits.length * 8 - Number(totalCount);
  if ((maskBits.at(-1) ?? 0) >>> (8 - padding) !== 0) {
    report(["mask_bits"], "rule", "must end in 0 bits beyond the last element");
    return;
  }
  const pruned = totalCount - BigInt(countOnes(maskBits));
  if (prunedCount !== pruned) {
    report(["pruned_count"], "rule", `must be ${pruned}, the number of 0 bits in mask_bits`);
  }
}

function countOnes(bytes: Uint8Array): number {
  let ones = 0;
  for (const byte of bytes) {
    const pairs = byte - ((byte >>> 1) & 0x55);
    const nibbles = (pairs & 0x33) + ((pairs >>> 2) & 0x33);
    ones += (nibbles + (nibbles >>> 4)) & 0x0f;
  }
  return ones;
}

/** One bit for each element of a parameter: 1 keeps it, 0 prunes it. Document: the Leyline document names it; its fields are Concord's choice. */
export type PruningMask = PruningMaskMessage;
export type PruningMaskJson = Wire<typeof pruningMask>;
export const PruningMask: Contract<PruningMask, PruningMaskJson> = /* @__PURE__ */ createContract(
  PruningMaskSchema,
  pruningMask,
  PruningMaskCodec,
);

const pruningDecisionReport = /* @__PURE__ */ define(
  PruningDecisionReportSchema,
  (t) => ({
    decision: t.enum(PruningDecisionSchema, "PRUNING_DECISION_"),
    confidenceScore: t.float(share),
    action: t.string(),
    decisionFactors: t.map(t.bool()),
    rollbackRequired: t.bool(),
    monitoringRequired: t.bool(),
    rejectionReason: t.string(),
    idempotencyKey: t.string(),
    decidedAt: t.timestamp(),
  }),
  {
    refine(decision, report) {
      const rejected = decision.decision === PruningDecision.NO_GO;
      const conditional = decision.decision === PruningDecision.CONDITIONAL_GO;
      if (decision.rollbackRequired !== rejected) {
        const message = "must be true exactly when decision is PRUNING_DECISION_NO_GO";
        report(["rollback_required"], "rule", message);
      }
      if (decision.monitoringRequired !== conditional) {
        const message = "must be true exactly when decision is PRUNING_DECISION_CONDITIONAL_GO";
        report(["monitoring_required"], "rule", message);
      }
      if (decision.rejectionReason !== "" && !rejected) {
        const message = "must be empty unless decision is PRUNING_DECISION_NO_GO";
        report(["rejection_reason"], "rule", message);
      }
      reportEmptyKey(decision.decisionFactors, "decision_factors", report);
    },
  },
);

/** The decision whether a pruning is applied, with its reasons. Document: the Leyline document names it; its fields are Concord's choice. */
export type PruningDecisionReport = PruningDecisionReportMessage;
export type PruningDecisionReportJson = Wire<typeof pruningDecisionReport>;
export const PruningDecisionReport: Contract<PruningDecisionReport, PruningDecisionReportJson> =
  /* @__PURE__ */ createContract(
    PruningDecisionReportSchema,
    pruningDecisionReport,
    PruningDecisionReportCodec,
  );

const structuralSafetyReport = /* @__PURE__ */ define(
  StructuralSafetyReportSchema,
  (t) => ({
    passed: t.bool(),
    architectureConsistent: t.bool(),
    gradientFlowPreserved: t.bool(),
    accuracyRetained: t.bool(),
    memorySafe: t.bool(),
    structuralIntegrityScore: t.float(share),
    measurements: t.map(t.float()),
    failedChecks: t.list(t.string(filled)),
    circuitBreakerEvents: t.list(t.string(filled)),
    rollbackRequired: t.bool(),
    validationTimeMs: t.uint32(),
  }),
  {
    refine(safety, report) {
      reportEmptyKey(safety.measurements, "measurements", report);
      if (!safety.passed) return;
      const checks = {
        architecture_consistent: safety.architectureConsistent,
        gradient_flow_preserved: safety.gradientFlowPreserved,
        accuracy_retained: safety.accuracyRetained,
        memory_safe: safety.memorySafe,
      };
      for (const [key, isMet] of Object.entries(checks)) {
        if (!isMet) report([key], "rule", "must be true when passed is true");
      }
      if (safety.failedChecks.length > 0) {
        report(["failed_checks"], "rule", "must be empty when passed is true");
      }
      if (safety.rollbackRequired) {
        report(["rollback_required"], "rule", "must be false when passed is true");
      }
    },
  },
);

/** The result of the safety checks. Document: the Leyline document names it; its fields are Concord's choice. */
export type StructuralSafetyReport = StructuralSafetyReportMessage;
export type StructuralSafetyReportJson = Wire<typeof structuralSafetyReport>;
export const StructuralSafetyReport: Contract<StructuralSafetyReport, StructuralSafetyReportJson> =
  /* @__PURE__ */ createContract(
    StructuralSafetyReportSchema,
    structuralSafetyReport,
    StructuralSafetyReportCodec,
  );

/** Reports results of the response that contradict its safety and decision reports. */
function reportResults(response: StructuralPruningResponseMessage, report: Report): void {
  const { safetyReport, decisionReport, validationPassed, rollbackRequired } = response;
  if (safetyReport !== undefined && decisionReport !== undefined) {
    const passed = safetyReport.passed && decisionReport.decision !== PruningDecision.NO_GO;
    if (validationPassed !== passed) {
      const message = `must be ${passed}, as safety_report and decision_report say`;
      report(["validation_passed"], "rule", message);
    }
  }
  if (safetyReport !== undefined || decisionReport !== undefined) {
    const required =
      (safetyReport?.rollbackRequired ?? false) || (decisionReport?.rollbackRequired ?? false);
    if (rollbackRequired !== required) {
      const message = `must be ${required}, as safety_report and decision_report say`;
      report(["rollback_required"], "rule", message);
    }
  }
}

const structuralPruningResponse = /* @__PURE__ */ define(
  StructuralPruningResponseSchema,
  (t) => ({
    requestId: t.string(filled).required(),
    responseId: t.string(filled).required(),
    validationPassed: t.bool(),
    analysisResult: t.message(StructuralAnalysisResult),
    pruningMasks: t.list(t.message(PruningMask)),
    decisionReport: t.message(PruningDecisionReport),
    safetyReport: t.message(StructuralSafetyReport),
    rollbackRequired: t.bool(),
    rollbackReason: t.string(),
    completedAt: t.timestamp(),
    sourceSubsystem: t.string(nameOrEmpty),
    processingTimeMs: t.uint32(),
  }),
  {
    strict: ({ requestId, responseId }, context) => {
      reportId(context, "request_id", requestId, uuid4);
      reportId(context, "response_id", responseId, uuid4);
    },
    refine(response, report) {
      const ids = response.pruningMasks.map(({ parameterId }) => parameterId);
      reportRepeat(ids, (index) => ["pruning_masks", index, "parameter_id"], report);
      reportResults(response, report);
      const { rollbackRequired, rollbackReason } = response;
      if (rollbackRequired && rollbackReason === "") {
        report(["rollback_reason"], "required", "is required when rollback_required is true");
      } else if (!rollbackRequired && rollbackReason !== "") {
        report(["rollback_reason"], "rule", "must be empty unless rollback_required is true");
      }
    },
  },
);

/** The answer to a request: what to prune, and whether it is safe. Document: the Leyline document, "StructuralPruningResponse". */
export type StructuralPruningResponse = StructuralPruningResponseMessage;
export type StructuralPruningResponseJson = Wire<typeof structuralPruningResponse>;
export const StructuralPruningResponse: Contract<
  StructuralPruningResponse,
  StructuralPruningResponseJson
> = /* @__PURE__ */ createContract(
  StructuralPruningResponseSchema,
  structuralPruningResponse,
  StructuralPruningResponseCodec,
);
