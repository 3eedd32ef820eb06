import { describe, expect, it } from "vitest";
import { RouteRequest } from "../../src/beamline/index.js";

const strict = { strict: true } as const;

const ids = {
  trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  run_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  flow_id: "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3",
  step_id: "3F2C9A64-7B1E-4D58-9C06-5E8D2A7F41B3",
};
const message = {
  message_id: "m-1",
  tenant_id: "acme_1",
  message_type: "chat",
  payload: "hello",
  idempotency_key: "k-1",
  ...ids,
};

function issuesOf(json: object): readonly string[] {
  const result = RouteRequest.safeFromJson({ message: json }, strict);
  if (result.ok) return [];
  return result.error.issues.map(({ path, rule, message }) => `${path}: ${message} [${rule}]`);
}

function without(...keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(message).filter(([key]) => !keys.includes(key)));
}

describe("strict", () => {
  it("accepts ids that match the recommended patterns", () => {
    expect(issuesOf(message)).toEqual([]);
    expect(issuesOf({ ...message, trace_id: ids.flow_id, run_id: ids.step_id })).toEqual([]);
    expect(issuesOf(without("run_id", "flow_id", "step_id"))).toEqual([]);
  });

  it("refuses other ids, which are accepted by default", () => {
    const plain = {
      ...message,
      tenant_id: "tenant abc",
      trace_id: "trace_abc123",
      run_id: "run_abc123",
      flow_id: "3f2c9a64-7b1e-1d58-9c06-5e8d2a7f41b3",
      step_id: "81ARZ3NDEKTSV4RRFFQ69G5FAV",
    };
    expect(RouteRequest.fromJson({ message: plain }).message?.traceId).toBe("trace_abc123");
    expect(issuesOf(plain)).toEqual([
      'message.tenant_id: expected a tenant id of letters, digits, _ and -, got "tenant abc" [format]',
      'message.trace_id: expected a trace id of 32 hexadecimal digits, or a UUID v4, got "trace_abc123" [format]',
      'message.run_id: expected a UUID v4 or a ULID, got "run_abc123" [format]',
      'message.flow_id: expected a UUID v4 or a ULID, got "3f2c9a64-7b1e-1d58-9c06-5e8d2a7f41b3" [format]',
      'message.step_id: expected a UUID v4 or a ULID, got "81ARZ3NDEKTSV4RRFFQ69G5FAV" [format]',
    ]);
  });

  it("requires the ids that later checkpoints need, and run, flow and step together", () => {
    expect(issuesOf(without("trace_id", "idempotency_key", "flow_id", "step_id"))).toEqual([
      "message.flow_id: required beside run_id (flow_id_required_when_run_id_present) [required]",
      "message.step_id: required beside run_id (step_id_required_when_run_id_present) [required]",
      "message.trace_id: this key is required [required]",
      "message.idempotency_key: this key is required [required]",
    ]);
    expect(issuesOf(without("run_id", "step_id"))).toEqual([
      "message.run_id: required beside flow_id (run_id_required_when_flow_id_present) [required]",
      "message.step_id: required beside flow_id (step_id_required_when_flow_id_present) [required]",
    ]);
    expect(issuesOf(without("run_id", "flow_id"))).toEqual([
      "message.run_id: required beside step_id (run_id_required_when_step_id_present) [required]",
      "message.flow_id: required beside step_id (flow_id_required_when_step_id_present) [required]",
    ]);
  });
});
