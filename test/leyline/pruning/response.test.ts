import type { JsonObject } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type PruningDecision,
  PruningDecisionReport,
  type PruningDecisionReportJson,
  PruningMask,
  type PruningMaskJson,
  PruningTarget,
  StructuralAnalysisResult,
  type StructuralAnalysisResultJson,
  StructuralPruningResponse,
  type StructuralPruningResponseJson,
  StructuralSafetyReport,
  type StructuralSafetyReportJson,
} from "../../../src/leyline/index.js";
import { misread, refusal, refused, through } from "../../support/all-methods.js";

const response = { request_id: "r-1", response_id: "a-1" };
const target = { layer_name: "blocks.3" };
const scalar = { parameter_id: "1f", parameter_path: "a.b", mask_bits: "AQ==", total_count: "1" };
const name = "expected a lower-case name of letters, digits and _, or an empty string";
const ratio = "pruning_ratio: must be parameters_pruned / parameters_analyzed [rule]";
const noKey = "the key must not be empty [length]";
const filled = 'expected a non-empty string, got "" [length]';
const least = "expected a number of at least 0";
const most = "expected a number of at most 1";

describe("a PruningTarget", () => {
  const skip =
    'expected one of "identity", "linear_projection", "conv_projection", "existing_residual", "learned_adapter"';
  const layer = { level: "PRUNING_MASK_LAYER" };
  const layered = "when level is PRUNING_MASK_LAYER [rule]";
  const notSkipped = "skip_strategy: must be empty unless level is PRUNING_MASK_LAYER [rule]";
  const skipping = (skip_strategy: string) => ({ ...layer, skip_strategy });

  it.each([
    [{ layer_name: "" }, `layer_name: ${filled}`],
    [{ threshold: -1 }, `threshold: ${least}, got -1 [range]`],
    [{ indices: [1], importance: [-1] }, `importance[0]: ${least}, got -1 [range]`],
    [{ indices: [4, 2, 4], importance: [1, 1, 1] }, "indices[2]: repeats an earlier item [rule]"],
    [{ indices: [4, 2] }, "importance: must have as many items as indices (2) [length]"],
    [{ importance: [1] }, "importance: must have as many items as indices (0) [length]"],
    [{ skip_strategy: "identity" }, notSkipped],
    [{ level: "PRUNING_MASK_CHANNEL", skip_strategy: "identity" }, notSkipped],
    [{ ...layer, skip_strategy: "none" }, `skip_strategy: ${skip}, got "none" [format]`],
    [{ ...layer, indices: [1] }, `indices: must be empty ${layered}`],
    [{ ...layer, importance: [1, 2] }, `importance: must have at most one item ${layered}`],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(PruningTarget, { ...target, ...fields })).toBe(text);
  });

  it.each([
    {},
    { threshold: 0.5, indices: [0, 4294967295], importance: [0, 0.125] },
    { ...layer },
    { ...layer, importance: [0.25] },
    ...["identity", "linear_projection", "conv_projection"].map(skipping),
    ...["existing_residual", "learned_adapter"].map(skipping),
  ])("may hold %j", (fields) => {
    expect(through(PruningTarget, { ...target, ...fields })).toEqual({ ...target, ...fields });
  });

  it("is not read without its layer", () => {
    expect(misread(PruningTarget, {})).toBe("layer_name: this key is required [required]");
  });
});

