import { describe, expect, expectTypeOf, it } from "vitest";
import { Priority, RequestStatus } from "../../src/jimbot/index.js";
import {
  ReleaseResponse,
  ResourceAllocation,
  type ResourceAllocationJson,
  ResourceEvent,
  ResourceGrant,
  type ResourceGrantJson,
  ResourceRelease,
  ResourceRequest,
  type ResourceRequestJson,
  ResourceStatus,
  ResourceUsage,
  type ResourceUsageJson,
} from "../../src/jimbot/resources.js";
import { refused, refusedAsJson, through, withoutHint } from "../support/all-methods.js";

const at = 1700000000000;
const request = { component: "mcp", type: "MEMORY_MB", amount: 512 };
const denied = { request_id: "r1", status: "DENIED", message: "full" };
const granted = {
  request_id: "r1",
  status: "GRANTED",
  message: "",
  granted_at: at,
  expires_at: at + 1,
  token: "t",
  granted_amount: 512,
  approved: true,
};
const release = { request_id: "r1", token: "t", component: "mcp" };
const allocation = {
  request_id: "r1",
  component: "mcp",
  amount: 512,
  allocated_at: at,
  expires_at: at + 1,
};
const usage = {
  type: "MEMORY_MB",
  total_capacity: 2048,
  available: 1024,
  allocated: 1024,
  allocations: [allocation, { ...allocation, request_id: "r2" }],
};
const event = {
  event_id: "e1",
  status: "GRANTED",
  type: "MEMORY_MB",
  component: "mcp",
  request_id: "r1",
  timestamp: at,
};

