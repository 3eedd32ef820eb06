import { describe, expect, expectTypeOf, it } from "vitest";
import {
  DecideRequest,
  DecideResponse,
  decideErrorStatus,
  decideErrors,
  ErrorResponse,
  intakeErrors,
  Message,
  RouteDecision,
  RouteRequest,
  readDecideReply,
  readDecideRequest,
  toDecideRequest,
  toDecideResponse,
  toErrorResponse,
  toRouteDecision,
  toRouteRequest,
} from "../../src/beamline/index.js";
import { ContractError } from "../../src/wire/error.js";
import { refusalOf } from "../support/refusal.js";

const request: DecideRequest = {
  version: "1",
  request_id: "req-1",
  tenant_id: "acme",
  task: { type: "chat", payload: "hello" },
};
const full: DecideRequest = {
  ...request,
  trace_id: "t",
  run_id: "r",
  flow_id: "f",
  step_id: "s",
  idempotency_key: "i",
  task: { type: "chat", payload_ref: "s3://bucket/key", payload: { text: ["hi", null, 1.5] } },
  message: {
    message_id: "m",
    tenant_id: "acme",
    message_type: "chat",
    payload: '{"text":["hi",null,1.5]}',
  },
  policy_id: "p",
  constraints: { max_latency_ms: 500, max_cost: 0.25 },
  metadata: { user: "u-42", tags: ["a"] },
  context: { session_id: "s1" },
  push_assignment: true,
  assignment_subject: "caf.exec.assign.v1",
};
const decision = {
  provider_id: "openai",
  priority: 50,
  expected_latency_ms: 850,
  expected_cost: 0.012,
  reason: "best_score",
};
const response: DecideResponse = {
  ok: true,
  decision: {
    ...decision,
    provider_label: "OpenAI",
    sticky_key: "u",
    fallback_used: false,
    policy_id: "p",
    expires_at_ms: 1706371200000,
    metadata: { algorithm: "weighted", tries: 2 },
  },
  context: { request_id: "req-1", trace_id: "t" },
};
const error: ErrorResponse = {
  ok: false,
  error: {
    code: "policy_not_found",
    message: "no such policy",
    details: { tenant_id: "acme" },
    intake_error_code: "SCHEMA_VALIDATION_FAILED",
  },
  context: { request_id: "req-1", trace_id: "t" },
};

function without(json: object, key: string): object {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
}

