import { create, type JsonObject } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { AnyContract } from "../../src/contract/contract.js";
import {
  AdaptationCommand,
  type AdaptationCommandJson,
  AdaptationCommandSchema,
  CircuitBreakerState,
  CommandSeedOperation,
  type CommandSeedOperationJson,
  type CommandType,
  contracts,
  EmergencyLevel,
  type ExecutionConstraintsJson,
  PruningOperation,
  PruningPhase,
  SeedOperation,
} from "../../src/leyline/index.js";
import { refusal, through } from "../support/all-methods.js";

const head = { version: 1, command_id: "c-1", issued_at: "2025-01-18T11:04:05.123Z" };

/** A payload for each member of the oneof. */
const payloads = {
  seed_operation: { operation: "SEED_OP_CULL", blueprint_id: "b-1" },
  optimizer_adjustment: { hyperparameters: { lr_delta: -0.5 } },
  circuit_breaker: { desired_state: "CIRCUIT_STATE_OPEN" },
  rollback_payload: { seed_id: "seed-1", steps: [1, null, { deep: true }] },
  structural_pruning: { operation: "PRUNING_OP_APPLY" },
  pause: { pause: true },
  emergency: { level: "EMERGENCY_LEVEL_HALT" },
} as const satisfies Record<string, JsonObject>;
type Member = keyof typeof payloads;
const members = Object.keys(payloads) as Member[];

const types: readonly (readonly [string, Member, "required" | "optional"])[] = [
  ["COMMAND_SEED", "seed_operation", "required"],
  ["COMMAND_ROLLBACK", "rollback_payload", "required"],
  ["COMMAND_OPTIMIZER", "optimizer_adjustment", "required"],
  ["COMMAND_CIRCUIT_BREAKER", "circuit_breaker", "required"],
  ["COMMAND_PAUSE", "pause", "optional"],
  ["COMMAND_EMERGENCY", "emergency", "optional"],
  ["COMMAND_STRUCTURAL_PRUNING", "structural_pruning", "required"],
];

/** A command of this type, with a target where one is required. */
function command(type: string, fields: JsonObject): JsonObject {
  const target = type === "COMMAND_SEED" ? { target_seed_id: "seed-1" } : {};
  return { ...head, command_type: type, ...target, ...fields };
}

/** The contract of this name. */
function contractOf(name: string): AnyContract {
  const contract = contracts.get(`esper.leyline.v1.${name}`);
  if (contract === undefined) throw new Error(`no contract has the name ${name}`);
  return contract;
}

/** The error of reading this JSON. */
function misread(json: unknown, contract: AnyContract = AdaptationCommand): string {
  const result = contract.safeFromJson(json);
  return result.ok ? "nothing was refused" : result.error.message;
}
const start = "cannot decode esper.leyline.v1.AdaptationCommand from JSON: ";

describe.each(types)("a %s", (type, member, need) => {
  it(`carries ${member}`, () => {
    const json = command(type, { [member]: payloads[member] });
    expect(through(AdaptationCommand, json)).toEqual(json);
  });

  it.each(
    members.filter(
      (other) => other !== member && !(type === "COMMAND_PAUSE" && other === "seed_operation"),
    ),
  )("does not carry %s", (other) => {
    expect(refusal(AdaptationCommand, command(type, { [other]: payloads[other] }))).toBe(
      `${other}: must not be set for ${type}, whose payload is ${member} [payload.type]`,
    );
  });

  if (type === "COMMAND_STRUCTURAL_PRUNING") return;
  it(need === "required" ? "is refused without a payload" : "passes without a payload", () => {
    const json = command(type, {});
    if (need === "required") {
      expect(refusal(AdaptationCommand, json)).toBe(
        `${member}: is required for ${type} [required]`,
      );
    } else {
      expect(through(AdaptationCommand, json)).toEqual(json);
    }
  });
});

