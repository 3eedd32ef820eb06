import { create } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { AnyContract } from "../../src/contract/contract.js";
import { createFrameReader, createFrameWriter } from "../../src/leyline/compact/index.js";
import { examples } from "../../src/leyline/examples.js";
import {
  HardwareContext,
  type HardwareContextJson,
  SeedLifecycleStage,
  SeedState,
  type SeedStateJson,
  SystemStatePacket,
  type SystemStatePacketJson,
  SystemStatePacketSchema,
} from "../../src/leyline/index.js";
import { refusal, withoutHint } from "../support/all-methods.js";

const packet = { version: 1, packet_id: "p-1" };
const device = { device_type: "cuda", device_id: "cuda:0", total_memory_gb: 80 };
const seed = { seed_id: "seed-1" };

/** The error of reading this JSON. */
function misread(json: unknown, contract: AnyContract = SystemStatePacket): string {
  const result = contract.safeFromJson(json);
  return result.ok ? "nothing was refused" : result.error.message;
}

/** The JSON after a conversion to a message, to bytes and back. */
function through(contract: AnyContract, json: unknown): unknown {
  const bytes = contract.encode(contract.fromJson(json), { budget: false });
  return contract.toJson(contract.decode(bytes));
}

const name = "expected a lower-case name of letters, digits and _, or an empty string";
const kind = "expected a kind of device in lower case such as cuda";
const start = "cannot decode esper.leyline.v1.SystemStatePacket from JSON: ";

