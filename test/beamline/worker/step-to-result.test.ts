import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ErrorCode,
  ExecResult,
  fromExecResult,
  Job,
  StepResult,
  StepStatus,
  stepErrorCodes,
  toExecResult,
} from "../../../src/beamline/index.js";
import { refusalOf } from "../../support/refusal.js";

const origin = {
  assignmentId: "a",
  requestId: "r",
  providerId: "openai",
  jobType: "text.generate",
};
const base = {
  version: "1",
  assignment_id: "a",
  request_id: "r",
  provider_id: "openai",
  job: { type: "text.generate" },
  cost: 0,
};
const metadata = { traceId: "t", runId: "r1", flowId: "f", stepId: "s", tenantId: "acme" };

describe("the result of a step", () => {
  it.each([
    [StepStatus.OK, ErrorCode.NONE, { status: "success" }],
    [
      StepStatus.ERROR,
      ErrorCode.HTTP_ERROR,
      { status: "error", error_code: "HTTP_ERROR", error_message: "m" },
    ],
    [StepStatus.TIMEOUT, ErrorCode.CANCELLED_BY_TIMEOUT, { status: "timeout" }],
    [StepStatus.CANCELLED, ErrorCode.CANCELLED_BY_USER, { status: "cancelled" }],
  ])("converts status %i and code %i", (status, errorCode, expected) => {
    const errorMessage = errorCode === ErrorCode.NONE ? "" : "m";
    const step = StepResult.create({ status, errorCode, errorMessage, metadata, latencyMs: 150n });
    expect(ExecResult.toJson(toExecResult(step, origin))).toEqual({
      ...base,
      ...expected,
      latency_ms: 150,
      trace_id: "t",
      run_id: "r1",
      flow_id: "f",
      step_id: "s",
      tenant_id: "acme",
    });
  });

  it("has the cost and time of its origin, and omits what is unknown", () => {
    const step = StepResult.create({ status: StepStatus.OK, outputs: { body: "{}" } });
    const more = { ...origin, cost: 0.5, timestamp: 1706371200000n };
    expect(ExecResult.toJson(toExecResult(step, more))).toEqual({
      ...base,
      status: "success",
      latency_ms: 0,
      cost: 0.5,
      timestamp: 1706371200000,
    });
  });

  it("has a code for errors without a name, and an error for a status without one", () => {
    const strange: number = 9;
    const step = StepResult.create({ status: StepStatus.ERROR, errorCode: strange });
    expect(toExecResult(step, origin).errorCode).toBe("UNKNOWN_ERROR");
    const bare = toExecResult(StepResult.create({ status: strange }), origin);
    expect(bare).toMatchObject({ status: "error", errorCode: "UNKNOWN_ERROR" });
    const named = StepResult.create({ status: strange, errorCode: ErrorCode.HTTP_ERROR });
    expect(toExecResult(named, origin).errorCode).toBe("HTTP_ERROR");
  });

  it("is refused when either side breaks its rules", () => {
    const step = StepResult.create({ status: StepStatus.ERROR });
    expect(refusalOf(() => toExecResult(step, origin)).message).toBe(
      "cannot accept beamline.worker.v1.StepResult: error_code: must not be NONE when status is error [rule]",
    );
    const fine = StepResult.create({ status: StepStatus.OK });
    expect(refusalOf(() => toExecResult(fine, { ...origin, providerId: "" })).message).toBe(
      'cannot accept beamline.worker.v1.ExecResult: provider_id: expected a non-empty string, got "" [length]',
    );
  });

  it.each([
    [
      "error_code: must be NONE when status is ok [rule]",
      { status: StepStatus.OK, errorCode: ErrorCode.HTTP_ERROR },
    ],
    [
      "latency_ms: expected a number of at least 0, got -1 [range]",
      { status: StepStatus.OK, latencyMs: -1n },
    ],
    ["status: expected a StepStatus name, got 0 [range]", { status: StepStatus.UNSPECIFIED }],
  ])("is refused by the invariants of steps: %s", (text, init) => {
    expect(refusalOf(() => toExecResult(StepResult.create(init), origin)).message).toBe(
      `cannot accept beamline.worker.v1.StepResult: ${text}`,
    );
  });

  it("reports an error thrown by its input as a ContractError", () => {
    const hostile = {
      ...origin,
      get jobType(): string {
        throw new RangeError("mine");
      },
    };
    const step = StepResult.create({ status: StepStatus.OK });
    expect(refusalOf(() => toExecResult(step, hostile)).message).toBe(
      "cannot convert beamline.worker.v1.StepResult: reading the value threw an error [input.unreadable]",
    );
  });
});

