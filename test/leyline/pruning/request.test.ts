import { create } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  ImportanceStatistics,
  type ImportanceStatisticsJson,
  LayerImportance,
  type LayerImportanceJson,
  PruningConfiguration,
  type PruningConfigurationJson,
  type PruningMaskType,
  PruningPhase,
  StructuralPruningRequest,
  type StructuralPruningRequestJson,
  StructuralPruningRequestSchema,
} from "../../../src/leyline/index.js";
import { misread, refusal, through } from "../../support/all-methods.js";

const request = { request_id: "r-1", checkpoint_id: "k-1" };
const layer = { layer_name: "blocks.3.conv" };

describe("a StructuralPruningRequest", () => {
  const span = "must be greater than 0s and at most 300s [range]";

  it.each([
    [{ request_id: "" }, 'request_id: expected a non-empty string, got "" [length]'],
    [{ checkpoint_id: "" }, 'checkpoint_id: expected a non-empty string, got "" [length]'],
    [
      { source_subsystem: "em rakul" },
      'source_subsystem: expected a lower-case name of letters, digits and _, or an empty string, got "em rakul" [format]',
    ],
    [
      { safety_constraints: { "": 1 } },
      'safety_constraints[""]: the key must not be empty [length]',
    ],
    [
      { safety_constraints: { accuracy_drop_threshold: "NaN" } },
      "safety_constraints.accuracy_drop_threshold: expected a finite number, got NaN [float.not_finite]",
    ],
    [{ timeout: "0s" }, `timeout: ${span}`],
    [{ timeout: "-1s" }, `timeout: ${span}`],
    [{ timeout: "-0.000000001s" }, `timeout: ${span}`],
    [{ timeout: "300.000000001s" }, `timeout: ${span}`],
    [{ timeout: "301s" }, `timeout: ${span}`],
    [
      { importance_stats: { sketch_data: "AA==", sketch_depth: 1 } },
      "importance_stats.sketch_width: must not be 0 when sketch_data is set [rule]",
    ],
    [
      { importance_stats: { layers: [layer, { layer_name: "" }] } },
      'importance_stats.layers[1].layer_name: expected a non-empty string, got "" [length]',
    ],
    [
      { config: { max_pruning_ratio: 0.75 } },
      "config.max_pruning_ratio: expected a number of at most 0.5, got 0.75 [range]",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(StructuralPruningRequest, { ...request, ...fields })).toBe(text);
  });

  it.each([
    {},
    { timeout: "0.000000001s" },
    { timeout: "300s" },
    { timeout: "299.999999999s" },
    { phase: "PRUNING_PHASE_ACTIVE_PRUNING", epoch: 4294967295 },
    { phase: 4 },
    { safety_constraints: { gradient_norm_threshold: -5, other: 0 } },
    { importance_stats: {}, config: {}, source_subsystem: "emrakul" },
  ])("may hold %j", (fields) => {
    expect(through(StructuralPruningRequest, { ...request, ...fields })).toEqual({
      ...request,
      ...fields,
    });
  });

  it.each([
    [{}, "request_id: this key is required [required] (and 1 more issue)"],
    [{ request_id: "r" }, "checkpoint_id: this key is required [required]"],
    [{ ...request, request_id: null }, "request_id: expected a string, got null [type]"],
    [
      { ...request, phase: "ACTIVE_PRUNING" },
      'phase: expected a PruningPhase name, got "ACTIVE_PRUNING"; did you mean PRUNING_PHASE_ACTIVE_PRUNING? (one of PRUNING_PHASE_UNKNOWN, PRUNING_PHASE_VALIDATION_ONLY, PRUNING_PHASE_ACTIVE_PRUNING, PRUNING_PHASE_DISABLED) [enum]',
    ],
    [
      { ...request, safety_constraints: [] },
      "safety_constraints: expected an object, got an array of 0 [type]",
    ],
  ])("is not read from %j", (json, text) => {
    expect(misread(StructuralPruningRequest, json)).toBe(text);
  });

  it("has no constants", () => {
    expect(StructuralPruningRequest.create()).toEqual(create(StructuralPruningRequestSchema));
    expect(PruningConfiguration.create().maxPruningRatio).toBe(0);
  });

  it("is always written the same way, however it was read", () => {
    const message = StructuralPruningRequest.fromJson({
      timeout: "120.25s",
      safetyConstraints: { accuracy_drop_threshold: 0.02 },
      config: { allowedMaskTypes: [1, "PRUNING_MASK_LAYER"], scheduleType: "" },
      phase: 1,
      checkpointId: "k",
      requestId: "r",
    });
    expect(message.phase).toBe(PruningPhase.VALIDATION_ONLY);
    expect(StructuralPruningRequest.toJsonText(message)).toBe(
      '{"request_id":"r","checkpoint_id":"k","phase":"PRUNING_PHASE_VALIDATION_ONLY","config":{"allowed_mask_types":["PRUNING_MASK_CHANNEL","PRUNING_MASK_LAYER"]},"safety_constraints":{"accuracy_drop_threshold":0.02},"timeout":"120.250s"}',
    );
  });

  it("takes 262,144 bytes and refuses one more", () => {
    expect(StructuralPruningRequest.budget).toEqual({ maxBytes: 262_144, encodeMicros: 120 });
    const longest = "a".repeat(65_536);
    const of = (length: number) =>
      StructuralPruningRequest.create({
        requestId: longest,
        sourceSubsystem: longest,
        safetyConstraints: { [longest]: 1 },
        checkpointId: "k".repeat(length),
      });
    const most =
      65_000 + 262_144 - StructuralPruningRequest.encode(of(65_000), { budget: false }).length;
    expect(StructuralPruningRequest.encode(of(most)).length).toBe(262_144);
    const result = StructuralPruningRequest.safeEncode(of(most + 1));
    expect(result.ok ? "" : result.error.message).toContain(
      "cannot encode esper.leyline.v1.StructuralPruningRequest: 262145 bytes exceed the budget of 262144 (",
    );
  });

  it("has typed JSON keys", () => {
    type Float = number | "NaN" | "Infinity" | "-Infinity";
    type MaskType = keyof typeof PruningMaskType;
    expectTypeOf<StructuralPruningRequestJson>().toEqualTypeOf<{
      request_id: string;
      checkpoint_id: string;
      epoch?: number;
      phase?: `PRUNING_PHASE_${keyof typeof PruningPhase}`;
      importance_stats?: ImportanceStatisticsJson;
      config?: PruningConfigurationJson;
      safety_constraints?: { [key: string]: Float };
      created_at?: string;
      source_subsystem?: string;
      timeout?: string;
    }>();
    expectTypeOf<LayerImportanceJson>().toEqualTypeOf<{
      layer_name: string;
      level?: MaskType;
      taylor_importance?: Float[];
      magnitude_importance?: Float[];
      activation_frequency?: Float[];
    }>();
    expectTypeOf<ImportanceStatisticsJson["update_count"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ImportanceStatisticsJson["sketch_data"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<PruningConfigurationJson["max_pruning_ratio"]>().toEqualTypeOf<
      Float | undefined
    >();
  });
});

describe("a LayerImportance", () => {
  const same = (units: number) => `must have as many items as taylor_importance (${units})`;

  it.each([
    [{ layer_name: "" }, 'layer_name: expected a non-empty string, got "" [length]'],
    [
      { taylor_importance: [1, -1] },
      "taylor_importance[1]: expected a number of at least 0, got -1 [range]",
    ],
    [
      { taylor_importance: ["Infinity"] },
      "taylor_importance[0]: expected a finite number, got Infinity [float.not_finite]",
    ],
    [
      { magnitude_importance: [-0.5] },
      "magnitude_importance[0]: expected a number of at least 0, got -0.5 [range]",
    ],
    [
      { activation_frequency: [0, 1.5] },
      "activation_frequency[1]: expected a number of at most 1, got 1.5 [range]",
    ],
    [
      { taylor_importance: [1, 2], magnitude_importance: [1], activation_frequency: [1, 1] },
      `magnitude_importance: ${same(2)} [length]`,
    ],
    [
      { taylor_importance: [1], magnitude_importance: [1], activation_frequency: [1, 1] },
      `activation_frequency: ${same(1)} [length]`,
    ],
    [
      { magnitude_importance: [1], activation_frequency: [1] },
      `magnitude_importance: ${same(0)} [length] (and 1 more issue)`,
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(LayerImportance, { ...layer, ...fields })).toBe(text);
  });

  it.each([
    {},
    { level: "PRUNING_MASK_ATTENTION_HEAD" },
    { taylor_importance: [0, 0.85], magnitude_importance: [3, 0], activation_frequency: [0, 1] },
  ])("may hold %j", (fields) => {
    expect(through(LayerImportance, { ...layer, ...fields })).toEqual({ ...layer, ...fields });
  });

  it("is not read without its name", () => {
    expect(misread(LayerImportance, {})).toBe("layer_name: this key is required [required]");
  });
});

describe("an ImportanceStatistics", () => {
  it.each([
    [{ memory_usage_mb: -1 }, "memory_usage_mb: expected a number of at least 0, got -1 [range]"],
    [
      { error_probability: 1.5 },
      "error_probability: expected a number of at most 1, got 1.5 [range]",
    ],
    [
      { num_unique_parameters: 2, parameter_uuids: { a: "1f" } },
      "num_unique_parameters: must be 1, the number of parameter_uuids [rule]",
    ],
    [
      { parameter_uuids: { a: "1f", b: "2f" } },
      "num_unique_parameters: must be 2, the number of parameter_uuids [rule]",
    ],
    [
      { num_unique_parameters: 1, parameter_uuids: { "conv:[3,3]:float32": "" } },
      'parameter_uuids["conv:[3,3]:float32"]: expected a non-empty string, got "" [length]',
    ],
    [
      { num_unique_parameters: 1, parameter_uuids: { "": "1f" } },
      'parameter_uuids[""]: the key must not be empty [length]',
    ],
    [
      { parameter_importance: { a1: -0.5 } },
      "parameter_importance.a1: expected a number of at least 0, got -0.5 [range]",
    ],
    [
      { parameter_importance: { "": 1 } },
      'parameter_importance[""]: the key must not be empty [length]',
    ],
    [
      { sketch_data: "AA==", sketch_width: 4 },
      "sketch_depth: must not be 0 when sketch_data is set [rule]",
    ],
    [
      { sketch_data: "AA==" },
      "sketch_width: must not be 0 when sketch_data is set [rule] (and 1 more issue)",
    ],
    [{ seed_ids: ["s", ""] }, 'seed_ids[1]: expected a non-empty string, got "" [length]'],
  ])("is refused with %j", (json, text) => {
    expect(refusal(ImportanceStatistics, json)).toBe(text);
  });

  it.each([
    {},
    { update_count: "18446744073709551615", error_probability: 1 },
    { num_unique_parameters: 7 },
    { num_unique_parameters: 2, parameter_uuids: { a: "1f", b: "1f" } },
    { sketch_width: 4 },
    { sketch_width: 1, sketch_depth: 1, sketch_data: "AA==" },
    { seed_ids: ["s", "s"], parameter_importance: { a: 0.001 } },
  ])("may hold %j", (json) => {
    expect(through(ImportanceStatistics, json)).toEqual(json);
  });
});

describe("a PruningConfiguration", () => {
  const shares = [
    "conservative_threshold",
    "moderate_threshold",
    "aggressive_threshold",
    "safety_margin",
    "accuracy_drop_threshold",
    "accuracy_retention_threshold",
    "min_channel_retention",
    "max_layer_removal_ratio",
    "redundancy_threshold",
    "confidence_threshold",
  ];
  const conservative =
    "conservative_threshold: must be at most moderate_threshold, where 0 stands for its default [rule]";
  const moderate =
    "moderate_threshold: must be at most aggressive_threshold, where 0 stands for its default [rule]";

  it.each(shares)("allows 0 to 1 for %s", (key) => {
    expect(refusal(PruningConfiguration, { [key]: 1.5 })).toBe(
      `${key}: expected a number of at most 1, got 1.5 [range]`,
    );
    expect(refusal(PruningConfiguration, { [key]: -0.5 })).toBe(
      `${key}: expected a number of at least 0, got -0.5 [range]`,
    );
    expect(refusal(PruningConfiguration, { [key]: "NaN" })).toBe(
      `${key}: expected a finite number, got NaN [float.not_finite]`,
    );
    const json = { moderate_threshold: 1, aggressive_threshold: 1, [key]: 1 };
    expect(through(PruningConfiguration, json)).toEqual(json);
  });

  it.each([
    [
      { max_pruning_ratio: 0.75 },
      "max_pruning_ratio: expected a number of at most 0.5, got 0.75 [range]",
    ],
    [
      { max_pruning_ratio: -0.5 },
      "max_pruning_ratio: expected a number of at least 0, got -0.5 [range]",
    ],
    [{ conservative_threshold: 0.03125 }, conservative],
    [{ moderate_threshold: 0.0078125 }, conservative],
    [{ moderate_threshold: 0.0625 }, moderate],
    [{ aggressive_threshold: 0.015625 }, moderate],
    [
      { conservative_threshold: 0.5, moderate_threshold: 0.25, aggressive_threshold: 0.125 },
      `${conservative} (and 1 more issue)`,
    ],
    [
      { allowed_mask_types: [0] },
      "allowed_mask_types[0]: expected a PruningMaskType name, got 0 [range]",
    ],
    [
      { allowed_mask_types: ["PRUNING_MASK_LAYER", "PRUNING_MASK_CHANNEL", 3] },
      "allowed_mask_types[2]: repeats an earlier item [rule]",
    ],
    [
      { schedule_type: "cubic" },
      'schedule_type: expected one of "polynomial", "linear", "exponential", got "cubic" [format]',
    ],
  ])("is refused with %j", (json, text) => {
    expect(refusal(PruningConfiguration, json)).toBe(text);
  });

  it.each([
    {},
    { max_pruning_ratio: 0.5 },
    { conservative_threshold: 0.03 },
    { moderate_threshold: 0.01 },
    { moderate_threshold: 0.05 },
    { aggressive_threshold: 0.03 },
    { conservative_threshold: 0.2, moderate_threshold: 0.2, aggressive_threshold: 0.2 },
    { allowed_mask_types: ["PRUNING_MASK_CHANNEL", "PRUNING_MASK_UNSTRUCTURED", 5] },
    { schedule_type: "polynomial" },
    { schedule_type: "linear" },
    { schedule_type: "exponential" },
  ])("may hold %j", (json) => {
    expect(through(PruningConfiguration, json)).toEqual(json);
  });

  it("refuses the unknown mask type in its list", () => {
    expect(misread(PruningConfiguration, { allowed_mask_types: ["PRUNING_MASK_UNKNOWN"] })).toBe(
      'allowed_mask_types[0]: expected a PruningMaskType name, got "PRUNING_MASK_UNKNOWN" (one of PRUNING_MASK_CHANNEL, PRUNING_MASK_ATTENTION_HEAD, PRUNING_MASK_LAYER, PRUNING_MASK_UNSTRUCTURED) [enum]',
    );
  });

  it("treats a ratio that is too small for float32 as its default", () => {
    for (const share of [{ moderateThreshold: 1e-46 }, { aggressiveThreshold: 1e-46 }]) {
      expect(PruningConfiguration.safeCheck(PruningConfiguration.create(share)).ok).toBe(true);
    }
    const message = PruningConfiguration.create({
      conservativeThreshold: 1e-46,
      moderateThreshold: 0.0078125,
    });
    const result = PruningConfiguration.safeEncode(message);
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot encode esper.leyline.v1.PruningConfiguration: ${conservative}`,
    );
  });
});