describe("a SystemStatePacket", () => {
  it.each([
    [{ version: 0 }, "version: expected a number of at least 1, got 0 [range]"],
    [{ version: 2 }, "version: expected a number of at most 1, got 2 [range]"],
    [{ packet_id: "" }, 'packet_id: expected a non-empty string, got "" [length]'],
    [
      { validation_accuracy: 1.5 },
      "validation_accuracy: expected a number of at most 1, got 1.5 [range]",
    ],
    [
      { validation_accuracy: -0.5 },
      "validation_accuracy: expected a number of at least 0, got -0.5 [range]",
    ],
    [
      { validation_accuracy: "NaN" },
      "validation_accuracy: expected a finite number, got NaN [float.not_finite]",
    ],
    [{ source_subsystem: "Tolaria" }, `source_subsystem: ${name}, got "Tolaria" [format]`],
    [{ source_subsystem: "_tolaria" }, `source_subsystem: ${name}, got "_tolaria" [format]`],
    [{ source_subsystem: "1st" }, `source_subsystem: ${name}, got "1st" [format]`],
    [{ source_subsystem: "tolaria\n" }, `source_subsystem: ${name}, got "tolaria\\n" [format]`],
    [{ training_metrics: { "": 1 } }, 'training_metrics[""]: the key must not be empty [length]'],
    [
      { seed_states: [seed, { seed_id: "seed-2" }, seed] },
      "seed_states[2].seed_id: repeats an earlier item [rule]",
    ],
    [
      { seed_states: [seed, { seed_id: "" }] },
      'seed_states[1].seed_id: expected a non-empty string, got "" [length]',
    ],
    [
      { seed_states: [{ ...seed, metrics: { "": 0.5 } }] },
      'seed_states[0].metrics[""]: the key must not be empty [length]',
    ],
    [
      { hardware_context: { ...device, available_memory_gb: 81 } },
      "hardware_context.available_memory_gb: must be at most total_memory_gb [rule]",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(SystemStatePacket, { ...packet, ...fields })).toBe(text);
  });

  it.each([
    ["the least that a packet has", {}],
    ["the best accuracy", { validation_accuracy: 1 }],
    ["a run that diverged", { validation_loss: "NaN", training_loss: "Infinity" }],
    ["a metric below all numbers", { training_metrics: { loss: "-Infinity" } }],
    ["a subsystem of one letter", { source_subsystem: "a" }],
    ["a subsystem with digits", { source_subsystem: "elesh_13" }],
    ["a blank key of a metric", { training_metrics: { " ": 1 } }],
    ["the largest integers", { current_epoch: 4294967295, global_step: "18446744073709551615" }],
  ])("may hold %s", (_, fields) => {
    expect(through(SystemStatePacket, { ...packet, ...fields })).toEqual({ ...packet, ...fields });
  });

  it("may hold 100 seeds, and no more", () => {
    const seeds = (length: number) => ({
      ...packet,
      seed_states: Array.from({ length }, (_, index) => ({ seed_id: `s${index}` })),
    });
    expect(through(SystemStatePacket, seeds(100))).toEqual(seeds(100));
    expect(refusal(SystemStatePacket, seeds(101))).toBe(
      "seed_states: expected at most 100 items, got an array of 101 [length]",
    );
  });

  it.each([
    [{}, "version: this key is required [required] (and 1 more issue)"],
    [{ packet_id: "p" }, "version: this key is required [required]"],
    [{ version: 1 }, "packet_id: this key is required [required]"],
    [{ version: 1, packet_id: null }, "packet_id: expected a string, got null [type]"],
    [{ version: null, packet_id: "p" }, "version: expected an integer, got null [type]"],
    [{ ...packet, seeds: [] }, "seeds: the message has no such key [unknown_key]"],
    [{ ...packet, seed_states: [{}] }, "seed_states[0].seed_id: this key is required [required]"],
    [
      { ...packet, hardware_context: {} },
      "hardware_context.device_type: this key is required [required] (and 1 more issue)",
    ],
  ])("is not read from %j", (fields, text) => {
    expect(misread(fields)).toBe(start + text);
  });

  it("starts with version 1, unless another is given", () => {
    expect(SystemStatePacket.create({ packetId: "p" })).toEqual(
      create(SystemStatePacketSchema, { version: 1, packetId: "p" }),
    );
    expect(SystemStatePacket.create({ version: 2 }).version).toBe(2);
  });

  it("has typed JSON keys", () => {
    type Float = number | "NaN" | "Infinity" | "-Infinity";
    expectTypeOf<SystemStatePacketJson>().toEqualTypeOf<{
      version: number;
      packet_id: string;
      current_epoch?: number;
      validation_accuracy?: Float;
      validation_loss?: Float;
      timestamp_ns?: string;
      hardware_context?: HardwareContextJson;
      training_metrics?: { [key: string]: Float };
      seed_states?: SeedStateJson[];
      global_step?: string;
      training_loss?: Float;
      source_subsystem?: string;
      training_run_id?: string;
      experiment_name?: string;
    }>();
    expectTypeOf<SeedStateJson>().toEqualTypeOf<{
      seed_id: string;
      stage?: keyof typeof SeedLifecycleStage;
      gradient_norm?: Float;
      learning_rate?: Float;
      layer_depth?: number;
      metrics?: { [key: string]: Float };
      age_epochs?: number;
      risk_score?: Float;
    }>();
    expectTypeOf<HardwareContextJson>().toEqualTypeOf<{
      device_type: string;
      device_id: string;
      total_memory_gb?: Float;
      available_memory_gb?: Float;
      temperature_celsius?: Float;
      utilization_percent?: Float;
      compute_capability?: number;
    }>();
  });
});

