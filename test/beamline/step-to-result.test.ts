import { describe, expect, it } from "vitest";
import {
  ErrorCode,
  ExecResult,
  StepResult,
  StepStatus,
  toExecResult,
} from "../../src/beamline/index.js";
import { refusalOf } from "../support/refusal.js";

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
  ])("has the words for status %i and code %i", (status, errorCode, words) => {
    const errorMessage = errorCode === ErrorCode.NONE ? "" : "m";
    const step = StepResult.create({ status, errorCode, errorMessage, metadata, latencyMs: 150n });
    expect(ExecResult.toJson(toExecResult(step, origin))).toEqual({
      ...base,
      ...words,
      latency_ms: 150,
      trace_id: "t",
      run_id: "r1",
      flow_id: "f",
      step_id: "s",
      tenant_id: "acme",
    });
  });

  it("takes cost and time from its origin, and leaves out what nobody knows", () => {
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
    expect(toExecResult(StepResult.create({ status: strange }), origin).status).toBe("error");
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
});
