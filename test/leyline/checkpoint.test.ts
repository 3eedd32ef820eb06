import { create } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  CheckpointMetadata,
  type CheckpointMetadataJson,
  CheckpointMetadataSchema,
  type PruningPhase,
  PruningSummary,
  type PruningSummaryJson,
} from "../../src/leyline/index.js";
import { refusal, through } from "../support/all-methods.js";

const checkpoint = { version: 1, checkpoint_id: "k-1" };

/** The error of reading this JSON. */
function misread(json: unknown): string {
  const result = CheckpointMetadata.safeFromJson(json);
  return result.ok ? "nothing was refused" : result.error.message;
}
const start = "cannot decode esper.leyline.v1.CheckpointMetadata from JSON: ";

const name = "expected a lower-case name of letters, digits and _, or an empty string";

describe("a CheckpointMetadata", () => {
  const checksum = "checksum: expected a checksum such as crc32:1c291ca3, or an empty string";
  const hash = "model_hash: expected lower-case hexadecimal digits, or an empty string";

  it.each([
    [{ version: 0 }, "version: expected a number of at least 1, got 0 [range]"],
    [{ version: 2 }, "version: expected a number of at most 1, got 2 [range]"],
    [{ checkpoint_id: "" }, 'checkpoint_id: expected a non-empty string, got "" [length]'],
    [{ source_subsystem: "Urza" }, `source_subsystem: ${name}, got "Urza" [format]`],
    [{ checksum: "1c291ca3" }, `${checksum}, got "1c291ca3" [format]`],
    [{ checksum: "crc32:" }, `${checksum}, got "crc32:" [format]`],
    [{ checksum: ":1c" }, `${checksum}, got ":1c" [format]`],
    [{ checksum: "CRC32:1c" }, `${checksum}, got "CRC32:1c" [format]`],
    [{ checksum: "crc32:1C" }, `${checksum}, got "crc32:1C" [format]`],
    [{ checksum: "32crc:1c" }, `${checksum}, got "32crc:1c" [format]`],
    [{ checksum: "crc32:1c\n" }, `${checksum}, got "crc32:1c\\n" [format]`],
    [{ model_hash: "0xff" }, `${hash}, got "0xff" [format]`],
    [{ model_hash: "FF" }, `${hash}, got "FF" [format]`],
    [
      { pruning: { parameters_marked_for_pruning: "1" } },
      "pruning.parameters_marked_for_pruning: must be at most parameters_analyzed [rule]",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(CheckpointMetadata, { ...checkpoint, ...fields })).toBe(text);
  });

  it.each([
    {},
    { checksum: "crc32:1c291ca3" },
    { checksum: "sha-2_56:0" },
    { model_hash: "0123456789abcdef" },
    { pruning_phase: "PRUNING_PHASE_DISABLED", rollback_capability: true },
    { pruning_phase: 4 },
    { pruning: {}, source_subsystem: "tolaria", created_at: "2025-01-18T11:04:05Z" },
    { checkpoint_path: "s3://a b", checkpoint_version: "tolaria_3.1_c020", training_run_id: "r" },
    { epoch: 1, seeds_processed: 2, total_time_ms: 3, importance_stats_available: true },
  ])("may hold %j", (fields) => {
    expect(through(CheckpointMetadata, { ...checkpoint, ...fields })).toEqual({
      ...checkpoint,
      ...fields,
    });
  });

  it.each([
    [{}, "version: this key is required [required] (and 1 more issue)"],
    [{ version: 1 }, "checkpoint_id: this key is required [required]"],
    [{ checkpoint_id: "k" }, "version: this key is required [required]"],
    [{ ...checkpoint, version: null }, "version: expected an integer, got null [type]"],
    [
      { ...checkpoint, checkpointId: "k" },
      "checkpointId: the same field as checkpoint_id [duplicate_key]",
    ],
    [
      { ...checkpoint, bytes: 1 },
      "bytes: the message has no such key; did you mean size_bytes? [unknown_key]",
    ],
    [
      { ...checkpoint, rollback_capability: "true" },
      'rollback_capability: expected true or false, got "true" [type]',
    ],
  ])("is not read from %j", (json, text) => {
    expect(misread(json)).toBe(start + text);
  });

  it("starts with version 1, unless another is given", () => {
    expect(CheckpointMetadata.create({ checkpointId: "k" })).toEqual(
      create(CheckpointMetadataSchema, { version: 1, checkpointId: "k" }),
    );
    expect(CheckpointMetadata.create({ version: 2 }).version).toBe(2);
  });

  it("is always written the same way, however it was read", () => {
    const message = CheckpointMetadata.fromJson({
      pruning: { analysisTimeSeconds: 0.85, parametersAnalyzed: 12, masksApplied: 0 },
      pruningPhase: 2,
      sizeBytes: 4096,
      globalStep: "0",
      checkpointId: "k",
      version: 1,
    });
    expect(CheckpointMetadata.toJsonText(message)).toBe(
      '{"version":1,"checkpoint_id":"k","size_bytes":"4096","pruning_phase":"PRUNING_PHASE_ACTIVE_PRUNING","pruning":{"analysis_time_seconds":0.85,"parameters_analyzed":"12"}}',
    );
  });

  it("takes 262,144 bytes and refuses one more", () => {
    expect(CheckpointMetadata.budget).toEqual({ maxBytes: 262_144 });
    const longest = "a".repeat(65_536);
    const of = (length: number) =>
      CheckpointMetadata.create({
        checkpointId: longest,
        trainingRunId: longest,
        checkpointPath: longest,
        checkpointVersion: "k".repeat(length),
      });
    const most = 65_000 + 262_144 - CheckpointMetadata.encode(of(65_000), { budget: false }).length;
    expect(CheckpointMetadata.encode(of(most)).length).toBe(262_144);
    const result = CheckpointMetadata.safeEncode(of(most + 1));
    expect(result.ok ? "" : result.error.message).toContain(
      "cannot encode esper.leyline.v1.CheckpointMetadata: 262145 bytes exceed the budget of 262144 (",
    );
  });

  it("has typed JSON keys", () => {
    expectTypeOf<CheckpointMetadataJson>().toEqualTypeOf<{
      version: number;
      checkpoint_id: string;
      epoch?: number;
      global_step?: string;
      training_run_id?: string;
      created_at?: string;
      checkpoint_path?: string;
      checkpoint_version?: string;
      size_bytes?: string;
      checksum?: string;
      model_hash?: string;
      pruning_phase?: `PRUNING_PHASE_${keyof typeof PruningPhase}`;
      rollback_capability?: boolean;
      seeds_processed?: number;
      importance_stats_available?: boolean;
      pruning?: PruningSummaryJson;
      source_subsystem?: string;
      total_time_ms?: number;
    }>();
  });
});

