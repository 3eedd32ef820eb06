import { describe, expect, expectTypeOf, it } from "vitest";
import { WorkerStatus } from "../../../src/beamline/index.js";
import {
  WorkerHeartbeat,
  type WorkerHeartbeatJson,
  WorkerResources,
  type WorkerResourcesJson,
} from "../../../src/beamline/worker/heartbeat.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const heartbeat = {
  version: "1",
  worker_id: "caf-01",
  timestamp: "2025-11-10T12:00:00.000Z",
  status: "ready",
};
const resources = { cpu: 0.12, gpu: 0.5, mem_bytes: 134217728, jobs_in_flight: 3 };

describe.each([
  {
    contract: WorkerHeartbeat,
    minimal: heartbeat,
    more: { resources, tenant_id: "acme", metadata: { zone: "a", slots: [1, 2] } },
  },
  { contract: WorkerResources, minimal: {}, more: resources },
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

describe("the rules of heartbeats", () => {
  const start = "cannot decode beamline.worker.v1.WorkerHeartbeat from JSON:";

  it.each([
    ['version: expected the contract version "1", got "1.0" [format]', { version: "1.0" }],
    ['version: expected the contract version "1", got "" [format]', { version: "" }],
    ['worker_id: expected a non-empty string, got "" [length]', { worker_id: "" }],
    [
      `tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      { tenant_id: "x".repeat(257) },
    ],
    [
      "resources.cpu: expected a number of at least 0, got -0.1 [range]",
      { resources: { cpu: -0.1 } },
    ],
    ["resources.gpu: expected a number of at least 0, got -1 [range]", { resources: { gpu: -1 } }],
    [
      "resources.mem_bytes: expected a number of at least 0, got -1 [range]",
      { resources: { mem_bytes: -1 } },
    ],
    [
      "resources.jobs_in_flight: expected a number of at least 0, got -1 [range]",
      { resources: { jobs_in_flight: -1 } },
    ],
  ])("refuse %s", (text, fields) => {
    expect(refused(WorkerHeartbeat, { ...heartbeat, ...fields })).toBe(text);
  });

  it.each([
    ["timestamp: expected an RFC 3339 time with a zone, got 5 [type]", { timestamp: 5 }],
    [
      'timestamp: expected an RFC 3339 time with a zone, got "2025-11-10T12:00:00" [format]',
      { timestamp: "2025-11-10T12:00:00" },
    ],
    [
      'status: expected a WorkerStatus name, got "idle" (one of ready, busy, degraded) [enum]',
      { status: "idle" },
    ],
    [
      'status: expected a WorkerStatus name, got "unspecified" (one of ready, busy, degraded) [enum]',
      { status: "unspecified" },
    ],
    [
      'status: expected a WorkerStatus name, got "READY"; did you mean ready? (one of ready, busy, degraded) [enum]',
      { status: "READY" },
    ],
    ['tenant_id: expected a non-empty string, got "" [length]', { tenant_id: "" }],
    ["metadata: expected an object, got null [type]", { metadata: null }],
    [
      "resources.cpu: expected a finite number, got Infinity [float.not_finite]",
      { resources: { cpu: Number.POSITIVE_INFINITY } },
    ],
  ])("refuse the JSON with %s", (text, fields) => {
    expect(refusedAsJson(WorkerHeartbeat, { ...heartbeat, ...fields })).toBe(`${start} ${text}`);
  });

  it.each([
    ["ready", WorkerStatus.READY],
    ["busy", WorkerStatus.BUSY],
    ["degraded", WorkerStatus.DEGRADED],
  ])("know the status %s", (status, number) => {
    expect(WorkerHeartbeat.fromJson({ ...heartbeat, status }).status).toBe(number);
    expect(through(WorkerHeartbeat, { ...heartbeat, status })).toEqual({ ...heartbeat, status });
  });

  it("take loads above 1, and leave zeros out", () => {
    const loaded = { ...heartbeat, resources: { cpu: 7.5, gpu: 0, mem_bytes: 0 } };
    expect(through(WorkerHeartbeat, loaded)).toEqual({ ...heartbeat, resources: { cpu: 7.5 } });
  });

  it.each([
    ["2025-11-10T12:00:00Z", "2025-11-10T12:00:00.000Z"],
    ["2025-11-10T13:00:00.5+01:00", "2025-11-10T12:00:00.500Z"],
    ["2025-11-10T12:00:00.000001Z", "2025-11-10T12:00:00.000001Z"],
  ])("write the time %s as %s", (timestamp, written) => {
    expect(through(WorkerHeartbeat, { ...heartbeat, timestamp })).toEqual({
      ...heartbeat,
      timestamp: written,
    });
  });

  it.each([
    ["timestamp: expected an object, got undefined [required]", { timestamp: undefined }],
    ["status: expected a WorkerStatus name, got 0 [range]", { status: 0 }],
    ['version: expected the contract version "1", got "" [format]', { version: "" }],
  ])("refuse a message with %s", (text, fields) => {
    const message = WorkerHeartbeat.fromJson(heartbeat);
    const result = WorkerHeartbeat.safeEncode({ ...message, ...fields });
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot encode beamline.worker.v1.WorkerHeartbeat: ${text}`,
    );
  });

  it("set the version of a new heartbeat", () => {
    expect(WorkerHeartbeat.create().version).toBe("1");
  });
});

describe("the types of heartbeats", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<WorkerResourcesJson>().toEqualTypeOf<{
      cpu?: number;
      gpu?: number;
      mem_bytes?: number;
      jobs_in_flight?: number;
    }>();
    expectTypeOf<WorkerHeartbeatJson["timestamp"]>().toEqualTypeOf<string>();
    expectTypeOf<WorkerHeartbeatJson["status"]>().toEqualTypeOf<"ready" | "busy" | "degraded">();
  });
});