describe("a command of no known type", () => {
  it.each(members)("carries %s unchecked", (member) => {
    const json = { ...head, [member]: payloads[member] };
    expect(through(AdaptationCommand, { ...json, command_type: "COMMAND_UNKNOWN" })).toEqual(json);
    const newer = { ...json, command_type: 8 };
    expect(through(AdaptationCommand, newer)).toEqual(newer);
  });

  it("passes without a payload", () => {
    expect(through(AdaptationCommand, head)).toEqual(head);
  });
});

describe("an AdaptationCommand", () => {
  const seed = { command_type: "COMMAND_SEED", seed_operation: payloads.seed_operation };

  it.each([
    [{ version: 0 }, "version: expected a number of at least 1, got 0 [range]"],
    [{ version: 2 }, "version: expected a number of at most 1, got 2 [range]"],
    [{ command_id: "" }, 'command_id: expected a non-empty string, got "" [length]'],
    [
      { issued_by: "Tamiyo" },
      'issued_by: expected a lower-case name of letters, digits and _, or an empty string, got "Tamiyo" [format]',
    ],
    [{ annotations: { "": "x" } }, 'annotations[""]: the key must not be empty [length]'],
    [seed, "target_seed_id: is required for COMMAND_SEED [required]"],
    [
      { command_type: "COMMAND_SEED" },
      "target_seed_id: is required for COMMAND_SEED [required] (and 1 more issue)",
    ],
    [
      { seed_operation: { blueprint_id: "" } },
      'seed_operation.blueprint_id: expected a non-empty string, got "" [length]',
    ],
    [
      { seed_operation: { blueprint_id: "b", parameters: { "": 1 } } },
      'seed_operation.parameters[""]: the key must not be empty [length]',
    ],
    [
      { constraints: { required_subsystems: ["oona", "nissa", "oona"] } },
      "constraints.required_subsystems[2]: repeats an earlier item [rule]",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(AdaptationCommand, { ...head, ...fields })).toBe(text);
  });

  it.each([
    {},
    { issued_by: "tamiyo_2" },
    { annotations: { resume: "", "mesh layers": "a,b" } },
    { target_seed_id: "seed-1", execution_deadline_ms: 4294967295 },
    { constraints: {} },
    { rollback_payload: {} },
    { pause: {} },
  ])("may hold %j", (fields) => {
    expect(through(AdaptationCommand, { ...head, ...fields })).toEqual({ ...head, ...fields });
  });

  it.each([
    ["version", "version: this key is required [required]"],
    ["command_id", "command_id: this key is required [required]"],
    ["issued_at", "issued_at: this key is required [required]"],
  ])("is not read without %s", (key, text) => {
    expect(misread({ ...head, [key]: undefined })).toBe(start + text);
  });

  it.each([
    [{ issued_at: null }, "issued_at: expected an RFC 3339 time with a zone, got null [type]"],
    [
      { issued_at: "2025-01-18T11:04:05" },
      'issued_at: expected an RFC 3339 time with a zone, got "2025-01-18T11:04:05" [format]',
    ],
    [
      { command_type: "SEED" },
      'command_type: expected a CommandType name, got "SEED"; did you mean COMMAND_SEED? (one of COMMAND_UNKNOWN, COMMAND_SEED, COMMAND_ROLLBACK, COMMAND_OPTIMIZER, COMMAND_CIRCUIT_BREAKER, COMMAND_PAUSE, COMMAND_EMERGENCY, COMMAND_STRUCTURAL_PRUNING) [enum]',
    ],
    [
      { pause: {}, emergency: {} },
      "emergency: only one key of the oneof payload may be there [duplicate_key]",
    ],
    [{ rollback_payload: [] }, "rollback_payload: expected an object, got an array of 0 [type]"],
    [
      { rollback_payload: { at: Number.NaN } },
      "rollback_payload.at: expected a JSON value, got NaN [type]",
    ],
    [
      { payload: {} },
      "payload: the message has no such key; did you mean rollback_payload? [unknown_key]",
    ],
  ])("is not read from %j", (fields, text) => {
    expect(misread({ ...head, ...fields })).toBe(start + text);
  });

  it("reads a null payload as none", () => {
    const nulls = Object.fromEntries(members.map((member) => [member, null]));
    expect(AdaptationCommand.fromJson({ ...head, ...nulls })).toEqual(
      AdaptationCommand.fromJson(head),
    );
    const pause = { ...head, ...nulls, pause: {} };
    expect(AdaptationCommand.fromJson(pause).payload.case).toBe("pause");
  });

  it("must have a time of issue in a message too", () => {
    const message = AdaptationCommand.create({ commandId: "c-1" });
    const result = AdaptationCommand.safeEncode(message);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.AdaptationCommand: issued_at: expected an object, got undefined [required]",
    );
  });

  it("starts with version 1, unless another is given", () => {
    expect(AdaptationCommand.create({ commandId: "c" })).toEqual(
      create(AdaptationCommandSchema, { version: 1, commandId: "c" }),
    );
    expect(AdaptationCommand.create({ version: 3 }).version).toBe(3);
  });

  it("is always written the same way, however it was read", () => {
    const message = AdaptationCommand.fromJson({
      constraints: { maxLatencyMs: 0, requireConfirmation: true },
      annotations: { z: "1", a: "" },
      seedOperation: { parameters: { alpha: 0.35 }, blueprintId: "b", operation: 8 },
      issuedAt: "2025-01-18T12:04:05.120+01:00",
      targetSeedId: "s",
      commandType: 1,
      commandId: "c",
      version: 1,
    });
    expect(AdaptationCommand.toJsonText(message)).toBe(
      '{"version":1,"command_id":"c","command_type":"COMMAND_SEED","target_seed_id":"s","issued_at":"2025-01-18T11:04:05.120Z","seed_operation":{"operation":"SEED_OP_CULL","blueprint_id":"b","parameters":{"alpha":0.35}},"annotations":{"z":"1","a":""},"constraints":{"require_confirmation":true}}',
    );
  });

  it("takes 280 bytes and refuses 281", () => {
    expect(AdaptationCommand.budget).toEqual({ maxBytes: 280, encodeMicros: 40 });
    const of = (length: number) =>
      AdaptationCommand.fromJson({ ...head, target_seed_id: "x".repeat(length) });
    expect(AdaptationCommand.encode(of(257)).length).toBe(280);
    const result = AdaptationCommand.safeEncode(of(258));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.AdaptationCommand: 281 bytes exceed the budget of 280 (target_seed_id 261, issued_at 13, command_id 5); send encodeParts(), or encode with { budget: false } [budget.size]",
    );
    expect(AdaptationCommand.encode(of(258), { budget: false }).length).toBe(281);
  });

  it("has typed payloads", () => {
    expectTypeOf<AdaptationCommandJson["version"]>().toEqualTypeOf<number>();
    expectTypeOf<AdaptationCommandJson["issued_at"]>().toEqualTypeOf<string>();
    expectTypeOf<AdaptationCommandJson["command_type"]>().toEqualTypeOf<
      keyof typeof CommandType | undefined
    >();
    expectTypeOf<AdaptationCommandJson["annotations"]>().toEqualTypeOf<
      { [key: string]: string } | undefined
    >();
    expectTypeOf<AdaptationCommandJson["seed_operation"]>().toEqualTypeOf<
      CommandSeedOperationJson | undefined
    >();
    expectTypeOf<AdaptationCommandJson["rollback_payload"]>().toEqualTypeOf<
      JsonObject | undefined
    >();
    expectTypeOf<ExecutionConstraintsJson>().toEqualTypeOf<{
      max_latency_ms?: number;
      require_confirmation?: boolean;
      required_subsystems?: string[];
    }>();
  });
});