describe("a StructuralAnalysisResult", () => {
  it.each([
    [{ strategy: "Moderate" }, `strategy: ${name}, got "Moderate" [format]`],
    [{ pruning_ratio: 1.5 }, `pruning_ratio: ${most}, got 1.5 [range]`],
    [
      { parameters_analyzed: "3", parameters_pruned: "4", pruning_ratio: 1 },
      "parameters_pruned: must be at most parameters_analyzed [rule]",
    ],
    [{ parameters_analyzed: "4", parameters_pruned: "1", pruning_ratio: 0.5 }, ratio],
    [{ parameters_analyzed: "4", parameters_pruned: "1" }, ratio],
    [{ pruning_ratio: 0.5 }, ratio],
    [{ pruning_ratio: 2 ** -19 }, ratio],
    [{ success: true, error: "late" }, "error: must be empty when success is true [rule]"],
    [{ statistics: { "": 1 } }, `statistics[""]: ${noKey}`],
    [
      { statistics: { spread: "NaN" } },
      "statistics.spread: expected a finite number, got NaN [float.not_finite]",
    ],
    [
      { targets: [target, { ...target, skip_strategy: "identity" }] },
      "targets[1].skip_strategy: must be empty unless level is PRUNING_MASK_LAYER [rule]",
    ],
  ])("is refused with %j", (json, text) => {
    expect(refusal(StructuralAnalysisResult, json)).toBe(text);
  });

  it.each([
    {},
    { strategy: "moderate", success: true },
    { error: "late", strategy: "timeout" },
    { parameters_analyzed: "3", parameters_pruned: "3", pruning_ratio: 1 },
    { parameters_analyzed: "3", parameters_pruned: "1", pruning_ratio: 0.3333333 },
    { parameters_analyzed: "18446744073709551615", parameters_pruned: "1" },
    { pruning_ratio: 9e-7 },
    { targets: [target, target], statistics: { spread: -0.5 } },
  ])("may hold %j", (json) => {
    expect(through(StructuralAnalysisResult, json)).toEqual(json);
  });

  it("is checked by the float32 ratio that its bytes have", () => {
    // Within the tolerance as a double, but not when rounded to float32.
    const pruningRatio = 1 - 16.7 * 2 ** -24;
    const counts = { parametersAnalyzed: 1n, parametersPruned: 1n };
    const message = StructuralAnalysisResult.create({ ...counts, pruningRatio });
    const result = StructuralAnalysisResult.safeEncode(message);
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot encode esper.leyline.v1.StructuralAnalysisResult: ${ratio}`,
    );
  });
});

describe("a PruningMask", () => {
  /** A mask of these dimensions and bytes. */
  const mask = (shape: number[], bits: number[], zeros: number): JsonObject => ({
    parameter_id: "1f",
    parameter_path: "a.b",
    ...(shape.length === 0 ? {} : { shape }),
    mask_bits: Buffer.from(bits).toString("base64"),
    ...(zeros === 0 ? {} : { pruned_count: `${zeros}` }),
    total_count: `${shape.reduce((product, size) => product * size, 1)}`,
  });
  const bytes = (length: number) =>
    `mask_bits: must have ${length} bytes, one bit for each of total_count elements [length]`;
  const pruned = (bits: number) =>
    `pruned_count: must be ${bits}, the number of 0 bits in mask_bits [rule]`;
  const padding = "mask_bits: must end in 0 bits beyond the last element [rule]";
  const product = "total_count: must be the product of shape [rule]";

  it.each([
    ["a scalar that stays", mask([], [1], 0)],
    ["a scalar that goes", mask([], [0], 1)],
    ["a whole byte", mask([2, 4], [0b1011_0101], 3)],
    ["nine bits", mask([3, 3], [0xff, 1], 0)],
    ["nine bits, none of which stays", mask([3, 3], [0, 0], 9)],
    ["fifteen bits", mask([3, 5], [0x0f, 0x7f], 4)],
    ["a dimension of one", mask([1, 1, 8], [0x80], 7)],
  ])("may hold %s", (_, json) => {
    expect(through(PruningMask, json)).toEqual(json);
  });

  it.each([
    [{ parameter_id: "" }, `parameter_id: ${filled}`],
    [{ parameter_path: "" }, `parameter_path: ${filled}`],
    [{ total_count: "0" }, "total_count: expected a number of at least 1, got 0 [range]"],
    [{ confidence: 1.5 }, `confidence: ${most}, got 1.5 [range]`],
    [{ shape: [1, 0] }, "shape[1]: expected a number of at least 1, got 0 [range]"],
    [{ shape: [2] }, product],
    [{ total_count: "2" }, `${product} (and 1 more issue)`],
    [{ shape: [3, 2], total_count: "5", mask_bits: "Hw==" }, product],
    [{ shape: [4294967295, 4294967295, 4294967295] }, product],
    [{ mask_bits: "" }, bytes(1)],
    [{ shape: [8], total_count: "8", mask_bits: "/wA=" }, bytes(1)],
    [{ shape: [9], total_count: "9", mask_bits: "/w==" }, bytes(2)],
    [{ mask_bits: "Aw==" }, padding],
    [{ mask_bits: "gQ==" }, padding],
    [{ pruned_count: "1" }, pruned(0)],
    [{ mask_bits: "AA==" }, pruned(1)],
    [{ shape: [16], total_count: "16", mask_bits: "qvA=", pruned_count: "7" }, pruned(8)],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(PruningMask, { ...scalar, ...fields })).toBe(text);
  });

  it("counts the bits of every byte", () => {
    for (let byte = 0; byte < 256; byte++) {
      const zeros = 8 - byte.toString(2).replaceAll("0", "").length;
      expect(refused(PruningMask, mask([8], [byte], zeros))).toBe("nothing was refused");
    }
  });

  it.each(["parameter_id", "parameter_path", "total_count"])("is not read without %s", (key) => {
    expect(misread(PruningMask, { ...scalar, [key]: undefined })).toBe(
      `${key}: this key is required [required]`,
    );
  });
});

describe("a PruningDecisionReport", () => {
  const no = { decision: "PRUNING_DECISION_NO_GO" };
  const rollback =
    "rollback_required: must be true exactly when decision is PRUNING_DECISION_NO_GO [rule]";
  const monitoring =
    "monitoring_required: must be true exactly when decision is PRUNING_DECISION_CONDITIONAL_GO [rule]";
  const reason = "rejection_reason: must be empty unless decision is PRUNING_DECISION_NO_GO [rule]";

  it.each([
    [no, rollback],
    [{ decision: "PRUNING_DECISION_GO", rollback_required: true }, rollback],
    [{ rollback_required: true }, rollback],
    [{ decision: "PRUNING_DECISION_CONDITIONAL_GO" }, monitoring],
    [{ decision: "PRUNING_DECISION_GO", monitoring_required: true }, monitoring],
    [{ ...no, monitoring_required: true }, `${rollback} (and 1 more issue)`],
    [{ decision: "PRUNING_DECISION_GO", rejection_reason: "x" }, reason],
    [{ rejection_reason: "x" }, reason],
    [{ confidence_score: 1.5 }, `confidence_score: ${most}, got 1.5 [range]`],
    [{ decision_factors: { "": true } }, `decision_factors[""]: ${noKey}`],
  ])("is refused with %j", (json, text) => {
    expect(refusal(PruningDecisionReport, json)).toBe(text);
  });

  it.each([
    {},
    { decision: "PRUNING_DECISION_GO", confidence_score: 1 },
    { ...no, rollback_required: true },
    { ...no, rollback_required: true, rejection_reason: "x" },
    { decision: "PRUNING_DECISION_CONDITIONAL_GO", monitoring_required: true },
    { decision: 4, decision_factors: { gradient_flow: false, other: true } },
  ])("may hold %j", (json) => {
    expect(through(PruningDecisionReport, json)).toEqual(json);
  });
});

const passed = {
  passed: true,
  architecture_consistent: true,
  gradient_flow_preserved: true,
  accuracy_retained: true,
  memory_safe: true,
};

describe("a StructuralSafetyReport", () => {
  it.each(Object.keys(passed).slice(1))("does not pass without %s", (key) => {
    expect(refusal(StructuralSafetyReport, { ...passed, [key]: false })).toBe(
      `${key}: must be true when passed is true [rule]`,
    );
  });

  it.each([
    [{ failed_checks: ["memory"] }, "failed_checks: must be empty when passed is true [rule]"],
    [{ rollback_required: true }, "rollback_required: must be false when passed is true [rule]"],
    [{ failed_checks: [""] }, `failed_checks[0]: ${filled}`],
    [{ circuit_breaker_events: ["a", ""] }, `circuit_breaker_events[1]: ${filled}`],
    [
      { structural_integrity_score: -0.5 },
      `structural_integrity_score: ${least}, got -0.5 [range]`,
    ],
    [{ passed: false, measurements: { "": 1 } }, `measurements[""]: ${noKey}`],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(StructuralSafetyReport, { ...passed, ...fields })).toBe(text);
  });

  it.each([
    {},
    passed,
    { ...passed, circuit_breaker_events: ["x"], structural_integrity_score: 1 },
    { rollback_required: true, failed_checks: ["memory", "memory"] },
    { architecture_consistent: true, measurements: { gradient_norm_ratio: "Infinity" } },
  ])("may hold %j", (json) => {
    expect(through(StructuralSafetyReport, json)).toEqual(json);
  });
});

describe("a StructuralPruningResponse", () => {
  const go = { decision: "PRUNING_DECISION_GO" };
  const stop = { decision: "PRUNING_DECISION_NO_GO", rollback_required: true };
  const failed = { failed_checks: ["memory"] };
  const back = { rollback_required: true, rollback_reason: "x" };
  const reports = "as safety_report and decision_report say [rule]";
  const validated = (value: boolean) => `validation_passed: must be ${value}, ${reports}`;
  const rolledBack = (value: boolean) => `rollback_required: must be ${value}, ${reports}`;
  const why = "rollback_reason";
  const valid = { validation_passed: true };

  it.each([
    [{ safety_report: passed, decision_report: go }, validated(true)],
    [{ ...valid, safety_report: failed, decision_report: go }, validated(false)],
    [{ ...valid, ...back, safety_report: passed, decision_report: stop }, validated(false)],
    [{ decision_report: stop }, rolledBack(true)],
    [{ safety_report: { rollback_required: true } }, rolledBack(true)],
    [{ safety_report: failed, ...back }, rolledBack(false)],
    [{ decision_report: go, ...back }, rolledBack(false)],
    [{ rollback_required: true }, `${why}: is required when rollback_required is true [required]`],
    [{ rollback_reason: "x" }, `${why}: must be empty unless rollback_required is true [rule]`],
    [{ request_id: "" }, `request_id: ${filled}`],
    [{ response_id: "" }, `response_id: ${filled}`],
    [{ source_subsystem: "ELESH" }, `source_subsystem: ${name}, got "ELESH" [format]`],
    [
      { pruning_masks: [scalar, { ...scalar, parameter_path: "c" }] },
      "pruning_masks[1].parameter_id: repeats an earlier item [rule]",
    ],
    [
      { pruning_masks: [{ ...scalar, pruned_count: "1" }] },
      "pruning_masks[0].pruned_count: must be 0, the number of 0 bits in mask_bits [rule]",
    ],
    [{ analysis_result: { pruning_ratio: 1 } }, `analysis_result.${ratio}`],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(StructuralPruningResponse, { ...response, ...fields })).toBe(text);
  });

  it.each([
    {},
    { ...valid, safety_report: passed, decision_report: go },
    { safety_report: failed, decision_report: go },
    { safety_report: failed, decision_report: stop, ...back },
    { ...valid, safety_report: failed },
    { ...valid, decision_report: stop, ...back },
    { safety_report: passed },
    { ...back },
    { analysis_result: {}, pruning_masks: [scalar, { ...scalar, parameter_id: "2f" }] },
  ])("may hold %j", (fields) => {
    const json = { ...response, ...fields };
    expect(through(StructuralPruningResponse, json)).toEqual(json);
  });

  it.each([
    [{ request_id: "r" }, "response_id: this key is required [required]"],
    [{ response_id: "r" }, "request_id: this key is required [required]"],
    [{ ...response, verdict: true }, "verdict: the message has no such key [unknown_key]"],
  ])("is not read from %j", (json, text) => {
    expect(misread(StructuralPruningResponse, json)).toBe(text);
  });

  it("is always written the same way, however it was read", () => {
    const message = StructuralPruningResponse.fromJson({
      pruningMasks: [
        { totalCount: 1, maskBits: "AQ", parameterPath: "p", parameterId: "i", maskType: 4 },
      ],
      analysisResult: { parametersAnalyzed: 4, parametersPruned: 3, pruningRatio: 0.75 },
      validationPassed: false,
      responseId: "a",
      requestId: "r",
    });
    expect(StructuralPruningResponse.toJsonText(message)).toBe(
      '{"request_id":"r","response_id":"a","analysis_result":{"parameters_analyzed":"4","parameters_pruned":"3","pruning_ratio":0.75},"pruning_masks":[{"parameter_id":"i","parameter_path":"p","mask_type":"PRUNING_MASK_UNSTRUCTURED","mask_bits":"AQ==","total_count":"1"}]}',
    );
  });

  it("takes 262,144 bytes and refuses one more", () => {
    expect(StructuralPruningResponse.budget).toEqual({ maxBytes: 262_144 });
    const longest = "a".repeat(65_536);
    const of = (length: number) =>
      StructuralPruningResponse.create({
        requestId: longest,
        rollbackRequired: true,
        rollbackReason: longest,
        sourceSubsystem: longest,
        responseId: "k".repeat(length),
      });
    const most =
      65_000 + 262_144 - StructuralPruningResponse.encode(of(65_000), { budget: false }).length;
    expect(StructuralPruningResponse.encode(of(most)).length).toBe(262_144);
    const result = StructuralPruningResponse.safeEncode(of(most + 1));
    expect(result.ok ? "" : result.error.message).toContain(
      "cannot encode esper.leyline.v1.StructuralPruningResponse: 262145 bytes exceed the budget of 262144 (",
    );
  });

  it("has typed JSON keys", () => {
    expectTypeOf<StructuralPruningResponseJson>().toEqualTypeOf<{
      request_id: string;
      response_id: string;
      validation_passed?: boolean;
      analysis_result?: StructuralAnalysisResultJson;
      pruning_masks?: PruningMaskJson[];
      decision_report?: PruningDecisionReportJson;
      safety_report?: StructuralSafetyReportJson;
      rollback_required?: boolean;
      rollback_reason?: string;
      completed_at?: string;
      source_subsystem?: string;
      processing_time_ms?: number;
    }>();
    expectTypeOf<PruningMaskJson["total_count"]>().toEqualTypeOf<string>();
    expectTypeOf<PruningDecisionReportJson["decision"]>().toEqualTypeOf<
      `PRUNING_DECISION_${keyof typeof PruningDecision}` | undefined
    >();
  });
});