describe("a HardwareContext", () => {
  it.each([
    [{ device_type: "" }, `device_type: ${kind}, got "" [format]`],
    [{ device_type: "Cuda" }, `device_type: ${kind}, got "Cuda" [format]`],
    [{ device_type: "cudA" }, `device_type: ${kind}, got "cudA" [format]`],
    [{ device_id: "" }, 'device_id: expected a non-empty string, got "" [length]'],
    [{ total_memory_gb: -1 }, "total_memory_gb: expected a number of at least 0, got -1 [range]"],
    [
      { total_memory_gb: "Infinity" },
      "total_memory_gb: expected a finite number, got Infinity [float.not_finite]",
    ],
    [
      { available_memory_gb: -0.25 },
      "available_memory_gb: expected a number of at least 0, got -0.25 [range]",
    ],
    [{ available_memory_gb: 80.5 }, "available_memory_gb: must be at most total_memory_gb [rule]"],
    [
      { temperature_celsius: "-Infinity" },
      "temperature_celsius: expected a finite number, got -Infinity [float.not_finite]",
    ],
    [
      { utilization_percent: 100.5 },
      "utilization_percent: expected a number of at most 100, got 100.5 [range]",
    ],
    [
      { utilization_percent: -0.5 },
      "utilization_percent: expected a number of at least 0, got -0.5 [range]",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(HardwareContext, { ...device, ...fields })).toBe(text);
  });

  it.each([
    {},
    { device_type: "tpu v4" },
    { available_memory_gb: 80 },
    { temperature_celsius: -273.15 },
    { utilization_percent: 100 },
    { total_memory_gb: 0.5, available_memory_gb: 0.25 },
  ])("may hold %j", (fields) => {
    expect(through(HardwareContext, { ...device, ...fields })).toEqual({ ...device, ...fields });
  });

  it("is checked by the float32 values that its bytes have", () => {
    const message = HardwareContext.create({ deviceType: "cpu", deviceId: "0" });
    const full = { ...message, totalMemoryGb: 0.1, availableMemoryGb: Math.fround(0.1) };
    expect(HardwareContext.check(full)).toBe(full);
    // 1e-46 is 0 in single precision, so the total is not known.
    const unknown = { ...message, totalMemoryGb: 1e-46, availableMemoryGb: 1 };
    expect(HardwareContext.check(unknown)).toBe(unknown);
  });
});

describe("a packet of the real trainer", () => {
  const packetOf = (hardware: string): string =>
    `{"version":1,"current_epoch":3,"validation_accuracy":0.5,"timestamp_ns":"1737198245123456789","hardware_context":${hardware},"seed_states":[{"seed_id":"seed-1","stage":"SEED_STAGE_TRAINING"}],"packet_id":"p-1","source_subsystem":"tolaria"}`;

  it.each([
    ["of a run on a CPU", '{"device_type":"cpu","device_id":"cpu"}'],
    ["before the first measurement", '{"device_type":"cuda","device_id":"cuda:0"}'],
    [
      "after a CUDA error, with what was measured before",
      '{"device_type":"cuda","device_id":"0","available_memory_gb":12.5,"compute_capability":90}',
    ],
  ])("%s has no total memory, and is carried as it is", (_, hardware) => {
    const text = packetOf(hardware);
    const message = SystemStatePacket.fromJsonText(text);
    expect(message.hardwareContext?.totalMemoryGb).toBe(0);
    expect(SystemStatePacket.toJsonText(message)).toBe(text);
    expect(SystemStatePacket.decode(SystemStatePacket.encode(message))).toEqual(message);
    const zero = packetOf(hardware.replace("}", ',"total_memory_gb":0}'));
    expect(SystemStatePacket.fromJsonText(zero)).toEqual(message);
    const reader = createFrameReader();
    const back = createFrameWriter()
      .write(message)
      .map((bytes) => reader.read(bytes));
    expect(back.at(-1)).toEqual(message);
  });
});

