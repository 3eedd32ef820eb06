import { describe, expect, expectTypeOf, it } from "vitest";
import {
  createExecResultContract,
  ExecResult,
  type ExecResultJson,
  Job,
  type JobJson,
} from "../../../src/beamline/worker/result.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const result = {
  status: "success",
  provider_id: "openai",
  job: { type: "text.generate" },
  latency_ms: 850,
  cost: 0.012,
};
const identified = { ...result, assignment_id: "a1" };
const failed = { ...identified, status: "error" };
const start = "cannot decode beamline.worker.v1.ExecResult from JSON:";

describe("a result", () => {
  it.each(Object.keys(result))("needs %s", (key) => {
    const rest = Object.entries(identified).filter(([name]) => name !== key);
    expect(refusedAsJson(ExecResult, Object.fromEntries(rest))).toBe(
      `${start} ${key}: this key is required [required]`,
    );
  });

  it("needs the id of its assignment or of its request", () => {
    expect(refused(ExecResult, result)).toBe(
      "assignment_id: this key or request_id is required [required]",
    );
    expect(through(ExecResult, identified)).toEqual(identified);
    expect(through(ExecResult, { ...result, request_id: "r1" })).toEqual({
      ...result,
      request_id: "r1",
    });
  });

  it("keeps every key", () => {
    const full = {
      ...failed,
      request_id: "r1",
      trace_id: "t",
      tenant_id: "acme",
      timestamp: 1706371200000,
      error_code: "INVALID_INPUT",
      error_message: "no text",
      version: "1",
      run_id: "r",
      flow_id: "f",
      step_id: "s",
    };
    expect(Object.keys(full)).toHaveLength(ExecResult.schema.fields.length);
    expect(through(ExecResult, full)).toEqual(full);
  });

  it("writes a free and instant result with its zeros", () => {
    const free = { ...identified, latency_ms: 0, cost: 0 };
    expect(through(ExecResult, free)).toEqual(free);
  });

  it.each(["error", "timeout", "cancelled"])("may have the status %s", (status) => {
    expect(through(ExecResult, { ...identified, status })).toEqual({ ...identified, status });
  });

  it.each([
    [
      'status: expected one of "success", "error", "timeout", "cancelled", got "canceled" [format]',
      { status: "canceled" },
    ],
    [
      'status: expected one of "success", "error", "timeout", "cancelled", got "" [format]',
      { status: "" },
    ],
    ['provider_id: expected a non-empty string, got "" [length]', { provider_id: "" }],
    ['job.type: expected a non-empty string, got "" [length]', { job: { type: "" } }],
    ["latency_ms: expected a number of at least 0, got -1 [range]", { latency_ms: -1 }],
    ["cost: expected a number of at least 0, got -0.5 [range]", { cost: -0.5 }],
    ["timestamp: expected a number of at least 0, got -1 [range]", { timestamp: -1 }],
    [
      `tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      { tenant_id: "x".repeat(257) },
    ],
    ['version: expected the contract version "1", got "2" [format]', { version: "2" }],
    ["error_code: must be absent unless status is error [rule]", { error_code: "E" }],
    ["error_message: must be absent unless status is error [rule]", { error_message: "e" }],
    [
      "error_code: must be absent unless status is error [rule]",
      { status: "timeout", error_code: "E" },
    ],
    [
      "error_message: must be absent unless status is error [rule]",
      { status: "cancelled", error_message: "e" },
    ],
  ])("refuses %s", (text, fields) => {
    expect(refused(ExecResult, { ...identified, ...fields })).toBe(text);
  });

  it("takes an error without code and message, and with either", () => {
    for (const fields of [{}, { error_code: "E" }, { error_message: "e" }]) {
      expect(through(ExecResult, { ...failed, ...fields })).toEqual({ ...failed, ...fields });
    }
  });

  it("takes a tenant of 256 characters", () => {
    const json = { ...identified, tenant_id: "x".repeat(256) };
    expect(through(ExecResult, json)).toEqual(json);
  });

  it.each([
    "assignment_id",
    "request_id",
    "trace_id",
    "tenant_id",
    "version",
    "run_id",
    "flow_id",
    "step_id",
  ])("refuses an empty %s", (key) => {
    const json = { ...identified, request_id: "r1", [key]: "" };
    expect(refusedAsJson(ExecResult, json)).toBe(
      `${start} ${key}: expected a non-empty string, got "" [length]`,
    );
  });

  it("refuses null for each of its two ids", () => {
    expect(refusedAsJson(ExecResult, { ...identified, request_id: null })).toBe(
      `${start} request_id: expected a string, got null [type]`,
    );
  });

  it("refuses a message without a job", () => {
    const { job: _, ...rest } = ExecResult.fromJson(identified);
    const encoded = ExecResult.safeCheck({ ...rest, job: undefined });
    expect(encoded.ok ? "" : encoded.error.message).toBe(
      "cannot accept beamline.worker.v1.ExecResult: job: expected an object, got undefined [required]",
    );
  });

  it("has version 1 when it is made here, and none when its sender gives none", () => {
    expect(ExecResult.create().version).toBe("1");
    expect(ExecResult.fromJson(identified).version).toBe("");
  });
});

describe("a result of an older or a C++ worker", () => {
  const Lenient = createExecResultContract({ textValues: true, canceled: true });
  /** The JSON of the C++ worker, whose converter writes every value as a string. */
  const texts = {
    version: "1",
    assignment_id: "a1",
    request_id: "r1",
    status: "success",
    provider_id: "openai",
    job: '{"type":"text.generate"}',
    latency_ms: "150",
    cost: "0.0",
    trace_id: "t",
    run_id: "r",
    tenant_id: "acme",
  };

  it("is read with its numbers and its job as text, and written as any result", () => {
    expect(through(Lenient, texts)).toEqual({
      ...texts,
      job: { type: "text.generate" },
      latency_ms: 150,
      cost: 0,
    });
    expect(through(Lenient, { ...texts, cost: "0.012", timestamp: "1706371200000" })).toMatchObject(
      { cost: 0.012, timestamp: 1706371200000 },
    );
    expect(through(Lenient, failed)).toEqual(failed);
  });

  it("is read with status canceled, and written with cancelled", () => {
    expect(through(Lenient, { ...identified, status: "canceled" })).toEqual({
      ...identified,
      status: "cancelled",
    });
  });

  it("needs an option for text values and another for canceled", () => {
    expect(refusedAsJson(ExecResult, texts)).toBe(
      `${start} job: expected an object, got "{\\"type\\":\\"text.generate\\"}" [type] (and 2 more issues)`,
    );
    expect(refusedAsJson(createExecResultContract({ canceled: true }), texts)).toBe(
      refusedAsJson(ExecResult, texts),
    );
    expect(
      refusedAsJson(createExecResultContract({ textValues: true }), {
        ...texts,
        status: "canceled",
      }),
    ).toBe(
      `${start} status: expected one of "success", "error", "timeout", "cancelled", got "canceled" [format]`,
    );
  });

  it.each([
    ['latency_ms: expected an integer, got "150 ms" [type]', { latency_ms: "150 ms" }],
    ['latency_ms: expected an integer, got "" [type]', { latency_ms: "" }],
    ["latency_ms: expected an integer, got 1.5 [type]", { latency_ms: "1.5" }],
    [
      "latency_ms: expected an integer within ±(2^53 - 1), got 9007199254740992 [int64.unsafe]",
      { latency_ms: "9007199254740993" },
    ],
    ['cost: expected a number, got "NaN" [type]', { cost: "NaN" }],
    ['cost: expected a number, got "0x1F" [type]', { cost: "0x1F" }],
    ['job: expected an object, got "text.generate" [type]', { job: "text.generate" }],
    ["job: expected an object, got 5 [type]", { job: "5" }],
    ["job.type: this key is required [required]", { job: "{}" }],
  ])("is refused: %s", (text, fields) => {
    expect(refusedAsJson(Lenient, { ...texts, ...fields })).toBe(`${start} ${text}`);
  });

  it("keeps the rules of every result", () => {
    expect(refusedAsJson(Lenient, { ...texts, error_code: "NONE" })).toBe(
      `${start} error_code: must be absent unless status is error [rule]`,
    );
    expect(refusedAsJson(Lenient, null)).toBe(`${start} expected an object, got null [type]`);
  });
});

describe("a job", () => {
  it("has a type, and labels that are text", () => {
    expect(through(Job, { type: "t", metadata: { a: "b" } })).toEqual({
      type: "t",
      metadata: { a: "b" },
    });
    expect(through(Job, { type: "t" })).toEqual({ type: "t" });
    expect(refused(Job, { type: "" })).toBe('type: expected a non-empty string, got "" [length]');
    expect(refusedAsJson(Job, {})).toBe(
      "cannot decode beamline.worker.v1.Job from JSON: type: this key is required [required]",
    );
    expect(refusedAsJson(Job, { type: "t", metadata: { a: 1 } })).toBe(
      "cannot decode beamline.worker.v1.Job from JSON: metadata.a: expected a string, got 1 [type]",
    );
  });
});

describe("the types of results", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<JobJson>().toEqualTypeOf<{
      type: string;
      metadata?: { [key: string]: string };
    }>();
    expectTypeOf<ExecResultJson>().toEqualTypeOf<{
      status: string;
      provider_id: string;
      job: JobJson;
      latency_ms: number;
      cost: number;
      assignment_id?: string;
      request_id?: string;
      trace_id?: string;
      tenant_id?: string;
      timestamp?: number;
      error_code?: string;
      error_message?: string;
      version?: string;
      run_id?: string;
      flow_id?: string;
      step_id?: string;
    }>();
  });
});
