import { describe, expect, expectTypeOf, it } from "vitest";
import { DecideRequest, DecideResponse, ErrorResponse } from "../../../src/beamline/index.js";
import { decision, error, full, request, response, without } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

describe("the adapter messages", () => {
  it("keep every key, as objects and as text", () => {
    for (const json of [request, full]) {
      expect(DecideRequest.fromJson(json)).toEqual(json);
      expect(DecideRequest.fromJsonText(DecideRequest.toJsonText(json))).toEqual(json);
    }
    expect(DecideResponse.fromJsonText(DecideResponse.toJsonText(response))).toEqual(response);
    expect(ErrorResponse.fromJsonText(ErrorResponse.toJsonText(error))).toEqual(error);
    expect(ErrorResponse.fromJson({ ...error, context: {} }).context).toEqual({});
  });

  it("are copies, which later changes of the input do not affect", () => {
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

  it("ignore and report unknown keys on reading, and refuse them on writing", () => {
    const json = { ...request, x: 1, task: { ...request.task, y: 2 } };
    expect(DecideRequest.safeFromJson(json)).toEqual({
      ok: true,
      value: request,
      unknownKeys: ["x", "task.y"],
    });
    expect(refusalOf(() => DecideRequest.toJson(json)).message).toBe(
      "cannot encode beamline.DecideRequest to JSON: x: the message has no such key [unknown_key] (and 1 more issue)",
    );
    expect(refusalOf(() => DecideRequest.check(json)).message).toBe(
      "cannot accept beamline.DecideRequest: x: the message has no such key [unknown_key] (and 1 more issue)",
    );
  });

  it("return from their safe… methods what the others throw", () => {
    const { version: _, ...rest } = request;
    const methods = [
      DecideRequest.safeFromJson(rest),
      DecideRequest.safeFromJsonText(JSON.stringify(rest)),
      DecideRequest.safeFromJsonText("{"),
      DecideRequest.safeCheck({ ...request, version: "" }),
      DecideRequest.safeToJson({ ...request, version: "" }),
      DecideRequest.safeToJsonText({ ...request, version: "" }),
    ];
    expect(methods.map((result) => (result.ok ? "" : result.error.code))).toEqual([
      "required",
      "required",
      "json.syntax",
      "format",
      "format",
      "format",
    ]);
    expect(DecideRequest.safeCheck(request)).toEqual({ ok: true, value: request });
  });

  it("report an error thrown by their input as a ContractError", () => {
    const hostile = {
      ...request,
      get trace_id(): string {
        throw new Error("mine");
      },
    };
    expect(refusalOf(() => DecideRequest.fromJson(hostile)).code).toBe("input.unreadable");
  });

  it("have types with the keys of the JSON", () => {
    expectTypeOf<DecideResponse["ok"]>().toEqualTypeOf<true>();
    expectTypeOf<ErrorResponse["ok"]>().toEqualTypeOf<false>();
    expectTypeOf<DecideRequest["version"]>().toEqualTypeOf<string>();
    expectTypeOf<DecideRequest["trace_id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<DecideResponse["decision"]["expected_latency_ms"]>().toEqualTypeOf<number>();
  });
});