describe("a SeedState", () => {
  it.each([
    [{ seed_id: "" }, 'seed_id: expected a non-empty string, got "" [length]'],
    [{ gradient_norm: -0.5 }, "gradient_norm: must not be negative [range]"],
    [{ gradient_norm: "-Infinity" }, "gradient_norm: must not be negative [range]"],
    [{ learning_rate: -1 }, "learning_rate: expected a number of at least 0, got -1 [range]"],
    [
      { learning_rate: "NaN" },
      "learning_rate: expected a finite number, got NaN [float.not_finite]",
    ],
    [{ metrics: { "": 1 } }, 'metrics[""]: the key must not be empty [length]'],
    [{ risk_score: 1.25 }, "risk_score: expected a number of at most 1, got 1.25 [range]"],
    [{ risk_score: -1 }, "risk_score: expected a number of at least 0, got -1 [range]"],
    [
      { learning_rate: -1, risk_score: 2 },
      "learning_rate: expected a number of at least 0, got -1 [range] (and 1 more issue)",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(SeedState, { ...seed, ...fields })).toBe(text);
  });

  it.each([
    { gradient_norm: "Infinity" },
    { gradient_norm: "NaN" },
    { risk_score: 1 },
    { metrics: { alpha: "NaN", "kasmina.apply_ms": -1.5 } },
    { stage: "SEED_STAGE_TERMINATED", layer_depth: 4294967295, age_epochs: 1 },
  ])("may hold %j", (fields) => {
    expect(through(SeedState, { ...seed, ...fields })).toEqual({ ...seed, ...fields });
  });
});

describe("the budget of a SystemStatePacket", () => {
  const ten = SystemStatePacket.fromJson(
    examples.find(({ name }) => name === "SystemStatePacket, 10 seeds, 5 metrics")?.json,
  );

  it("is the document's", () => {
    expect(SystemStatePacket.budget).toEqual({ maxBytes: 280, encodeMicros: 80 });
  });

  it("refuses a packet of ten seeds, and says where its bytes are", () => {
    const result = SystemStatePacket.safeEncode(ten);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.SystemStatePacket: 619 bytes exceed the budget of 280 (seed_states 381, training_metrics 84, hardware_context 38); send encodeParts() or frames, or encode with { budget: false } [budget.size]",
    );
  });

  it("can be disabled for writing, and is never checked on reading", () => {
    const bytes = SystemStatePacket.encode(ten, { budget: false });
    expect(bytes.length).toBe(619);
    expect(SystemStatePacket.decode(bytes)).toEqual(ten);
    expect(SystemStatePacket.check(ten)).toBe(ten);
  });

  it("takes 280 bytes and refuses 281", () => {
    const named = (length: number) =>
      SystemStatePacket.create({ packetId: "p-1", experimentName: "x".repeat(length) });
    expect(SystemStatePacket.encode(named(270)).length).toBe(280);
    const result = SystemStatePacket.safeEncode(named(271));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.SystemStatePacket: 281 bytes exceed the budget of 280 (experiment_name 274, packet_id 5, version 2); send encodeParts() or frames, or encode with { budget: false } [budget.size]",
    );
  });
});

