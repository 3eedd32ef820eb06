import { describe, expect, expectTypeOf, it } from "vitest";
import { UsageEvent, type UsageEventJson } from "../../../src/beamline/worker/usage.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const usage = {
  version: "1",
  tenant_id: "acme",
  provider_id: "openai",
  event_type: "chat",
  latency_ms: 850,
  cost: 0.012,
  status: "success",
  timestamp: 1706371200000,
};
const start = "cannot decode beamline.worker.v1.UsageEvent from JSON:";

describe.each([
  {
    contract: UsageEvent,
    minimal: usage,
    more: { trace_id: "t", assignment_id: "a1", request_id: "r1" },
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

describe("a usage event", () => {
  it("writes its zeros", () => {
    const free = { ...usage, latency_ms: 0, cost: 0, timestamp: 0 };
    expect(through(UsageEvent, free)).toEqual(free);
  });

  it.each(["success", "error", "timeout", "cancelled"])("knows the status %s", (status) => {
    expect(through(UsageEvent, { ...usage, status })).toEqual({ ...usage, status });
  });

  it("takes a tenant of 256 characters", () => {
    const json = { ...usage, tenant_id: "x".repeat(256) };
    expect(through(UsageEvent, json)).toEqual(json);
  });

  it.each([
    ['version: expected the contract version "1", got "11" [format]', { version: "11" }],
    ['version: expected the contract version "1", got "" [format]', { version: "" }],
    ['tenant_id: expected a non-empty string, got "" [length]', { tenant_id: "" }],
    [
      `tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      { tenant_id: "x".repeat(257) },
    ],
    ['provider_id: expected a non-empty string, got "" [length]', { provider_id: "" }],
    ['event_type: expected a non-empty string, got "" [length]', { event_type: "" }],
    ["latency_ms: expected a number of at least 0, got -1 [range]", { latency_ms: -1 }],
    ["cost: expected a number of at least 0, got -0.5 [range]", { cost: -0.5 }],
    [
      'status: expected one of "success", "error", "timeout", "cancelled", got "ok" [format]',
      { status: "ok" },
    ],
    ["timestamp: expected a number of at least 0, got -1 [range]", { timestamp: -1 }],
  ])("refuses %s", (text, fields) => {
    expect(refused(UsageEvent, { ...usage, ...fields })).toBe(text);
  });

  it.each(["trace_id", "assignment_id", "request_id"])("refuses an empty %s", (key) => {
    expect(refusedAsJson(UsageEvent, { ...usage, [key]: "" })).toBe(
      `${start} ${key}: expected a non-empty string, got "" [length]`,
    );
  });

  it.each([
    ["version", 1, "expected a string, got 1 [type]"],
    ["cost", null, "expected a number, got null [type]"],
    ["cost", Number.NaN, "expected a finite number, got NaN [float.not_finite]"],
    ["timestamp", 0.5, "expected an integer, got 0.5 [type]"],
    [
      "timestamp",
      2 ** 53,
      "expected an integer within ±(2^53 - 1), got 9007199254740992 [int64.unsafe]",
    ],
  ])("refuses the JSON %s %s", (key, value, text) => {
    expect(refusedAsJson(UsageEvent, { ...usage, [key]: value })).toBe(`${start} ${key}: ${text}`);
  });

  it("has its version when it is made here", () => {
    expect(UsageEvent.create({ tenantId: "acme" })).toMatchObject({
      version: "1",
      tenantId: "acme",
    });
  });

  it("has a type with the keys of the JSON", () => {
    expectTypeOf<UsageEventJson>().toEqualTypeOf<{
      version: string;
      tenant_id: string;
      provider_id: string;
      event_type: string;
      latency_ms: number;
      cost: number;
      status: string;
      timestamp: number;
      trace_id?: string;
      assignment_id?: string;
      request_id?: string;
    }>();
  });
});
