import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Message,
  type MessageDto,
  type MessageJson,
  RouteDecision,
  type RouteDecisionDto,
  type RouteDecisionJson,
  RouteRequest,
  type RouteRequestDto,
  type RouteRequestJson,
} from "../../src/beamline/flow.js";
import { refused, refusedAsJson, through } from "../support/all-methods.js";

const message = { tenant_id: "acme", message_type: "chat", payload: "hello" };
const decision = { provider_id: "openai", reason: "weighted" };

describe.each([
  {
    contract: Message,
    minimal: message,
    more: {
      message_id: "m",
      trace_id: "t",
      metadata: { a: "", "": "b" },
      timestamp_ms: 9007199254740991,
      run_id: "r",
      flow_id: "f",
      step_id: "s",
      idempotency_key: "i",
      span_id: "p",
    },
  },
  {
    contract: RouteRequest,
    minimal: { message },
    more: { policy_id: "p", context: { a: "" }, idempotency_key: "i" },
  },
  {
    contract: RouteDecision,
    minimal: decision,
    more: { priority: 1, expected_latency_ms: 1, expected_cost: 0.5, metadata: { a: "b" } },
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

describe("the rules of the flow", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const tooSmall = "expected a number of at least 0, got";
  const cut = (letter: string): string => `"${letter.repeat(75)}"...`;

  it.each([
    [`tenant_id: ${empty}`, Message, { ...message, tenant_id: "" }],
    [
      `tenant_id: expected a string of at most 256 characters, got ${cut("x")} [length]`,
      Message,
      { ...message, tenant_id: "x".repeat(257) },
    ],
    [`message_type: ${empty}`, Message, { ...message, message_type: "" }],
    [
      "payload: expected at least 1 byte, got 0 bytes [length]",
      Message,
      { ...message, payload: "" },
    ],
    [`timestamp_ms: ${tooSmall} -1 [range]`, Message, { ...message, timestamp_ms: -1 }],
    [
      `idempotency_key: expected a string of at most 256 bytes, got ${cut("x")} [format]`,
      Message,
      { ...message, idempotency_key: "x".repeat(257) },
    ],
    [
      `idempotency_key: expected a string of at most 256 bytes, got ${cut("ä")} [format]`,
      Message,
      { ...message, idempotency_key: "ä".repeat(129) },
    ],
    [`message.tenant_id: ${empty}`, RouteRequest, { message: { ...message, tenant_id: "" } }],
    [
      `idempotency_key: expected a string of at most 256 bytes, got ${cut("y")} [format]`,
      RouteRequest,
      { message, idempotency_key: "y".repeat(257) },
    ],
    [`provider_id: ${empty}`, RouteDecision, { ...decision, provider_id: "" }],
    [
      `provider_id: expected a string of at most 128 bytes, got "${"ä".repeat(65)}" [format]`,
      RouteDecision,
      { ...decision, provider_id: "ä".repeat(65) },
    ],
    [`reason: ${empty}`, RouteDecision, { ...decision, reason: "" }],
    [`priority: ${tooSmall} -1 [range]`, RouteDecision, { ...decision, priority: -1 }],
    [
      "priority: expected a number of at most 100, got 101 [range]",
      RouteDecision,
      { ...decision, priority: 101 },
    ],
    [
      `expected_latency_ms: ${tooSmall} -1 [range]`,
      RouteDecision,
      { ...decision, expected_latency_ms: -1 },
    ],
    [
      `expected_cost: ${tooSmall} -0.001 [range]`,
      RouteDecision,
      { ...decision, expected_cost: -0.001 },
    ],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["a tenant of 256 characters", Message, { ...message, tenant_id: "x".repeat(256) }],
    ["one byte of payload", Message, { ...message, payload: "\u0000" }],
    ["a key of 256 bytes", Message, { ...message, idempotency_key: "ä".repeat(128) }],
    ["a request's key of 256 bytes", RouteRequest, { message, idempotency_key: "x".repeat(256) }],
    ["a provider of 128 bytes", RouteDecision, { ...decision, provider_id: "ä".repeat(64) }],
    ["the highest priority", RouteDecision, { ...decision, priority: 100 }],
    ["the smallest cost", RouteDecision, { ...decision, expected_cost: 5e-324 }],
  ])("take %s", (_, contract, json) => {
    expect(through(contract, json)).toEqual(json);
  });

  it.each([
    ["message_id", Message, message],
    ["trace_id", Message, message],
    ["run_id", Message, message],
    ["flow_id", Message, message],
    ["step_id", Message, message],
    ["idempotency_key", Message, message],
    ["span_id", Message, message],
    ["policy_id", RouteRequest, { message }],
    ["idempotency_key", RouteRequest, { message }],
  ])("refuse an empty %s", (key, contract, json) => {
    const start = `cannot decode ${contract.typeName} from JSON: ${key}:`;
    expect(refusedAsJson(contract, { ...json, [key]: "" })).toBe(`${start} ${empty}`);
    expect(refusedAsJson(contract, { ...json, [key]: null })).toBe(
      `${start} expected a string, got null [type]`,
    );
    expect(through(contract, { ...json, [key]: "x" })).toEqual({ ...json, [key]: "x" });
  });

  it("omit an id that is empty", () => {
    const unset = Message.create({
      tenantId: "acme",
      messageType: "chat",
      payload: new TextEncoder().encode("hello"),
      runId: "",
      timestampMs: 0n,
    });
    expect(Message.toJson(unset)).toEqual(message);
  });

  it("refuse a request whose message is unset", () => {
    const result = RouteRequest.safeEncode(RouteRequest.create({ policyId: "p" }));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode beamline.flow.v1.RouteRequest: message: expected an object, got undefined [required]",
    );
  });
});

describe("the types of the flow", () => {
  it("have the keys of the JSON, under two names", () => {
    expectTypeOf<MessageJson>().toEqualTypeOf<{
      tenant_id: string;
      message_type: string;
      payload: string;
      message_id?: string;
      trace_id?: string;
      metadata?: { [key: string]: string };
      timestamp_ms?: number;
      run_id?: string;
      flow_id?: string;
      step_id?: string;
      idempotency_key?: string;
      span_id?: string;
    }>();
    expectTypeOf<RouteRequestJson["message"]>().toEqualTypeOf<MessageJson>();
    expectTypeOf<RouteDecisionJson>().toEqualTypeOf<{
      provider_id: string;
      reason: string;
      priority?: number;
      expected_latency_ms?: number;
      expected_cost?: number;
      metadata?: { [key: string]: string };
    }>();
    expectTypeOf<MessageDto>().toEqualTypeOf<MessageJson>();
    expectTypeOf<RouteRequestDto>().toEqualTypeOf<RouteRequestJson>();
    expectTypeOf<RouteDecisionDto>().toEqualTypeOf<RouteDecisionJson>();
  });
});