describe("a 64-bit integer", () => {
  it.each([
    ["1737198245123456789", 1737198245123456789n, "1737198245123456789"],
    ["18446744073709551615", 18446744073709551615n, "18446744073709551615"],
    [9007199254740991, 9007199254740991n, "9007199254740991"],
    ["9007199254740993", 9007199254740993n, "9007199254740993"],
    [7, 7n, "7"],
    [-0, 0n, undefined],
    ["0", 0n, undefined],
    [null, 0n, undefined],
  ])("is read from %j and written as a string", (size_bytes, integer, text) => {
    const json = { ...checkpoint, size_bytes };
    expect(CheckpointMetadata.fromJson(json).sizeBytes).toBe(integer);
    expect(through(CheckpointMetadata, json)).toEqual(
      text === undefined ? checkpoint : { ...checkpoint, size_bytes: text },
    );
  });

  it.each([
    [
      9007199254740992,
      "expected an integer within ±(2^53 - 1), or a decimal string, got 9007199254740992 [int64.unsafe]",
    ],
    [1.5, "expected an integer or a decimal string, got 1.5 [type]"],
    [Number.NaN, "expected an integer or a decimal string, got NaN [type]"],
    ["0x10", 'expected an integer or a decimal string, got "0x10" [type]'],
    ["1e400", 'expected an integer or a decimal string, got "1e400" [type]'],
    [" 5", 'expected an integer or a decimal string, got " 5" [type]'],
    ["", 'expected an integer or a decimal string, got "" [type]'],
    [-1, "expected a number of at least 0, got -1 [range]"],
    ["-1", "expected a number of at least 0, got -1 [range]"],
    [
      "18446744073709551616",
      "expected a number of at most 18446744073709551615, got 18446744073709551616 [range]",
    ],
  ])("is not read from %j", (size_bytes, text) => {
    expect(misread({ ...checkpoint, size_bytes })).toBe(`${start}size_bytes: ${text}`);
  });
});

describe("a PruningSummary", () => {
  it.each([
    [
      { analysis_time_seconds: -0.5 },
      "analysis_time_seconds: expected a number of at least 0, got -0.5 [range]",
    ],
    [
      { analysis_time_seconds: "Infinity" },
      "analysis_time_seconds: expected a finite number, got Infinity [float.not_finite]",
    ],
    [{ pruning_strategy: "Moderate" }, `pruning_strategy: ${name}, got "Moderate" [format]`],
    [
      {
        parameters_analyzed: "9007199254740992",
        parameters_marked_for_pruning: "9007199254740993",
      },
      "parameters_marked_for_pruning: must be at most parameters_analyzed [rule]",
    ],
  ])("is refused with %j", (json, text) => {
    expect(refusal(PruningSummary, json)).toBe(text);
  });

  it.each([
    {},
    { parameters_analyzed: "1", parameters_marked_for_pruning: "1" },
    { pruning_strategy: "moderate", analysis_time_seconds: 0.25 },
    { safety_validation_passed: true, masks_applied: 4294967295 },
  ])("may hold %j", (json) => {
    expect(through(PruningSummary, json)).toEqual(json);
  });
});