describe.each([
  {
    contract: ResourceRequest,
    least: request,
    written: { duration_ms: 0 },
    more: { duration_ms: 60_000, priority: "HIGH" },
  },
  {
    contract: ResourceGrant,
    least: { request_id: "r1", status: "GRANTED", token: "t", approved: true },
    written: { message: "", granted_amount: 0 },
    more: granted,
    only: ["request_id", "status"],
  },
  { contract: ResourceRelease, least: release, written: {}, more: {} },
  {
    contract: ReleaseResponse,
    least: { success: true },
    written: { message: "" },
    more: { message: "freed" },
  },
  { contract: ResourceAllocation, least: allocation, written: {}, more: {} },
  {
    contract: ResourceUsage,
    least: { type: "MEMORY_MB" },
    written: { total_capacity: 0, available: 0, allocated: 0, allocations: [] },
    more: usage,
  },
  {
    contract: ResourceStatus,
    least: { timestamp: at },
    written: { resources: [] },
    more: { resources: [usage, { ...usage, type: "GPU_COMPUTE" }] },
  },
  { contract: ResourceEvent, least: event, written: { amount: 0 }, more: { amount: 512, usage } },
])("$contract.typeName", ({ contract, least, written, more, only = Object.keys(least) }) => {
  const always = { ...least, ...written };

  it.each(only)("requires %s", (key) => {
    const rest = Object.entries(always).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("requires nothing else, and writes fields with their default value", () => {
    expect(through(contract, least)).toEqual(always);
  });

  it("keeps every key, and reads null as unset", () => {
    expect(Object.keys({ ...always, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...always, ...more })).toEqual({ ...always, ...more });
    const nulls = Object.fromEntries(
      Object.keys({ ...written, ...more }).map((key) => [key, null]),
    );
    expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("the rules of resources", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = "expected a number of at least 0, got -1 [range]";
  const tooFew = "expected a number of at least 1, got 0 [range]";

  it.each([
    [`component: ${empty}`, ResourceRequest, { ...request, component: "" }],
    [`amount: ${tooFew}`, ResourceRequest, { ...request, amount: 0 }],
    [`duration_ms: ${below}`, ResourceRequest, { ...request, duration_ms: -1 }],
    [`request_id: ${empty}`, ResourceRelease, { ...release, request_id: "" }],
    [`token: ${empty}`, ResourceRelease, { ...release, token: "" }],
    [`component: ${empty}`, ResourceRelease, { ...release, component: "" }],
    [
      "message: must not be empty unless success is true [rule]",
      ReleaseResponse,
      { success: false },
    ],
    [`request_id: ${empty}`, ResourceAllocation, { ...allocation, request_id: "" }],
    [`component: ${empty}`, ResourceAllocation, { ...allocation, component: "" }],
    [`amount: ${tooFew}`, ResourceAllocation, { ...allocation, amount: 0 }],
    [
      "expires_at: must be later than allocated_at [rule]",
      ResourceAllocation,
      { ...allocation, expires_at: at },
    ],
    [
      "expires_at: must be later than allocated_at [rule]",
      ResourceAllocation,
      { ...allocation, expires_at: at - 1000 },
    ],
    [`total_capacity: ${below}`, ResourceUsage, { type: "MEMORY_MB", total_capacity: -1 }],
    [`available: ${below}`, ResourceUsage, { type: "MEMORY_MB", available: -1 }],
    [`allocated: ${below}`, ResourceUsage, { type: "MEMORY_MB", allocated: -1 }],
    [
      "available: must be total_capacity minus allocated [rule]",
      ResourceUsage,
      { ...usage, available: 1023 },
    ],
    [
      "allocated: must be the sum of the amounts in allocations [rule]",
      ResourceUsage,
      { ...usage, allocations: [allocation] },
    ],
    [
      `allocations[1].amount: ${tooFew}`,
      ResourceUsage,
      { ...usage, allocations: [allocation, { ...allocation, amount: 0 }] },
    ],
    [
      "resources[1].type: a second entry for this type [rule]",
      ResourceStatus,
      { timestamp: at, resources: [usage, usage] },
    ],
    [
      "resources[0].available: must be total_capacity minus allocated [rule]",
      ResourceStatus,
      { timestamp: at, resources: [{ ...usage, available: 0 }] },
    ],
    [`event_id: ${empty}`, ResourceEvent, { ...event, event_id: "" }],
    [`component: ${empty}`, ResourceEvent, { ...event, component: "" }],
    [`request_id: ${empty}`, ResourceEvent, { ...event, request_id: "" }],
    [`amount: ${below}`, ResourceEvent, { ...event, amount: -1 }],
    [
      "usage.type: must be equal to the event's type [rule]",
      ResourceEvent,
      { ...event, usage: { ...usage, type: "GPU_COMPUTE" } },
    ],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["type", "X", "a ResourceType", ResourceRequest, request],
    ["type", 1, "a ResourceType", ResourceRequest, request],
    ["priority", "UNSPECIFIED", "a Priority", ResourceRequest, request],
    ["status", "UNSPECIFIED", "a RequestStatus", ResourceGrant, granted],
    ["status", "granted", "a RequestStatus", ResourceGrant, granted],
    ["status", null, "a RequestStatus", ResourceEvent, event],
    ["status", "UNSPECIFIED", "a RequestStatus", ResourceEvent, event],
  ])("refuse the %s %j", (key, value, name, contract, json) => {
    expect(withoutHint(refusedAsJson(contract, { ...json, [key]: value }))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: expected ${name} name, got ${JSON.stringify(value)} [enum]`,
    );
  });

  it.each(["GPU_COMPUTE", "MEMORY_MB", "CLAUDE_API_TOKENS"])("know the resource %s", (type) => {
    expect(through(ResourceRequest, { ...request, type })).toMatchObject({ type });
  });

  it("read MEDIUM as NORMAL, and omit an unset priority", () => {
    const medium = ResourceRequest.fromJson({ ...request, priority: "MEDIUM" });
    expect(medium.priority).toBe(Priority.NORMAL);
    expect(ResourceRequest.toJson(medium).priority).toBe("NORMAL");
    expect(through(ResourceRequest, request)).not.toHaveProperty("priority");
  });

  it.each([
    ["allocatedAt", "allocated_at"],
    ["expiresAt", "expires_at"],
  ])("refuse an allocation whose %s is unset", (property, key) => {
    const message = ResourceAllocation.fromJson(allocation);
    const result = ResourceAllocation.safeCheck({ ...message, [property]: undefined });
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot accept jimbot.resources.v1.ResourceAllocation: ${key}: expected an object, got undefined [required]`,
    );
  });
});

describe("a grant", () => {
  const unless = "unless status is GRANTED [rule]";

  it.each([
    [
      "approved: must be true when status is GRANTED, otherwise false [rule]",
      { ...granted, approved: false },
    ],
    ["token: must not be empty when status is GRANTED [rule]", { ...granted, token: "" }],
    ["expires_at: must be later than granted_at [rule]", { ...granted, expires_at: at - 1 }],
    ["expires_at: must be later than granted_at [rule]", { ...granted, expires_at: at }],
    [
      "approved: must be true when status is GRANTED, otherwise false [rule]",
      { ...denied, approved: true },
    ],
    [`message: must not be empty ${unless}`, { ...denied, message: "" }],
    [`granted_at: must be unset ${unless}`, { ...denied, granted_at: 0 }],
    [`expires_at: must be unset ${unless}`, { ...denied, expires_at: at }],
    [`token: must be empty ${unless}`, { ...denied, token: "t" }],
    [`granted_amount: must be 0 ${unless}`, { ...denied, granted_amount: 1 }],
    ['request_id: expected a non-empty string, got "" [length]', { ...granted, request_id: "" }],
    [
      "granted_amount: expected a number of at least 0, got -1 [range]",
      { ...granted, granted_amount: -1 },
    ],
  ])("refuses %s", (text, json) => {
    expect(refused(ResourceGrant, json)).toBe(text);
  });

  it.each([
    ["PENDING", RequestStatus.PENDING],
    ["DENIED", RequestStatus.DENIED],
    ["QUEUED", RequestStatus.QUEUED],
    ["RELEASED", RequestStatus.RELEASED],
    ["EXPIRED", RequestStatus.EXPIRED],
  ])("may be %s", (status, number) => {
    const json = { ...denied, status };
    expect(ResourceGrant.fromJson(json).status).toBe(number);
    expect(through(ResourceGrant, json)).toEqual({
      ...json,
      token: "",
      granted_amount: 0,
      approved: false,
    });
  });

  it.each([
    ["without times", { granted_at: null, expires_at: null }],
    ["without an end", { expires_at: null }],
    ["without a beginning", { granted_at: null }],
    ["of nothing", { granted_amount: 0 }],
    ["that ends in the next second", { granted_at: at + 999, expires_at: at + 1000 }],
    [
      "that ends a millisecond later in the same second",
      { granted_at: at + 1, expires_at: at + 2 },
    ],
  ])("may be granted %s", (_, fields) => {
    expect(ResourceGrant.safeFromJson({ ...granted, ...fields }).ok).toBe(true);
  });

  it("requires a status in messages too", () => {
    const result = ResourceGrant.safeEncode(ResourceGrant.create({ requestId: "r1" }));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.resources.v1.ResourceGrant: status: expected a RequestStatus name, got 0 [range]",
    );
  });
});

describe("the types of resources", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<ResourceRequestJson>().toEqualTypeOf<{
      component: string;
      type: "GPU_COMPUTE" | "MEMORY_MB" | "CLAUDE_API_TOKENS";
      amount: number;
      duration_ms: number;
      priority?: "LOW" | "NORMAL" | "HIGH" | "CRITICAL";
    }>();
    expectTypeOf<ResourceGrantJson>().toEqualTypeOf<{
      request_id: string;
      status: "PENDING" | "GRANTED" | "DENIED" | "QUEUED" | "RELEASED" | "EXPIRED";
      message: string;
      granted_at?: number;
      expires_at?: number;
      token: string;
      granted_amount: number;
      approved: boolean;
    }>();
    expectTypeOf<ResourceUsageJson["allocations"]>().toEqualTypeOf<ResourceAllocationJson[]>();
    expectTypeOf<ResourceAllocationJson["expires_at"]>().toEqualTypeOf<number>();
  });
});
