import { describe, expect, it } from "vitest";
import { examples } from "../../../src/beamline/examples.js";
import {
  ExecAssignment,
  ExecAssignmentAck,
  ExecResult,
  toExecAssignmentAck,
  toResultOrigin,
  toUsageEvent,
  UsageEvent,
} from "../../../src/beamline/index.js";
import { refusalOf } from "../../support/refusal.js";

const json = new Map(examples.map(({ name, json: example }) => [name, example]));
const assignment = ExecAssignment.fromJson(json.get("exec_assignment"));
const result = ExecResult.fromJson(json.get("exec_result"));
const ids = {
  assignment_id: "a1f5b1d2-3c4e-5f6a-7b8c-9d0e1f2a3b4c",
  request_id: "e3b0c442-98fc-1c14-9afb-4c8996fb9242",
};
const now = () => 1_706_371_200_000.7;

describe("the acknowledgement of an assignment", () => {
  it.each(["accepted", "rejected", "error"] as const)("can be %s", (status) => {
    const ack = toExecAssignmentAck(assignment, status, { message: "m", now });
    expect(ExecAssignmentAck.toJson(ack)).toEqual({
      assignment_id: ids.assignment_id,
      status,
      message: "m",
      request_id: ids.request_id,
      trace_id: "tr-123",
      tenant_id: "acme",
      acknowledged_at: 1_706_371_200_000,
    });
  });

  it("needs no message, trace or clock", () => {
    const { correlation: _, ...untraced } = assignment;
    const before = Date.now();
    const ack = toExecAssignmentAck(ExecAssignment.create(untraced), "accepted");
    expect(ack).toMatchObject({ message: "", traceId: "" });
    expect(Number(ack.acknowledgedAt)).toBeGreaterThanOrEqual(before);
  });

  it.each([
    [
      'accept beamline.worker.v1.ExecAssignmentAck: status: expected one of "accepted", "rejected", "error", got "maybe" [format]',
      () => toExecAssignmentAck(assignment, JSON.parse('"maybe"')),
    ],
    [
      'accept beamline.worker.v1.ExecAssignment: version: expected the contract version "1", got "2" [format]',
      () => toExecAssignmentAck({ ...assignment, version: "2" }, "accepted"),
    ],
    [
      "convert beamline.worker.v1.ExecAssignmentAck: now: expected a clock that gives milliseconds since 1970, got NaN [config]",
      () => toExecAssignmentAck(assignment, "accepted", { now: () => Number.NaN }),
    ],
    [
      "convert beamline.worker.v1.ExecAssignmentAck: now: expected a clock that gives milliseconds since 1970, got -1 [config]",
      () => toExecAssignmentAck(assignment, "accepted", { now: () => -1 }),
    ],
    [
      'convert beamline.worker.v1.ExecAssignmentAck: now: expected a clock that gives milliseconds since 1970, got "5" [config]',
      () => toExecAssignmentAck(assignment, "accepted", { now: () => JSON.parse('"5"') }),
    ],
    [
      "configure beamline.worker.v1.ExecAssignmentAck: now: expected a function, got 5 [config]",
      () => toExecAssignmentAck(assignment, "accepted", { now: JSON.parse("5") }),
    ],
    [
      "convert beamline.worker.v1.ExecAssignmentAck: now: the function threw an error [config]",
      () =>
        toExecAssignmentAck(assignment, "accepted", {
          now: () => {
            throw new RangeError("mine");
          },
        }),
    ],
  ])("cannot %s", (text, work) => {
    expect(refusalOf(work).message).toBe(`cannot ${text}`);
  });
});

describe("the origin of a result", () => {
  const origin = {
    assignmentId: ids.assignment_id,
    requestId: ids.request_id,
    providerId: "openai:gpt-4o",
    jobType: "text.generate",
  };

  it("has the ids of the assignment, the cost and the time", () => {
    expect(toResultOrigin(assignment, { cost: 0.012, now })).toEqual({
      ...origin,
      cost: 0.012,
      timestamp: 1_706_371_200_000n,
    });
    expect(toResultOrigin(assignment)).toMatchObject({ ...origin, cost: 0 });
  });

  it("reports an error thrown by its input as a ContractError", () => {
    expect(refusalOf(() => toResultOrigin(assignment, JSON.parse("null"))).code).toBe("config");
  });
});

describe("the usage event of a result", () => {
  it("has the fields of the result", () => {
    expect(UsageEvent.toJson(toUsageEvent(result, { now }))).toEqual({
      ...ids,
      version: "1",
      tenant_id: "acme",
      provider_id: "openai:gpt-4o",
      event_type: "text.generate",
      latency_ms: 850,
      cost: 0.012,
      status: "success",
      trace_id: "tr-123",
      timestamp: 1_706_371_200_000,
    });
  });

  it("has the current time by default", () => {
    const before = Date.now();
    expect(Number(toUsageEvent(result).timestamp)).toBeGreaterThanOrEqual(before);
  });
});