describe("the adapter forms", () => {
  it("keep every key, as objects and as text", () => {
    for (const json of [request, full]) {
      expect(DecideRequest.fromJson(json)).toEqual(json);
      expect(DecideRequest.fromJsonText(DecideRequest.toJsonText(json))).toEqual(json);
    }
    expect(DecideResponse.fromJsonText(DecideResponse.toJsonText(response))).toEqual(response);
    expect(ErrorResponse.fromJsonText(ErrorResponse.toJsonText(error))).toEqual(error);
    expect(ErrorResponse.fromJson({ ...error, context: {} }).context).toEqual({});
  });

  it("give copies, which do not change with what they were made of", () => {
    const metadata = { tags: ["a"] };
    const value = DecideRequest.fromJson({ ...request, metadata });
    metadata.tags.push("b");
    expect(value.metadata).toEqual({ tags: ["a"] });
  });

  it.each(["version", "request_id", "tenant_id", "task"])("need %s in a request", (key) => {
    expect(refusalOf(() => DecideRequest.fromJson(without(full, key))).message).toBe(
      `cannot decode beamline.DecideRequest from JSON: ${key}: this key is required [required]`,
    );
  });

  it.each(["provider_id", "priority", "expected_latency_ms", "expected_cost", "reason"])(
    "need decision.%s in a reply",
    (key) => {
      const json = { ...response, decision: without(decision, key) };
      expect(refusalOf(() => DecideResponse.fromJson(json)).message).toBe(
        `cannot decode beamline.DecideResponse from JSON: decision.${key}: this key is required [required]`,
      );
    },
  );

  it.each([
    ['version: expected the contract version "1", got "2" [format]', { version: "2" }],
    ['request_id: expected a non-empty string, got "" [length]', { request_id: "" }],
    ['policy_id: expected a non-empty string, got "" [length]', { policy_id: "" }],
    ["trace_id: expected a string, got null [type]", { trace_id: null }],
    ['task: expected an object, got "chat" [type]', { task: "chat" }],
    ['task.type: expected a non-empty string, got "" [length]', { task: { type: "", payload: 1 } }],
    [
      "task.payload: this key or task.payload_ref is required [required]",
      { task: { type: "chat" } },
    ],
    [
      "constraints.max_cost: expected a number of at least 0, got -1 [range]",
      { constraints: { max_cost: -1 } },
    ],
    ["context.user_id: expected a string, got 5 [type]", { context: { user_id: 5 } }],
    ["metadata.at: expected a JSON value, got an object [type]", { metadata: { at: new Date(0) } }],
    ["push_assignment: expected true or false, got 1 [type]", { push_assignment: 1 }],
    [
      'assignment_subject: expected a subject of dot-separated tokens of letters, digits, _ and -, got "a..b" [format]',
      { assignment_subject: "a..b" },
    ],
    [
      "message.payload: this key is required [required]",
      { message: { tenant_id: "acme", message_type: "chat" } },
    ],
    [
      "message.tenant_id: must be equal to tenant_id [rule]",
      { message: { tenant_id: "evil", message_type: "chat", payload: "hello" } },
    ],
    [
      "message.message_type: must be equal to task.type [rule]",
      { message: { tenant_id: "acme", message_type: "embedding", payload: "hello" } },
    ],
    [
      "message.payload: must be equal to task.payload [rule]",
      { message: { tenant_id: "acme", message_type: "chat", payload: "other" } },
    ],
  ])("refuse a request: %s", (text, fields) => {
    expect(refusalOf(() => DecideRequest.fromJson({ ...request, ...fields })).message).toBe(
      `cannot decode beamline.DecideRequest from JSON: ${text}`,
    );
  });

  it.each([
    ["ok: expected true, got false [type]", { ok: false }],
    [
      "decision.priority: expected a number of at most 100, got 101 [range]",
      { decision: { ...decision, priority: 101 } },
    ],
    [
      "decision.expected_latency_ms: expected an integer, got 1.5 [type]",
      { decision: { ...decision, expected_latency_ms: 1.5 } },
    ],
    [
      'context.request_id: expected a non-empty string, got "" [length]',
      { context: { request_id: "" } },
    ],
  ])("refuse a reply: %s", (text, fields) => {
    expect(refusalOf(() => DecideResponse.fromJson({ ...response, ...fields })).message).toBe(
      `cannot decode beamline.DecideResponse from JSON: ${text}`,
    );
  });

  it.each([
    ["ok: expected false, got true [type]", { ok: true }],
    [
      'error.code: expected a non-empty string, got "" [length]',
      { error: { code: "", message: "m" } },
    ],
    ["error.message: this key is required [required]", { error: { code: "internal" } }],
  ])("refuse an error: %s", (text, fields) => {
    expect(refusalOf(() => ErrorResponse.fromJson({ ...error, ...fields })).message).toBe(
      `cannot decode beamline.ErrorResponse from JSON: ${text}`,
    );
  });

  it("read over keys that they do not have and report them, but do not write them", () => {
    const json = { ...request, x: 1, task: { ...request.task, y: 2 } };
    expect(DecideRequest.safeFromJson(json)).toEqual({
      ok: true,
      value: request,
      unknownKeys: ["x", "task.y"],
    });
    expect(refusalOf(() => DecideRequest.toJson(json)).message).toBe(
      "cannot encode beamline.DecideRequest to JSON: x: the form has no such key [unknown_key] (and 1 more issue)",
    );
    expect(refusalOf(() => DecideRequest.check(json)).message).toBe(
      "cannot accept beamline.DecideRequest: x: the form has no such key [unknown_key] (and 1 more issue)",
    );
  });

  it("return from their safe twins what the others throw", () => {
    const { version: _, ...rest } = request;
    const doors = [
      DecideRequest.safeFromJson(rest),
      DecideRequest.safeFromJsonText(JSON.stringify(rest)),
      DecideRequest.safeFromJsonText("{"),
      DecideRequest.safeCheck({ ...request, version: "" }),
      DecideRequest.safeToJson({ ...request, version: "" }),
      DecideRequest.safeToJsonText({ ...request, version: "" }),
    ];
    expect(doors.map((result) => (result.ok ? "" : result.error.code))).toEqual([
      "required",
      "required",
      "json.syntax",
      "format",
      "format",
      "format",
    ]);
    expect(DecideRequest.safeCheck(request)).toEqual({ ok: true, value: request });
  });

  it("let no foreign error through", () => {
    const hostile = {
      ...request,
      get trace_id(): string {
        throw new Error("mine");
      },
    };
    expect(refusalOf(() => DecideRequest.fromJson(hostile)).code).toBe("input.unreadable");
  });

  it("have types in the words of the JSON", () => {
    expectTypeOf<DecideResponse["ok"]>().toEqualTypeOf<true>();
    expectTypeOf<ErrorResponse["ok"]>().toEqualTypeOf<false>();
    expectTypeOf<DecideRequest["version"]>().toEqualTypeOf<string>();
    expectTypeOf<DecideRequest["trace_id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<DecideResponse["decision"]["expected_latency_ms"]>().toEqualTypeOf<number>();
  });
});

describe("an adapter request as a message", () => {
  it("is what the Router makes of it", () => {
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

  it("takes the payload of the message beside a task that only refers to it", () => {
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

  it("may say a thing of its context twice", () => {
    const twice = { constraints: { max_cost: 1 }, metadata: { max_cost: "1" } };
    expect(toRouteRequest({ ...request, ...twice }).context).toEqual({ max_cost: "1" });
  });
});

describe("a message as an adapter request", () => {
  const message = { message_id: "m", tenant_id: "acme", message_type: "chat", payload: "hello" };

  it.each([
    ["of the least fields", { message }, false],
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

  it("takes what only the Router needs", () => {
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

  it("is refused without an id, and with a payload that is no text", () => {
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

describe("replies", () => {
  it("become decisions, and decisions replies", () => {
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
    const least = RouteDecision.fromJson({ provider_id: "p", reason: "sticky" });
    expect(toDecideResponse(least, context).decision).toEqual({
      provider_id: "p",
      reason: "sticky",
      priority: 0,
      expected_latency_ms: 0,
      expected_cost: 0,
    });
  });

  it("are told apart from plain ones", () => {
    expect(readDecideReply(response)).toEqual({ form: "adapter", response });
    expect(readDecideReply(error)).toEqual({ form: "adapter", response: error });
    expect(readDecideReply(decision)).toEqual({
      form: "plain",
      decision: RouteDecision.fromJson(decision),
    });
    expect(refusalOf(() => readDecideReply({ ...response, ok: "yes" })).message).toBe(
      'cannot decode beamline.DecideResponse from JSON: ok: expected true, got "yes" [type]',
    );
    expect(refusalOf(() => readDecideReply(null)).message).toMatch(/RouteDecision/);
  });

  it("to a refused request name its fault", () => {
    const fault = DecideRequest.safeFromJson({ ...request, tenant_id: "" });
    if (fault.ok) throw new Error("nothing was refused");
    expect(toErrorResponse(fault.error, { request_id: "req-1" })).toEqual({
      ok: false,
      error: {
        code: "invalid_request",
        message: fault.error.message,
        details: { field: "tenant_id", type: "length" },
        intake_error_code: "SCHEMA_VALIDATION_FAILED",
      },
      context: { request_id: "req-1" },
    });
    const version = new ContractError("check", "T", {
      path: "version",
      rule: "format",
      message: "m",
    });
    expect(toErrorResponse(version).error.intake_error_code).toBe("VERSION_UNSUPPORTED");
  });
});

describe("requests", () => {
  it("are told apart by their keys", () => {
    const plain = { message: { tenant_id: "acme", message_type: "chat", payload: "hello" } };
    expect(readDecideRequest(plain)).toEqual({
      form: "plain",
      request: RouteRequest.fromJson(plain),
    });
    expect(readDecideRequest(full)).toEqual({ form: "adapter", request: full });
    expect(refusalOf(() => readDecideRequest({ request_id: "r" })).message).toMatch(
      /beamline\.DecideRequest/,
    );
  });
});

describe("the codes of errors", () => {
  it.each([
    ["invalid_request", 400, 3, "INVALID_ARGUMENT"],
    ["unauthorized", 401, 16, "UNAUTHENTICATED"],
    ["denied", 403, 7, "PERMISSION_DENIED"],
    ["policy_not_found", 404, 5, "NOT_FOUND"],
    ["decision_failed", 500, 13, "INTERNAL"],
    ["internal", 500, 13, "INTERNAL"],
    ["extension_not_found", 404, 13, "INTERNAL"],
    ["extension_timeout", 504, 13, "INTERNAL"],
    ["extension_unavailable", 503, 13, "INTERNAL"],
    ["extension_error", 500, 13, "INTERNAL"],
    ["validator_blocked", 403, 13, "INTERNAL"],
    ["post_processor_failed", 500, 13, "INTERNAL"],
    ["rate_limit_exceeded", 429, 8, "RESOURCE_EXHAUSTED"],
    ["unavailable", 503, 14, "UNAVAILABLE"],
    ["something_new", 500, 13, "INTERNAL"],
    ["toString", 500, 13, "INTERNAL"],
  ])("give %s the status %d and %d", (code, http, grpc, grpcName) => {
    expect(decideErrorStatus(code)).toEqual({ http, grpc, grpcName });
  });

  it("map every intake code to one of them", () => {
    expect(Object.keys(intakeErrors)).toHaveLength(7);
    for (const code of Object.values(intakeErrors)) expect(decideErrors).toHaveProperty(code);
    expect(intakeErrors.TENANT_FORBIDDEN).toBe("unauthorized");
  });
});
