import { describe, expect, expectTypeOf, it } from "vitest";
import {
  AssignmentCorrelation,
  AssignmentDecision,
  type AssignmentDecisionJson,
  AssignmentExecutor,
  AssignmentJob,
  AssignmentOptions,
  AssignmentRetry,
  ExecAssignment,
  ExecAssignmentAck,
  type ExecAssignmentAckJson,
  type ExecAssignmentJson,
} from "../../../src/beamline/worker/assignment.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const executor = { provider_id: "openai:gpt-4o", channel: "nats" };
const decision = {
  provider_id: "openai:gpt-4o",
  expected_latency_ms: 850,
  expected_cost: 0.012,
  reason: "best_score",
};
const assignment = {
  version: "1",
  assignment_id: "a1",
  request_id: "r1",
  tenant_id: "acme",
  executor,
  job: { type: "text.generate" },
  decision,
};
const retry = { max_attempts: 2, backoff_ms: 200 };
const ack = { assignment_id: "a1", status: "accepted" };

describe.each([
  {
    contract: ExecAssignment,
    minimal: assignment,
    more: {
      options: { priority: 50 },
      correlation: { trace_id: "t" },
      metadata: { user: { id: [1, null] } },
    },
  },
  { contract: AssignmentExecutor, minimal: executor, more: { endpoint: "host:50051" } },
  {
    contract: AssignmentJob,
    minimal: { type: "text.generate" },
    more: { payload_ref: "s3://bucket/key", payload: { text: "hi" } },
  },
  {
    contract: AssignmentOptions,
    minimal: {},
    more: { priority: 50, deadline_ms: 5000, retry },
  },
  { contract: AssignmentRetry, minimal: {}, more: retry },
  { contract: AssignmentCorrelation, minimal: {}, more: { trace_id: "t" } },
  {
    contract: AssignmentDecision,
    minimal: decision,
    more: { priority: 50, metadata: { weights: [0.5] } },
  },
  {
    contract: ExecAssignmentAck,
    minimal: ack,
    more: {
      message: "queued",
      request_id: "r1",
      trace_id: "t",
      tenant_id: "acme",
      acknowledged_at: 1706371200000,
    },
  },
])("$contract.typeName", ({ contract, minimal, more }) => {
  it.each(Object.keys(minimal))("needs %s", (key) => {
    const rest = Object.entries(minimal).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("needs no other key, and omits unset fields", () => {
    expect(through(contract, minimal)).toEqual(minimal);
  });

  it("keeps every key", () => {
    expect(Object.keys({ ...minimal, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...minimal, ...more })).toEqual({ ...minimal, ...more });
  });
});

describe("the rules of assignments", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = "expected a number of at least 0, got";
  const long = `"${"x".repeat(75)}"... [length]`;

  it.each([
    ['version: expected the contract version "1", got "2" [format]', { version: "2" }],
    ['version: expected the contract version "1", got "" [format]', { version: "" }],
    ['version: expected the contract version "1", got "1\\n" [format]', { version: "1\n" }],
    [`assignment_id: ${empty}`, { assignment_id: "" }],
    [`request_id: ${empty}`, { request_id: "" }],
    [`tenant_id: ${empty}`, { tenant_id: "" }],
    [
      `tenant_id: expected a string of at most 256 characters, got ${long}`,
      { tenant_id: "x".repeat(257) },
    ],
    [
      "executor.provider_id: must be equal to decision.provider_id [rule]",
      { executor: { ...executor, provider_id: "openai" } },
    ],
    [
      'executor.channel: expected one of "nats", "grpc", got "http" [format]',
      { executor: { ...executor, channel: "http" } },
    ],
    [
      "executor.endpoint: this key is required when channel is grpc [required]",
      { executor: { ...executor, channel: "grpc" } },
    ],
    [`job.type: ${empty}`, { job: { type: "" } }],
    [`options.priority: ${below} -1 [range]`, { options: { priority: -1 } }],
    [`options.retry.backoff_ms: ${below} -1 [range]`, { options: { retry: { backoff_ms: -1 } } }],
    [`decision.reason: ${empty}`, { decision: { ...decision, reason: "" } }],
  ])("refuse %s", (text, fields) => {
    expect(refused(ExecAssignment, { ...assignment, ...fields })).toBe(text);
  });

  it.each([
    [`provider_id: ${empty}`, AssignmentExecutor, { ...executor, provider_id: "" }],
    [
      `provider_id: expected a string of at most 128 bytes, got "${"ä".repeat(65)}" [format]`,
      AssignmentExecutor,
      { ...executor, provider_id: "ä".repeat(65) },
    ],
    [`priority: ${below} -1 [range]`, AssignmentOptions, { priority: -1 }],
    [
      "priority: expected a number of at most 100, got 101 [range]",
      AssignmentOptions,
      { priority: 101 },
    ],
    [`deadline_ms: ${below} -1 [range]`, AssignmentOptions, { deadline_ms: -1 }],
    [`max_attempts: ${below} -1 [range]`, AssignmentRetry, { max_attempts: -1 }],
    [`backoff_ms: ${below} -1 [range]`, AssignmentRetry, { backoff_ms: -1 }],
    [`provider_id: ${empty}`, AssignmentDecision, { ...decision, provider_id: "" }],
    [
      `provider_id: expected a string of at most 128 bytes, got "${"ö".repeat(65)}" [format]`,
      AssignmentDecision,
      { ...decision, provider_id: "ö".repeat(65) },
    ],
    [
      `expected_latency_ms: ${below} -1 [range]`,
      AssignmentDecision,
      { ...decision, expected_latency_ms: -1 },
    ],
    [
      "expected_latency_ms: expected a number of at most 3600000, got 3600001 [range]",
      AssignmentDecision,
      { ...decision, expected_latency_ms: 3_600_001 },
    ],
    [
      `expected_cost: ${below} -0.1 [range]`,
      AssignmentDecision,
      { ...decision, expected_cost: -0.1 },
    ],
    [`reason: ${empty}`, AssignmentDecision, { ...decision, reason: "" }],
    [`priority: ${below} -1 [range]`, AssignmentDecision, { ...decision, priority: -1 }],
    [
      "priority: expected a number of at most 100, got 101 [range]",
      AssignmentDecision,
      { ...decision, priority: 101 },
    ],
    [`assignment_id: ${empty}`, ExecAssignmentAck, { ...ack, assignment_id: "" }],
    [
      'status: expected one of "accepted", "rejected", "error", got "ok" [format]',
      ExecAssignmentAck,
      { ...ack, status: "ok" },
    ],
    [
      `tenant_id: expected a string of at most 256 characters, got ${long}`,
      ExecAssignmentAck,
      { ...ack, tenant_id: "x".repeat(257) },
    ],
    [`acknowledged_at: ${below} -1 [range]`, ExecAssignmentAck, { ...ack, acknowledged_at: -1 }],
  ])("refuse %s in a part", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["a tenant of 256 characters", ExecAssignment, { ...assignment, tenant_id: "x".repeat(256) }],
    [
      "empty objects",
      ExecAssignment,
      { ...assignment, options: {}, correlation: {}, metadata: {} },
    ],
    ["an endpoint on nats", AssignmentExecutor, { ...executor, endpoint: "host:1" }],
    ["grpc", AssignmentExecutor, { ...executor, channel: "grpc", endpoint: "host:1" }],
    ["a provider of 128 bytes", AssignmentExecutor, { ...executor, provider_id: "ä".repeat(64) }],
    ["the highest priority", AssignmentOptions, { priority: 100 }],
    ["an hour", AssignmentDecision, { ...decision, expected_latency_ms: 3_600_000 }],
    ["no cost", AssignmentDecision, { ...decision, expected_latency_ms: 0, expected_cost: 0 }],
    ["a rejection", ExecAssignmentAck, { ...ack, status: "rejected", message: "full" }],
    ["an error", ExecAssignmentAck, { ...ack, status: "error" }],
  ])("take %s", (_, contract, json) => {
    expect(through(contract, json)).toEqual(json);
  });

  it.each([[null], [false], [0], [""], ["text"], [[1, { a: null }]], [{ x: { y: [true] } }], [{}]])(
    "take the payload %j of a job",
    (payload) => {
      const job = { type: "t", payload };
      expect(through(AssignmentJob, job)).toEqual(job);
    },
  );

  it.each([
    ["correlation.trace_id", ExecAssignment, { ...assignment, correlation: { trace_id: "" } }],
    ["request_id", ExecAssignmentAck, { ...ack, request_id: "" }],
    ["trace_id", ExecAssignmentAck, { ...ack, trace_id: "" }],
    ["tenant_id", ExecAssignmentAck, { ...ack, tenant_id: "" }],
  ])("refuse an empty %s", (path, contract, json) => {
    expect(refusedAsJson(contract, json)).toBe(
      `cannot decode ${contract.typeName} from JSON: ${path}: ${empty}`,
    );
  });

  it.each([
    ["version: expected a string, got 1 [type]", { version: 1 }],
    ["metadata: expected an object, got an array of 0 [type]", { metadata: [] }],
    ["metadata.at: expected a JSON value, got an object [type]", { metadata: { at: new Date(0) } }],
    ["executor: expected an object, got null [type]", { executor: null }],
    [
      "job.payload[1]: expected a JSON value, got NaN [type]",
      { job: { type: "t", payload: [1, Number.NaN] } },
    ],
  ])("refuse the JSON with %s", (text, fields) => {
    expect(refusedAsJson(ExecAssignment, { ...assignment, ...fields })).toBe(
      `cannot decode beamline.worker.v1.ExecAssignment from JSON: ${text}`,
    );
  });

  it.each([
    ["executor", { executor: undefined }],
    ["job", { job: undefined }],
    ["decision", { decision: undefined }],
  ])("refuse a message without %s", (property, fields) => {
    const message = ExecAssignment.fromJson(assignment);
    const result = ExecAssignment.safeEncode({ ...message, ...fields });
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot encode beamline.worker.v1.ExecAssignment: ${property}: expected an object, got undefined [required]`,
    );
  });

  it("take a payload that is a Value without a kind as null", () => {
    const job = AssignmentJob.create({ type: "t", payload: {} });
    expect(AssignmentJob.decode(AssignmentJob.encode(job))).toEqual(job);
    expect(AssignmentJob.toJson(job)).toEqual({ type: "t", payload: null });
  });

  it("set the version of a new assignment", () => {
    expect(ExecAssignment.create().version).toBe("1");
    expect(ExecAssignment.create({ version: "2" }).version).toBe("2");
  });
});

describe("the reason of an acknowledgement", () => {
  it("is read as message, and written as message", () => {
    const older = { ...ack, status: "rejected", reason: "no such job" };
    expect(ExecAssignmentAck.safeFromJson(older)).toMatchObject({
      ok: true,
      value: { message: "no such job" },
      unknownKeys: [],
    });
    expect(through(ExecAssignmentAck, older)).toEqual({
      ...ack,
      status: "rejected",
      message: "no such job",
    });
  });

  it.each([
    ["the same field as message [duplicate_key]", { reason: "a", message: "a" }],
    ["expected a string, got 5 [type]", { reason: 5 }],
    ["expected a string, got null [type]", { reason: null }],
  ])("is refused: %s", (text, fields) => {
    expect(refusedAsJson(ExecAssignmentAck, { ...ack, ...fields })).toBe(
      `cannot decode beamline.worker.v1.ExecAssignmentAck from JSON: reason: ${text}`,
    );
  });

  it("is read from objects only", () => {
    expect(refusedAsJson(ExecAssignmentAck, null)).toBe(
      "cannot decode beamline.worker.v1.ExecAssignmentAck from JSON: expected an object, got null [type]",
    );
  });

  it("does not hide other unknown keys of older workers", () => {
    expect(ExecAssignmentAck.safeFromJson({ version: "1", ...ack, correlation: {} })).toMatchObject(
      { ok: true, unknownKeys: ["version", "correlation"] },
    );
  });
});

describe("the types of assignments", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<AssignmentDecisionJson["metadata"]>().not.toEqualTypeOf<unknown>();
    expectTypeOf<ExecAssignmentJson["version"]>().toEqualTypeOf<string>();
    expectTypeOf<ExecAssignmentJson["decision"]>().toEqualTypeOf<AssignmentDecisionJson>();
    expectTypeOf<NonNullable<ExecAssignmentJson["options"]>>().toEqualTypeOf<{
      priority?: number;
      deadline_ms?: number;
      retry?: { max_attempts?: number; backoff_ms?: number };
    }>();
    expectTypeOf<ExecAssignmentAckJson>().toEqualTypeOf<{
      assignment_id: string;
      status: string;
      message?: string;
      request_id?: string;
      trace_id?: string;
      tenant_id?: string;
      acknowledged_at?: number;
    }>();
  });
});