describe("the step of a result", () => {
  const full = { ...origin, cost: 0.5, timestamp: 1706371200000n };

  it.each([
    [StepStatus.OK, ErrorCode.NONE],
    [StepStatus.ERROR, ErrorCode.QUOTA_EXCEEDED],
    [StepStatus.TIMEOUT, ErrorCode.CANCELLED_BY_TIMEOUT],
    [StepStatus.CANCELLED, ErrorCode.CANCELLED_BY_USER],
  ])("is the one that it was made of: status %i, code %i", (status, errorCode) => {
    const errorMessage = status === StepStatus.ERROR ? "m" : "";
    const step = StepResult.create({ status, errorCode, errorMessage, metadata, latencyMs: 5n });
    expect(fromExecResult(toExecResult(step, full))).toEqual({ step, origin: full });
  });

  it("lacks the fields that a result does not have", () => {
    const step = StepResult.create({
      status: StepStatus.TIMEOUT,
      errorMessage: "m",
      outputs: { body: "{}" },
      retriesUsed: 2,
      metadata,
    });
    const back = fromExecResult(toExecResult(step, full)).step;
    expect(back).toEqual(
      StepResult.create({
        status: StepStatus.TIMEOUT,
        errorCode: ErrorCode.CANCELLED_BY_TIMEOUT,
        metadata,
      }),
    );
  });

  it("converts back to the same result", () => {
    const text = fc.string({ maxLength: 5 });
    const statuses = ["success", "error", "timeout", "cancelled"] as const;
    const names = Object.values(stepErrorCodes)
      .map(({ name }) => name)
      .filter((name) => name !== "NONE");
    const results = fc
      .record({
        assignmentId: fc.string({ minLength: 1, maxLength: 5 }),
        requestId: text,
        status: fc.constantFrom(...statuses),
        providerId: fc.constant("p"),
        type: fc.constantFrom("chat", "embedding"),
        latencyMs: fc.bigInt({ min: 0n, max: 10_000n }),
        cost: fc.double({ min: 0, max: 9, noNaN: true }),
        timestamp: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
        code: fc.constantFrom(...names),
        message: text,
        traceId: text,
        runId: text,
        flowId: text,
        stepId: text,
        tenantId: text,
      })
      .map(({ type, code, message, ...rest }) =>
        ExecResult.create({
          ...rest,
          job: { type },
          ...(rest.status === "error" ? { errorCode: code, errorMessage: message } : {}),
        }),
      );
    fc.assert(
      fc.property(results, (result) => {
        const { step, origin: from } = fromExecResult(result);
        expect(toExecResult(step, from)).toEqual(result);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  const base = { assignmentId: "a", providerId: "p", job: { type: "chat" } };
  it.each([
    [
      "convert",
      'error_code: expected the name of an error code, got "UNKNOWN_ERROR" [enum]',
      { status: "error", errorCode: "UNKNOWN_ERROR" },
    ],
    [
      "convert",
      'error_code: expected the name of an error code, got "NONE" [enum]',
      { status: "error", errorCode: "NONE" },
    ],
    ["convert", "error_code: required when status is error [required]", { status: "error" }],
    [
      "convert",
      "job.metadata: a step result has no place for it [rule]",
      { status: "success", job: { type: "chat", metadata: { model: "x" } } },
    ],
    [
      "accept",
      'status: expected one of "success", "error", "timeout", "cancelled", got "done" [format]',
      { status: "done" },
    ],
  ])("cannot %s: %s", (verb, text, init) => {
    const result = ExecResult.create({ ...base, ...init });
    expect(refusalOf(() => fromExecResult(result)).message).toBe(
      `cannot ${verb} beamline.worker.v1.ExecResult: ${text}`,
    );
  });

  it("is refused with binary fields that the contract does not know", () => {
    const bytes = ExecResult.encode(ExecResult.create({ ...base, status: "success" }));
    // Field 100, varint 1.
    const outside = ExecResult.decode(Uint8Array.of(...bytes, 0xa0, 0x06, 0x01));
    const inside = ExecResult.create({ ...base, status: "success" });
    const job = Job.decode(Uint8Array.of(0x0a, 1, 0x63, 0xa0, 0x06, 0x01));
    for (const result of [outside, { ...inside, job }]) {
      expect(refusalOf(() => fromExecResult(result)).message).toBe(
        "cannot convert beamline.worker.v1.ExecResult: a step result has no place for binary fields that the contract does not know [json.unknown_fields]",
      );
    }
  });
});
