import { describe, expect, it } from "vitest";
import {
  Message,
  RouteDecision,
  RouteRequest,
  toDecideRequest,
  toDecideResponse,
  toRouteDecision,
  toRouteRequest,
} from "../../../src/beamline/index.js";
import { decision, full, request, response } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

describe("toRouteRequest", () => {
  it("converts as the Router does", () => {
    expect(RouteRequest.toJson(toRouteRequest(full))).toEqual({
      message: {
        message_id: "m",
        tenant_id: "acme",
        trace_id: "t",
        message_type: "chat",
        payload: '{"text":["hi",null,1.5]}',
        run_id: "r",
        flow_id: "f",
        step_id: "s",
      },
      policy_id: "p",
      context: {
        session_id: "s1",
        max_latency_ms: "500",
        max_cost: "0.25",
        user: "u-42",
        tags: '["a"]',
      },
      idempotency_key: "i",
    });
    expect(RouteRequest.toJson(toRouteRequest(request))).toEqual({
      message: { message_id: "req-1", tenant_id: "acme", message_type: "chat", payload: "hello" },
    });
  });

  it("uses the payload of the message if the task only has a reference", () => {
    const json = { ...full, task: { type: "chat", payload_ref: "s3://bucket/key" } };
    expect(RouteRequest.toJson(toRouteRequest(json)).message.payload).toBe(
      '{"text":["hi",null,1.5]}',
    );
  });

  it.each([
    [
      "task.payload: is required: a RouteRequest carries no reference [required]",
      { task: { type: "chat", payload_ref: "s3://bucket/key" } },
    ],
    [
      "metadata.max_cost: must be equal to constraints.max_cost [rule]",
      { constraints: { max_cost: 1 }, metadata: { max_cost: "2" } },
    ],
    [
      "metadata.user: must be equal to context.user [rule]",
      { context: { user: "a" }, metadata: { user: "b" } },
    ],
  ])("is refused: %s", (text, fields) => {
    expect(refusalOf(() => toRouteRequest({ ...request, ...fields })).message).toBe(
      `cannot accept beamline.DecideRequest: ${text}`,
    );
  });

  it("accepts equal values for the same key of the context", () => {
    const twice = { constraints: { max_cost: 1 }, metadata: { max_cost: "1" } };
    expect(toRouteRequest({ ...request, ...twice }).context).toEqual({ max_cost: "1" });
  });
});

describe("toDecideRequest", () => {
  const message = { message_id: "m", tenant_id: "acme", message_type: "chat", payload: "hello" };

  it.each([
    ["of the required fields", { message }, false],
    [
      "of ids and a policy",
      {
        message: { ...message, trace_id: "t", run_id: "r", flow_id: "f", step_id: "s" },
        policy_id: "p",
        context: { user_id: "u" },
        idempotency_key: "i",
      },
      false,
    ],
    ["with a time", { message: { ...message, timestamp_ms: 1704067200000 } }, true],
    ["with a span", { message: { ...message, span_id: "p" } }, true],
    ["with metadata of its own", { message: { ...message, metadata: { a: "b" } } }, true],
    [
      "with two idempotency keys",
      { message: { ...message, idempotency_key: "inner" }, idempotency_key: "outer" },
      true,
    ],
  ])("comes back whole: %s", (_, json, hasMessage) => {
    const routed = RouteRequest.fromJson(json);
    const adapted = toDecideRequest(routed);
    expect("message" in adapted).toBe(hasMessage);
    expect(toRouteRequest(adapted)).toEqual(routed);
  });

  it("adds the fields that only the Router needs", () => {
    const extras = { request_id: "req-9", push_assignment: true, constraints: { max_cost: 1 } };
    expect(toDecideRequest(RouteRequest.fromJson({ message }), extras)).toEqual({
      version: "1",
      request_id: "req-9",
      tenant_id: "acme",
      task: { type: "chat", payload: "hello" },
      message,
      push_assignment: true,
      constraints: { max_cost: 1 },
    });
  });

  it("refuses a message without an id, or with a payload that is not text", () => {
    const { message_id: _, ...rest } = message;
    const nameless = RouteRequest.fromJson({ message: rest });
    expect(refusalOf(() => toDecideRequest(nameless)).message).toBe(
      "cannot accept beamline.DecideRequest: request_id: this key or message.message_id is required [required]",
    );
    expect(toDecideRequest(nameless, { request_id: "r" }).request_id).toBe("r");
    const binary = Message.create({
      messageId: "m",
      tenantId: "acme",
      messageType: "chat",
      payload: Uint8Array.of(0xff),
    });
    const request = RouteRequest.create({ message: binary });
    expect(refusalOf(() => toDecideRequest(request)).path).toBe("message.payload");
  });
});

describe("adapter responses and decisions", () => {
  it("convert into each other", () => {
    const message = toRouteDecision(response);
    expect(RouteDecision.toJson(message)).toEqual({
      ...decision,
      metadata: { algorithm: "weighted", tries: "2" },
    });
    const { context } = response;
    expect(toDecideResponse(RouteDecision.fromJson(decision), context)).toEqual({
      ok: true,
      decision,
      context,
    });
    const minimal = RouteDecision.fromJson({ provider_id: "p", reason: "sticky" });
    expect(toDecideResponse(minimal, context).decision).toEqual({
      provider_id: "p",
      reason: "sticky",
      priority: 0,
      expected_latency_ms: 0,
      expected_cost: 0,
    });
  });

  it("report an error thrown by their input as a ContractError", () => {
    const hostile = new Proxy({}, { ownKeys: trap });
    const plain = RouteRequest.fromJson(plainOf("m"));
    expect(refusalOf(() => toDecideRequest(plain, hostile)).code).toBe("config");
    expect(refusalOf(() => toDecideRequest(plain, JSON.parse("null"))).message).toBe(
      "cannot configure beamline.DecideRequest: expected an object, got null [config]",
    );
  });
});

function trap(): never {
  throw new RangeError("mine");
}

function plainOf(message_id: string): object {
  return { message: { message_id, tenant_id: "acme", message_type: "chat", payload: "hello" } };
}
