import { create } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  MemoryBudgets,
  type MemoryBudgetsJson,
  PerformanceBudgets,
  type PerformanceBudgetsJson,
  PerformanceBudgetsSchema,
  SystemLimits,
  type SystemLimitsJson,
} from "../../src/leyline/index.js";
import { refusal, through } from "../support/all-methods.js";

describe("PerformanceBudgets", () => {
  it("start with the documented times", () => {
    expect(PerformanceBudgets.toJson(PerformanceBudgets.create())).toEqual({
      epoch_boundary_ms: 18,
      tamiyo_inference_ms: 12,
      systemstate_assembly_ms: 3,
      adaptation_processing_ms: 2,
      fast_rollback_ms: 500,
      full_rollback_seconds: 12,
      protobuf_serialization_us: 80,
      message_validation_us: 20,
      breaker_timeout_ms: 1000,
      breaker_reset_seconds: 30,
      importance_tracking_overhead_percent: 1,
      checkpoint_analysis_minutes_min: 2,
      checkpoint_analysis_minutes_max: 5,
      structured_validation_seconds: 60,
      rollback_coordination_seconds: 30,
    });
    expect(PerformanceBudgets.create({ fastRollbackMs: 0, epochBoundaryMs: 9 })).toMatchObject({
      fastRollbackMs: 0,
      epochBoundaryMs: 9,
      tamiyoInferenceMs: 12,
    });
  });

  it("have no times when JSON names none", () => {
    expect(PerformanceBudgets.fromJson({})).toEqual(create(PerformanceBudgetsSchema));
    expect(through(PerformanceBudgets, { epoch_boundary_ms: null })).toEqual({});
  });

  const contradiction =
    "checkpoint_analysis_minutes_min: must be at most checkpoint_analysis_minutes_max [rule]";
  it.each([
    [
      { protobuf_serialization_us: 9 },
      "protobuf_serialization_us: must be 0 or from 10 to 1000 [range]",
    ],
    [
      { protobuf_serialization_us: 1 },
      "protobuf_serialization_us: must be 0 or from 10 to 1000 [range]",
    ],
    [
      { protobuf_serialization_us: 1001 },
      "protobuf_serialization_us: expected a number of at most 1000, got 1001 [range]",
    ],
    [
      { importance_tracking_overhead_percent: 101 },
      "importance_tracking_overhead_percent: expected a number of at most 100, got 101 [range]",
    ],
    [{ checkpoint_analysis_minutes_min: 6, checkpoint_analysis_minutes_max: 5 }, contradiction],
    [{ checkpoint_analysis_minutes_min: 2, checkpoint_analysis_minutes_max: 1 }, contradiction],
  ])("are refused with %j", (json, text) => {
    expect(refusal(PerformanceBudgets, json)).toBe(text);
  });

  it.each([
    { protobuf_serialization_us: 10 },
    { protobuf_serialization_us: 1000 },
    { importance_tracking_overhead_percent: 100 },
    { checkpoint_analysis_minutes_min: 5, checkpoint_analysis_minutes_max: 5 },
    { checkpoint_analysis_minutes_min: 6 },
    { checkpoint_analysis_minutes_max: 1 },
    { epoch_boundary_ms: 4294967295, rollback_coordination_seconds: 1 },
  ])("may hold %j", (json) => {
    expect(through(PerformanceBudgets, json)).toEqual(json);
  });
});