describe("Leyline's JSON", () => {
  const read = (fields: object) => SystemStatePacket.fromJson({ ...packet, ...fields });
  const written = (fields: object): unknown => through(SystemStatePacket, { ...packet, ...fields });

  it("is read in both spellings of a key, and written in one", () => {
    const json = { version: 1, packetId: "p-1", seedStates: [{ seedId: "a", ageEpochs: 3 }] };
    expect(through(SystemStatePacket, json)).toEqual({
      ...packet,
      seed_states: [{ seed_id: "a", age_epochs: 3 }],
    });
    expect(misread({ ...packet, packetId: "p-1" })).toBe(
      `${start}packetId: the same field as packet_id [duplicate_key]`,
    );
    expect(misread({ ...packet, seedStates: [{ seedId: 1 }] })).toBe(
      `${start}seedStates[0].seedId: expected a string, got 1 [type]`,
    );
  });

  it.each([
    ["SEED_STAGE_BLENDING", SeedLifecycleStage.SEED_STAGE_BLENDING, "SEED_STAGE_BLENDING"],
    [4, SeedLifecycleStage.SEED_STAGE_BLENDING, "SEED_STAGE_BLENDING"],
    [12, 12, 12],
    [-2147483648, -2147483648, -2147483648],
    ["SEED_STAGE_UNKNOWN", SeedLifecycleStage.SEED_STAGE_UNKNOWN, undefined],
    [0, SeedLifecycleStage.SEED_STAGE_UNKNOWN, undefined],
    [null, SeedLifecycleStage.SEED_STAGE_UNKNOWN, undefined],
  ])("reads the stage %j as %i and writes %j", (stage, number, name) => {
    expect(SeedState.fromJson({ ...seed, stage }).stage).toBe(number);
    expect(through(SeedState, { ...seed, stage })).toEqual(
      name === undefined ? seed : { ...seed, stage: name },
    );
  });

  it.each(["BLENDING", "seed_stage_blending", "4", 1.5, 2147483648, true])(
    "reads no stage from %j",
    (stage) => {
      expect(withoutHint(misread({ ...seed, stage }, SeedState))).toBe(
        `cannot decode esper.leyline.v1.SeedState from JSON: stage: expected a SeedLifecycleStage name, got ${JSON.stringify(stage)} [enum]`,
      );
    },
  );

  it.each([
    [0.85, 0.8500000238418579, 0.85],
    [0.1 + 0.2, 0.30000001192092896, 0.3],
    [1 / 3, 0.3333333432674408, 0.33333334],
    [16777217, 16777216, 16777216],
    [3.4028234663852886e38, 3.4028234663852886e38, 3.4028234663852886e38],
    ["NaN", Number.NaN, "NaN"],
    ["Infinity", Number.POSITIVE_INFINITY, "Infinity"],
    ["-Infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("rounds the float %j to %d and writes %j", (validation_loss, float, again) => {
    expect(read({ validation_loss }).validationLoss).toBe(float);
    expect(written({ validation_loss })).toEqual({ ...packet, validation_loss: again });
  });

  it.each([
    [1e39, "expected a number that fits a float, got 1e+39 [range]"],
    [Number.NaN, "expected a finite number, got NaN [float.not_finite]"],
    ["nan", 'expected a number, got "nan" [type]'],
    ["+Infinity", 'expected a number, got "+Infinity" [type]'],
  ])("reads no float from %j", (validation_loss, text) => {
    expect(misread({ ...packet, validation_loss })).toBe(`${start}validation_loss: ${text}`);
  });

  it("reads null as unset, but not inside lists and maps", () => {
    const keys = Object.keys(SystemStatePacketSchema.field).map(
      (key) =>
        SystemStatePacketSchema.field[key as keyof typeof SystemStatePacketSchema.field].name,
    );
    const nulls = Object.fromEntries(keys.map((key) => [key, null]));
    expect(read({ ...nulls, ...packet })).toEqual(read({}));
    expect(misread({ ...packet, seed_states: [null] })).toBe(
      `${start}seed_states[0]: expected an object, got null [type]`,
    );
    expect(misread({ ...packet, training_metrics: { loss: null } })).toBe(
      `${start}training_metrics.loss: expected a number, got null [type]`,
    );
  });

  it("is written in the proto's order, without defaults", () => {
    const message = SystemStatePacket.fromJson({
      experimentName: "e",
      packetId: "p-1",
      seedStates: [{ metrics: {}, riskScore: -0, stage: 3, seedId: "a", learningRate: 0.85 }],
      trainingMetrics: { b: "NaN", a: 0.1 },
      hardwareContext: { totalMemoryGb: 80, deviceId: "0", deviceType: "cpu" },
      timestampNs: 12,
      currentEpoch: 0,
      version: 1,
    });
    expect(SystemStatePacket.toJsonText(message)).toBe(
      '{"version":1,"timestamp_ns":"12","hardware_context":{"device_type":"cpu","device_id":"0","total_memory_gb":80},"training_metrics":{"b":"NaN","a":0.1},"seed_states":[{"seed_id":"a","stage":"SEED_STAGE_TRAINING","learning_rate":0.85}],"packet_id":"p-1","experiment_name":"e"}',
    );
  });
});
