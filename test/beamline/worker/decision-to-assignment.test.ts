import { describe, expect, it } from "vitest";
import { examples } from "../../../src/beamline/examples.js";
import {
  assignmentDeadlineOf,
  assignmentDefaults,
  assignmentSubjectOf,
  ExecAssignment,
  RouteDecision,
  RouteRequest,
  toDecideRequest,
  toExecAssignment,
} from "../../../src/beamline/index.js";
import { decision, full, request } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

const routed = RouteDecision.fromJson({ ...decision, metadata: { algorithm: "weighted" } });
const newId = () => "a-1";

describe("the deadline of an assignment", () => {
  it.each([
    [0n, 5_000n],
    [850n, 5_000n],
    [1_000n, 5_000n],
    [1_001n, 5_005n],
    [4_000n, 20_000n],
    [12_000n, 60_000n],
    [12_001n, 60_000n],
    [3_600_000n, 60_000n],
  ])("for %d ms is %d ms", (latency, deadline) => {
    expect(assignmentDeadlineOf(latency)).toBe(deadline);
  });

  it("needs a bigint", () => {
    const foreign: bigint = JSON.parse("5");
    expect(refusalOf(() => assignmentDeadlineOf(foreign)).message).toBe(
      "cannot convert beamline.worker.v1.ExecAssignment: expected_latency_ms: expected a bigint, got 5 [type]",
    );
  });
});

describe("the assignment of a decision", () => {
  it("has the defaults of its document", () => {
    expect(ExecAssignment.toJson(toExecAssignment(request, routed, { newId }))).toEqual({
      version: "1",
      assignment_id: "a-1",
      request_id: "req-1",
      tenant_id: "acme",
      executor: { provider_id: "openai", channel: "nats" },
      job: { type: "chat", payload: "hello" },
      options: {
        priority: 50,
        deadline_ms: 5_000,
        retry: { max_attempts: 2, backoff_ms: 200 },
      },
      correlation: {},
      decision: { ...decision, metadata: { algorithm: "weighted" } },
      metadata: {},
    });
  });

  it("has the fields of its request and the given settings", () => {
    const json = ExecAssignment.toJson(
      toExecAssignment(full, routed, {
        newId,
        channel: "grpc",
        endpoint: "http://caf:50051",
        priority: 7,
        deadlineMs: 1n,
        maxAttempts: 5,
        backoffMs: 10n,
      }),
    );
    expect(json).toMatchObject({
      executor: { provider_id: "openai", channel: "grpc", endpoint: "http://caf:50051" },
      job: { type: "chat", payload_ref: "s3://bucket/key", payload: { text: ["hi", null, 1.5] } },
      options: { priority: 7, deadline_ms: 1, retry: { max_attempts: 5, backoff_ms: 10 } },
      correlation: { trace_id: "t" },
      metadata: { user: "u-42", tags: ["a"] },
    });
  });

  it("has the trace id of the message beside the task", () => {
    const message = { ...full.message, tenant_id: "acme", message_type: "chat", payload: "hello" };
    const traced = { ...request, message: { ...message, trace_id: "t-2" } };
    expect(toExecAssignment(traced, routed).correlation?.traceId).toBe("t-2");
  });

  it("is written as documented", () => {
    const example = examples.find(({ name }) => name === "exec_assignment");
    const json = ExecAssignment.toJson(ExecAssignment.fromJson(example?.json));
    const asked = {
      version: "1",
      request_id: json.request_id,
      tenant_id: "acme",
      trace_id: "tr-123",
      task: { type: "text.generate", payload_ref: "s3://bucket/key" },
      metadata: { user_id: "u-42" },
    };
    const { priority: _, ...rest } = decision;
    const decided = RouteDecision.fromJson({ ...rest, provider_id: "openai:gpt-4o" });
    const settings = { newId: () => json.assignment_id, priority: 50 };
    const made = ExecAssignment.toJson(toExecAssignment(asked, decided, settings));
    expect(made).toEqual({ ...json, decision: { ...json.decision, metadata: {} } });
  });

  it("has a new id each time", () => {
    const [a, b] = [toExecAssignment(request, routed), toExecAssignment(request, routed)];
    expect(a.assignmentId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(a.assignmentId).not.toBe(b.assignmentId);
  });

  it.each([
    [
      "accept beamline.worker.v1.ExecAssignment: decision.expected_latency_ms: expected a number of at most 3600000, got 3600001 [range]",
      () =>
        toExecAssignment(
          request,
          RouteDecision.create({ providerId: "p", reason: "r", expectedLatencyMs: 3_600_001n }),
        ),
    ],
    [
      'accept beamline.flow.v1.RouteDecision: provider_id: expected a non-empty string, got "" [length]',
      () => toExecAssignment(request, RouteDecision.create({ reason: "r" })),
    ],
    [
      'accept beamline.DecideRequest: tenant_id: expected a non-empty string, got "" [length]',
      () => toExecAssignment({ ...request, tenant_id: "" }, routed),
    ],
    [
      "accept beamline.worker.v1.ExecAssignment: executor.endpoint: this key is required when channel is grpc [required]",
      () => toExecAssignment(request, routed, { channel: "grpc" }),
    ],
    [
      'convert beamline.worker.v1.ExecAssignment: newId: expected a source that gives a non-empty string, got "" [config]',
      () => toExecAssignment(request, routed, { newId: () => "" }),
    ],
    [
      "convert beamline.worker.v1.ExecAssignment: newId: the function threw an error [config]",
      () =>
        toExecAssignment(request, routed, {
          newId: () => {
            throw new Error("mine");
          },
        }),
    ],
    [
      "configure beamline.worker.v1.ExecAssignment: expected an object, got null [config]",
      () => toExecAssignment(request, routed, JSON.parse("null")),
    ],
  ])("cannot %s", (text, work) => {
    expect(refusalOf(work).message).toBe(`cannot ${text}`);
  });

  it("of a plain request has the id of the message", () => {
    const message = { messageId: "m-1", tenantId: "acme", messageType: "chat" };
    const payload = new TextEncoder().encode("hello");
    const plain = RouteRequest.create({ message: { ...message, payload } });
    expect(toExecAssignment(toDecideRequest(plain), routed).requestId).toBe("m-1");
  });
});

describe("the subject of an assignment", () => {
  it.each([
    [undefined, {}],
    [undefined, { push_assignment: false, assignment_subject: "a.b" }],
    ["caf.exec.assign.v1", { push_assignment: true }],
    [
      "caf.exec.assign.gpu.v1",
      { push_assignment: true, assignment_subject: "caf.exec.assign.gpu.v1" },
    ],
  ])("is %s", (subject, fields) => {
    expect(assignmentSubjectOf({ ...request, ...fields })).toBe(subject);
  });

  it("is that of the channel", () => {
    expect(assignmentDefaults.subject).toBe("caf.exec.assign.v1");
    expect(Object.isFrozen(assignmentDefaults)).toBe(true);
  });
});