describe("the payloads of commands", () => {
  it.each([
    [
      "CommandSeedOperation",
      { blueprint_id: "" },
      'blueprint_id: expected a non-empty string, got "" [length]',
    ],
    [
      "CommandSeedOperation",
      { blueprint_id: "b", parameters: { alpha: "NaN" } },
      "parameters.alpha: expected a finite number, got NaN [float.not_finite]",
    ],
    [
      "CommandSeedOperation",
      { blueprint_id: "b", parameters: { "": 0 } },
      'parameters[""]: the key must not be empty [length]',
    ],
    [
      "CommandOptimizerAdjustment",
      { hyperparameters: { lr_delta: "Infinity" } },
      "hyperparameters.lr_delta: expected a finite number, got Infinity [float.not_finite]",
    ],
    [
      "CommandOptimizerAdjustment",
      { hyperparameters: { "": 0 } },
      'hyperparameters[""]: the key must not be empty [length]',
    ],
    [
      "ExecutionConstraints",
      { required_subsystems: ["tolaria", ""] },
      'required_subsystems[1]: expected a lower-case name such as tolaria, got "" [format]',
    ],
    [
      "ExecutionConstraints",
      { required_subsystems: ["Tolaria"] },
      'required_subsystems[0]: expected a lower-case name such as tolaria, got "Tolaria" [format]',
    ],
    [
      "ExecutionConstraints",
      { required_subsystems: ["tolaria-2"] },
      'required_subsystems[0]: expected a lower-case name such as tolaria, got "tolaria-2" [format]',
    ],
    [
      "ExecutionConstraints",
      { required_subsystems: ["urza", "urza"] },
      "required_subsystems[1]: repeats an earlier item [rule]",
    ],
  ])("%s is refused with %j", (name, json, text) => {
    expect(refusal(contractOf(name), json)).toBe(text);
  });

  it("are not read without a blueprint", () => {
    expect(misread({ operation: "SEED_OP_CULL" }, CommandSeedOperation)).toBe(
      "cannot decode esper.leyline.v1.CommandSeedOperation from JSON: blueprint_id: this key is required [required]",
    );
  });

  it.each([
    [
      "CommandSeedOperation",
      {
        operation: "SEED_OP_CANCEL",
        blueprint_id: "b",
        parameters: { least: -3.4028234663852886e38, most: 3.4028234663852886e38 },
      },
      { operation: SeedOperation.SEED_OP_CANCEL },
    ],
    [
      "CommandOptimizerAdjustment",
      { optimizer_id: "adam", hyperparameters: { lr_delta: -0.001 } },
      { optimizerId: "adam" },
    ],
    [
      "CommandCircuitBreaker",
      { desired_state: "CIRCUIT_STATE_HALF_OPEN", rationale: "again" },
      { desiredState: CircuitBreakerState.CIRCUIT_STATE_HALF_OPEN },
    ],
    [
      "CommandStructuralPruning",
      {
        operation: "PRUNING_OP_PHASE_TRANSITION",
        phase: "PRUNING_PHASE_DISABLED",
        checkpoint_id: "k",
        request_id: "r",
      },
      {
        operation: PruningOperation.PRUNING_OP_PHASE_TRANSITION,
        phase: PruningPhase.DISABLED,
      },
    ],
    [
      "CommandPause",
      { pause: true, max_duration_ms: 4294967295, reason: "heat" },
      { pause: true, maxDurationMs: 4294967295 },
    ],
    [
      "CommandEmergency",
      { level: "EMERGENCY_LEVEL_HALT", include_teacher: true, reason: "memory" },
      { level: EmergencyLevel.HALT, includeTeacher: true },
    ],
    [
      "ExecutionConstraints",
      { max_latency_ms: 1, require_confirmation: true, required_subsystems: ["a", "b_2"] },
      { requiredSubsystems: ["a", "b_2"] },
    ],
  ])("%s passes with %j", (name, json, fields) => {
    expect(through(contractOf(name), json)).toEqual(json);
    expect(contractOf(name).fromJson(json)).toMatchObject(fields);
  });
});