describe("MemoryBudgets", () => {
  const documented = {
    model_percent: 0.4,
    optimizer_percent: 0.25,
    gradients_percent: 0.15,
    checkpoints_percent: 0.08,
    telemetry_percent: 0.05,
    morphogenetic_percent: 0.05,
    emergency_percent: 0.02,
    importance_statistics_percent: 0.03,
    pruning_metadata_percent: 0.02,
  };

  it("start with the documented ratios, which are valid", () => {
    const message = MemoryBudgets.create();
    expect(MemoryBudgets.toJson(message)).toEqual(documented);
    expect(MemoryBudgets.decode(MemoryBudgets.encode(message))).toEqual(message);
    expect(MemoryBudgets.fromJson(documented)).toEqual(message);
    expect(MemoryBudgets.create({ modelPercent: 0.5 }).modelPercent).toBe(0.5);
  });

  it.each(Object.keys(documented))("allow 0 to 1 for %s", (key) => {
    expect(refusal(MemoryBudgets, { [key]: 1.5 })).toBe(
      `${key}: expected a number of at most 1, got 1.5 [range]`,
    );
    expect(refusal(MemoryBudgets, { [key]: -0.5 })).toBe(
      `${key}: expected a number of at least 0, got -0.5 [range]`,
    );
    expect(refusal(MemoryBudgets, { [key]: "NaN" })).toBe(
      `${key}: expected a finite number, got NaN [float.not_finite]`,
    );
  });

  const summed = Object.keys(documented).slice(0, 7);
  it.each(summed)("count %s into their sum", (key) => {
    const other = key === "model_percent" ? "optimizer_percent" : "model_percent";
    expect(refusal(MemoryBudgets, { [other]: 1, [key]: 0.25 })).toBe(
      "model_percent to emergency_percent sum to 1.25, more than 1 [rule]",
    );
    expect(through(MemoryBudgets, { [other]: 0.75, [key]: 0.25 })).toEqual({
      [other]: 0.75,
      [key]: 0.25,
    });
  });

  const parts =
    "checkpoints_percent: must be at least importance_statistics_percent and pruning_metadata_percent together [rule]";
  it.each([
    [
      { model_percent: 1, emergency_percent: 2 ** -19 },
      "model_percent to emergency_percent sum to 1.000002, more than 1 [rule]",
    ],
    [{ importance_statistics_percent: 0.5 }, parts],
    [{ pruning_metadata_percent: 0.5 }, parts],
    [
      {
        checkpoints_percent: 0.5,
        importance_statistics_percent: 0.375,
        pruning_metadata_percent: 0.25,
      },
      parts,
    ],
    [{ pruning_metadata_percent: 2 ** -19 }, parts],
    [
      { model_percent: 1, optimizer_percent: 1, pruning_metadata_percent: 1 },
      "model_percent to emergency_percent sum to 2, more than 1 [rule] (and 1 more issue)",
    ],
  ])("are refused with %j", (json, text) => {
    expect(refusal(MemoryBudgets, json)).toBe(text);
  });

  it.each([
    {},
    { model_percent: 1 },
    { model_percent: 1, emergency_percent: 9e-7 },
    { pruning_metadata_percent: 9e-7 },
    {
      checkpoints_percent: 0.75,
      importance_statistics_percent: 0.5,
      pruning_metadata_percent: 0.25,
    },
    { checkpoints_percent: 1, importance_statistics_percent: 1 },
  ])("may hold %j", (json) => {
    expect(through(MemoryBudgets, json)).toEqual(json);
  });

  it("check a message by the float32 values that its bytes have", () => {
    // Within the tolerance as doubles, but not when rounded to float32.
    const nothing = MemoryBudgets.fromJson({});
    const third = 1 / 3 + 3.33e-7;
    const thirds = { modelPercent: third, optimizerPercent: third, gradientsPercent: third };
    const summed = MemoryBudgets.safeEncode({ ...nothing, ...thirds });
    expect(summed.ok ? "" : summed.error.message).toBe(
      "cannot encode esper.leyline.v1.MemoryBudgets: model_percent to emergency_percent sum to 1.000001, more than 1 [rule]",
    );
    const within = { checkpointsPercent: 0.5 - 33.53 * 2 ** -25, importanceStatisticsPercent: 0.5 };
    const divided = MemoryBudgets.safeEncode({ ...nothing, ...within });
    expect(divided.ok ? "" : divided.error.message).toBe(
      `cannot encode esper.leyline.v1.MemoryBudgets: ${parts}`,
    );
  });
});

describe("SystemLimits", () => {
  it("start with the documented limits", () => {
    expect(SystemLimits.toJson(SystemLimits.create())).toEqual({
      max_seeds_per_epoch: 100,
      max_message_size_bytes: 280,
      max_queue_depth: 10_000,
      max_retry_attempts: 3,
      max_pause_quota: 10_000,
      max_gc_allocations_per_msg: 4,
      max_pruning_ratio_percent: 50,
      max_consecutive_pruning_failures: 3,
      max_checkpoint_storage_gb: 100,
      max_importance_history_days: 30,
    });
    expect(SystemLimits.create({ maxQueueDepth: 1 }).maxQueueDepth).toBe(1);
    expect(through(SystemLimits, {})).toEqual({});
  });

  it.each([
    [
      { max_message_size_bytes: 1025 },
      "max_message_size_bytes: expected a number of at most 1024, got 1025 [range]",
    ],
    [
      { max_pruning_ratio_percent: 101 },
      "max_pruning_ratio_percent: expected a number of at most 100, got 101 [range]",
    ],
  ])("are refused with %j", (json, text) => {
    expect(refusal(SystemLimits, json)).toBe(text);
  });

  it.each([
    { max_message_size_bytes: 1024 },
    { max_pruning_ratio_percent: 100 },
    { max_retry_attempts: 4294967295, max_seeds_per_epoch: 4294967295 },
  ])("may hold %j", (json) => {
    expect(through(SystemLimits, json)).toEqual(json);
  });
});

describe("all limits", () => {
  it("have no required key", () => {
    type Float = number | "NaN" | "Infinity" | "-Infinity";
    expectTypeOf<MemoryBudgetsJson>().toEqualTypeOf<
      Partial<Record<keyof MemoryBudgetsJson, Float>>
    >();
    expectTypeOf<SystemLimitsJson>().toEqualTypeOf<
      Partial<Record<keyof SystemLimitsJson, number>>
    >();
    expectTypeOf<PerformanceBudgetsJson>().toEqualTypeOf<
      Partial<Record<keyof PerformanceBudgetsJson, number>>
    >();
    for (const contract of [PerformanceBudgets, MemoryBudgets, SystemLimits]) {
      expect(contract.safeFromJson({})).toMatchObject({ ok: true, unknownKeys: [] });
      expect(contract.budget).toEqual({});
    }
  });

  it("are read in both spellings of a key, and refuse unknown keys", () => {
    expect(through(SystemLimits, { maxQueueDepth: 7 })).toEqual({ max_queue_depth: 7 });
    const result = MemoryBudgets.safeFromJson({ cache_percent: 0.1 });
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot decode esper.leyline.v1.MemoryBudgets from JSON: cache_percent: the message has no such key [unknown_key]",
    );
  });
});
