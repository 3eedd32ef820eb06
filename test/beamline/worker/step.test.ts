import { describe, expect, expectTypeOf, it } from "vitest";
import { ErrorCode, ErrorCodeSchema, StepStatus } from "../../../src/beamline/index.js";
import {
  ResultMetadata,
  type ResultMetadataJson,
  StepResult,
  type StepResultJson,
} from "../../../src/beamline/worker/step.js";
import { refused, refusedAsJson, through, withoutHint } from "../../support/all-methods.js";

const ids = { trace_id: "t", run_id: "r", flow_id: "f", step_id: "s", tenant_id: "acme" };

describe.each([
  {
    contract: StepResult,
    minimal: { status: "error", error_code: "INVALID_INPUT" },
    more: {
      outputs: { text: "hi" },
      error_message: "no text",
      metadata: ids,
      latency_ms: 4,
      retries_used: 1,
    },
  },
  { contract: ResultMetadata, minimal: {}, more: ids },
])("$contract.typeName", ({ contract, minimal, more }) => {
  it("writes what is set, and nothing else", () => {
    expect(Object.keys({ ...minimal, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...minimal, ...more })).toEqual({ ...minimal, ...more });
    expect(through(contract, minimal)).toEqual(minimal);
  });
});

describe("a step result", () => {
  const start = "cannot decode beamline.worker.v1.StepResult from JSON:";

  it("needs only its status", () => {
    expect(through(StepResult, { status: "ok" })).toEqual({ status: "ok" });
    expect(refusedAsJson(StepResult, {})).toBe(`${start} status: this key is required [required]`);
  });

  it.each([
    ["ok", StepStatus.OK],
    ["error", StepStatus.ERROR],
    ["timeout", StepStatus.TIMEOUT],
    ["cancelled", StepStatus.CANCELLED],
  ])("has the status %s", (status, number) => {
    const json = { status, ...(status === "error" ? { error_code: "INTERNAL_ERROR" } : {}) };
    expect(StepResult.fromJson(json).status).toBe(number);
    expect(through(StepResult, json)).toEqual(json);
  });

  it("has an error code by every name of the list", () => {
    for (const { name, number } of ErrorCodeSchema.values) {
      const code = name.replace("ERROR_CODE_", "");
      const json = { status: number === ErrorCode.NONE ? "ok" : "error", error_code: code };
      expect(StepResult.fromJson(json).errorCode, code).toBe(number);
      const written = number === ErrorCode.NONE ? { status: "ok" } : json;
      expect(through(StepResult, json), code).toEqual(written);
    }
  });

  it("reads NONE and omits it", () => {
    expect(through(StepResult, { status: "ok", error_code: "NONE" })).toEqual({ status: "ok" });
  });

  it.each([
    [
      "error_code: must be NONE when status is ok [rule]",
      { status: "ok", error_code: "INVALID_INPUT" },
    ],
    ["error_code: must not be NONE when status is error [rule]", { status: "error" }],
    [
      "latency_ms: expected a number of at least 0, got -1 [range]",
      { status: "ok", latency_ms: -1 },
    ],
    [
      "retries_used: expected a number of at least 0, got -1 [range]",
      { status: "ok", retries_used: -1 },
    ],
    [
      `metadata.tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      { status: "ok", metadata: { tenant_id: "x".repeat(257) } },
    ],
  ])("refuses %s", (text, json) => {
    expect(refused(StepResult, json)).toBe(text);
  });

  it.each([
    ["a timeout without a code", { status: "timeout" }],
    ["a timeout with its code", { status: "timeout", error_code: "CANCELLED_BY_TIMEOUT" }],
    ["a cancelled step with its code", { status: "cancelled", error_code: "CANCELLED_BY_USER" }],
    ["an ok step with a message", { status: "ok", error_message: "retried once" }],
    ["a tenant of 256 characters", { status: "ok", metadata: { tenant_id: "x".repeat(256) } }],
  ])("takes %s", (_, json) => {
    expect(through(StepResult, json)).toEqual(json);
  });

  it.each([
    ["status", "unspecified", "a StepStatus"],
    ["status", "OK", "a StepStatus"],
    ["status", 1, "a StepStatus"],
    ["error_code", "invalid_input", "an ErrorCode"],
    ["error_code", "ERROR_CODE_INVALID_INPUT", "an ErrorCode"],
  ])("has no %s %j", (key, value, name) => {
    expect(withoutHint(refusedAsJson(StepResult, { status: "timeout", [key]: value }))).toBe(
      `${start} ${key}: expected ${name} name, got ${JSON.stringify(value)} [enum]`,
    );
  });

  it.each(Object.keys(ids))("refuses an empty %s", (key) => {
    expect(refusedAsJson(StepResult, { status: "ok", metadata: { [key]: "" } })).toBe(
      `${start} metadata.${key}: expected a non-empty string, got "" [length]`,
    );
  });

  it("has a status in every message too", () => {
    const result = StepResult.safeEncode(StepResult.create());
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode beamline.worker.v1.StepResult: status: expected a StepStatus name, got 0 [range]",
    );
  });

  it("keeps numbers without a name in binary, and cannot write them as JSON", () => {
    const strange: number = 99;
    const message = StepResult.create({ status: strange, errorCode: strange });
    expect(StepResult.decode(StepResult.encode(message))).toEqual(message);
    const result = StepResult.safeToJson(message);
    expect(result.ok ? "" : result.error.issues.map(({ message: text }) => text)).toEqual([
      "expected a number that StepStatus has a name for, got 99",
      "expected a number that ErrorCode has a name for, got 99",
    ]);
  });
});

describe("the types of steps", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<StepResultJson["status"]>().toEqualTypeOf<
      "ok" | "error" | "timeout" | "cancelled"
    >();
    expectTypeOf<"INVALID_INPUT">().toExtend<NonNullable<StepResultJson["error_code"]>>();
    expectTypeOf<"invalid_input">().not.toExtend<NonNullable<StepResultJson["error_code"]>>();
    expectTypeOf<NonNullable<StepResultJson["metadata"]>>().toEqualTypeOf<ResultMetadataJson>();
    expectTypeOf<ResultMetadataJson>().toEqualTypeOf<{
      trace_id?: string;
      run_id?: string;
      flow_id?: string;
      step_id?: string;
      tenant_id?: string;
    }>();
  });
});
