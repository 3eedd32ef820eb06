import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { RouteRequestSchema } from "../../gen/beamline/flow/v1/flow_pb.js";
import { Message, RouteDecision, RouteRequest } from "../../src/beamline/flow.js";
import { ContractError } from "../../src/wire/error.js";
import { textOf } from "../support/refusal.js";

const json = {
  message: { tenant_id: "tenant_abc123", message_type: "chat", payload: "hello", timestamp_ms: 5 },
  policy_id: "default",
  context: { user_id: "user_123" },
};

describe("a contract", () => {
  it("converts JSON to a message, to bytes, and back", () => {
    const message = RouteRequest.fromJson(json);
    expect(message.message?.payload).toEqual(new TextEncoder().encode("hello"));
    const bytes = RouteRequest.encode(message);
    expect(bytes).toEqual(toBinary(RouteRequestSchema, message));
    const again = RouteRequest.decode(bytes);
    expect(RouteRequest.equals(again, message)).toBe(true);
    expect(RouteRequest.toJson(again)).toEqual(json);
    expect(RouteRequest.fromJsonText(RouteRequest.toJsonText(again))).toEqual(message);
  });

  it("has the type name, schema and codec of its message", () => {
    expect(RouteRequest.typeName).toBe("beamline.flow.v1.RouteRequest");
    expect(RouteRequest.schema).toBe(RouteRequestSchema);
    expect(RouteRequest.codec.typeName).toBe(RouteRequest.typeName);
    expect(RouteRequest.budget).toEqual({});
  });

  it("makes messages that protobuf-es accepts", () => {
    const message = RouteRequest.create({ message: { tenantId: "a" } });
    expect(message).toEqual(create(RouteRequestSchema, { message: { tenantId: "a" } }));
    expect(message.message).toBeInstanceOf(Message);
    expect(RouteRequest.is(message)).toBe(true);
    expect(RouteRequest.is({ ...message, $typeName: "other" })).toBe(false);
    expect(RouteRequest.is(json)).toBe(false);
    expect(message instanceof RouteDecision).toBe(false);
  });

  it("compares and copies messages", () => {
    const message = RouteRequest.fromJson(json);
    const copy = RouteRequest.clone(message);
    expect(RouteRequest.equals(message, copy)).toBe(true);
    copy.context["user_id"] = "another";
    expect(RouteRequest.equals(message, copy)).toBe(false);
    expect(message.context["user_id"]).toBe("user_123");
  });

  it("neither keeps nor changes its input", () => {
    const input = structuredClone(json);
    const message = RouteRequest.fromJson(input);
    input.context.user_id = "changed";
    expect(message.context["user_id"]).toBe("user_123");
    expect(RouteRequest.safeFromJson({ ...json, policy_id: 4 }).ok).toBe(false);
    expect(json.policy_id).toBe("default");
  });

  it("has a safe counterpart of each throwing method", () => {
    const message = RouteRequest.fromJson(json);
    const bytes = RouteRequest.encode(message);
    expect(RouteRequest.safeCheck(message)).toEqual({ ok: true, value: message });
    expect(RouteRequest.safeEncode(message)).toEqual({ ok: true, value: bytes });
    expect(RouteRequest.safeDecode(bytes)).toEqual({ ok: true, value: message });
    expect(RouteRequest.safeToJson(message)).toEqual({ ok: true, value: json });
    expect(RouteRequest.safeFromJson(json)).toEqual({ ok: true, value: message, unknownKeys: [] });
    const text = JSON.stringify(json);
    expect(RouteRequest.safeToJsonText(message).ok).toBe(true);
    expect(RouteRequest.safeFromJsonText(text)).toEqual({
      ok: true,
      value: message,
      unknownKeys: [],
    });
    for (const failed of [
      RouteRequest.safeCheck(json),
      RouteRequest.safeEncode(RouteRequest.create()),
      RouteRequest.safeDecode(bytes.subarray(1)),
      RouteRequest.safeToJson(RouteRequest.create()),
      RouteRequest.safeFromJson({}),
      RouteRequest.safeToJsonText(RouteRequest.create()),
      RouteRequest.safeFromJsonText("{"),
    ]) {
      expect(failed).toEqual({ ok: false, error: expect.any(ContractError) });
    }
  });

  it("reports unknown keys", () => {
    const more = { ...json, version: "1", message: { ...json.message, shard: 7 } };
    expect(RouteRequest.safeFromJson(more)).toMatchObject({
      ok: true,
      unknownKeys: ["message.shard", "version"],
    });
  });
});

describe("bad JSON", () => {
  const inMessage = (fields: object): unknown => ({ message: { ...json.message, ...fields } });
  const from = (input: unknown): string => textOf(() => RouteRequest.fromJson(input));
  const start = "cannot decode beamline.flow.v1.RouteRequest from JSON: ";

  it.each([
    ["a list", [], "expected an object, got an array of 0 [type]"],
    ["null", null, "expected an object, got null [type]"],
    ["a class instance", new Date(0), "expected a plain object, got an object [type]"],
    ["a missing key", {}, "message: this key is required [required]"],
    [
      "a null for a required key",
      { message: null },
      "message: expected an object, got null [type]",
    ],
    [
      "a wrong type",
      inMessage({ tenant_id: 7 }),
      "message.tenant_id: expected a string, got 7 [type]",
    ],
    [
      "a wrong type in a map",
      { ...json, context: { "user id": 1 } },
      'context["user id"]: expected a string, got 1 [type]',
    ],
    [
      "a present but empty id",
      inMessage({ run_id: "" }),
      'message.run_id: expected a non-empty string, got "" [length]',
    ],
    [
      "a string that is too long",
      inMessage({ tenant_id: "x".repeat(257) }),
      `message.tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
    ],
    [
      "a fraction for an integer",
      inMessage({ timestamp_ms: 1.5 }),
      "message.timestamp_ms: expected an integer, got 1.5 [type]",
    ],
    [
      "a string for an integer",
      inMessage({ timestamp_ms: "5" }),
      'message.timestamp_ms: expected an integer, got "5" [type]',
    ],
    [
      "an int64 beyond 2^53",
      inMessage({ timestamp_ms: 2 ** 53 }),
      "message.timestamp_ms: expected an integer within ±(2^53 - 1), got 9007199254740992 [int64.unsafe]",
    ],
    [
      "a number out of range",
      inMessage({ timestamp_ms: -1 }),
      "message.timestamp_ms: expected a number of at least 0, got -1 [range]",
    ],
    [
      "half a surrogate pair",
      inMessage({ payload: "\ud800" }),
      'message.payload: expected a string without lone surrogates, got "\\ud800" [format]',
    ],
    [
      "half a surrogate pair in a map key",
      { ...json, context: { "\udc00": "" } },
      'context["\\udc00"]: expected a key without lone surrogates, got "\\udc00" [format]',
    ],
  ])("refuses %s", (_, input, text) => {
    expect(from(input)).toBe(start + text);
  });

  it("is refused with all issues at once", () => {
    const result = RouteRequest.safeFromJson(inMessage({ tenant_id: 1, payload: 2, run_id: "" }));
    expect(result.ok ? [] : result.error.issues.map(({ path }) => path)).toEqual([
      "message.tenant_id",
      "message.payload",
      "message.run_id",
    ]);
  });

  it("is refused with 20 issues at most", () => {
    const context = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]),
    );
    const result = RouteRequest.safeFromJson({ ...json, context });
    expect(result.ok ? 0 : result.error.issues.length).toBe(20);
  });

  it("refuses text that is not JSON", () => {
    expect(textOf(() => RouteRequest.fromJsonText('{"message":'))).toBe(
      `${start}the text ends in an object, where a value should follow [json.syntax]`,
    );
    expect(textOf(() => RouteRequest.fromJsonText(""))).toBe(
      `${start}the text is empty [json.syntax]`,
    );
    // @ts-expect-error a caller without types
    expect(textOf(() => RouteRequest.fromJsonText(json))).toBe(
      `${start}expected a string, got an object [input.type]`,
    );
    expect(textOf(() => RouteRequest.fromJsonText("[1]", { maxLength: 2 }))).toBe(
      `${start}3 characters are more than the 2 that are accepted [input.bytes]`,
    );
  });

  it("replaces errors that user code throws", () => {
    const loud = {
      get message() {
        throw new TypeError("boo");
      },
    };
    expect(from(loud)).toBe(`${start}reading the value threw an error [input.unreadable]`);
  });

  it("may be a Proxy that reads like plain data", () => {
    expect(RouteRequest.fromJson(new Proxy(json, {}))).toEqual(RouteRequest.fromJson(json));
  });

  it("may be an object without a prototype, or of another realm", () => {
    const bare = Object.assign(Object.create(null), json);
    expect(RouteRequest.fromJson(bare)).toEqual(RouteRequest.fromJson(json));
  });

  it("keeps __proto__ as an ordinary map key", () => {
    const context = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    const message = RouteRequest.decode(
      RouteRequest.encode(RouteRequest.fromJson({ ...json, context })),
    );
    expect(Object.entries(message.context)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(JSON.stringify(RouteRequest.toJson(message).context)).toBe(
      '{"__proto__":"x","constructor":"y"}',
    );
    const bad = JSON.parse('{"__proto__": 1}');
    expect(from({ ...json, context: bad })).toBe(
      `${start}context.__proto__: expected a string, got 1 [type]`,
    );
  });
});

describe("bad bytes", () => {
  const bytes = RouteRequest.encode(RouteRequest.fromJson(json));
  const decode = (input: Uint8Array): string => textOf(() => RouteRequest.decode(input));
  const start = "cannot decode beamline.flow.v1.RouteRequest from binary: ";

  it("are refused if they are truncated", () => {
    expect(decode(bytes.subarray(0, bytes.length - 1))).toBe(
      `${start}context: the bytes end in the middle of a field (at byte ${bytes.length - 20}) [binary.truncated]`,
    );
  });

  it("are always refused with a ContractError, wherever they are truncated", () => {
    for (let end = 0; end < bytes.length; end++) {
      const result = RouteRequest.safeDecode(bytes.subarray(0, end));
      if (!result.ok) expect(result.error).toBeInstanceOf(ContractError);
    }
  });

  it("refuses what is not a message", () => {
    expect(decode(new Uint8Array([0x0f, 1, 2, 3]))).toBe(
      `${start}message: wire type 7 (at byte 0) [binary.malformed]`,
    );
    expect(decode(new Uint8Array([0x00]))).toBe(
      `${start}a tag with field number 0 (at byte 0) [binary.malformed]`,
    );
  });

  it("refuses everything that is not a Uint8Array", () => {
    // @ts-expect-error a caller without types
    expect(decode([8, 1])).toBe(`${start}expected a Uint8Array, got an array of 2 [input.type]`);
    // @ts-expect-error a caller without types
    expect(decode("CAE=")).toBe(`${start}expected a Uint8Array, got "CAE=" [input.type]`);
    // @ts-expect-error a caller without types
    expect(decode(undefined)).toBe(`${start}expected a Uint8Array, got undefined [input.type]`);
    const proxy = new Proxy(new Uint8Array(1), {});
    expect(decode(proxy)).toMatch(/expected a Uint8Array, got .* \[input\.type\]$/);
    expect(RouteRequest.decode(Buffer.from(bytes))).toEqual(RouteRequest.decode(bytes));
  });

  it("returns messages that do not change with the input buffer", () => {
    const buffer = Uint8Array.from(bytes);
    const message = RouteRequest.decode(buffer);
    buffer.fill(0);
    expect(message).toEqual(RouteRequest.fromJson(json));
  });

  it("refuses more bytes than maxBytes", () => {
    expect(textOf(() => RouteRequest.decode(bytes, { maxBytes: 10 }))).toBe(
      `${start}${bytes.length} bytes are more than the 10 that are accepted [input.bytes]`,
    );
  });

  it("validates the decoded message", () => {
    const message = create(RouteRequestSchema, { message: { tenantId: "", messageType: "chat" } });
    expect(decode(toBinary(RouteRequestSchema, message))).toBe(
      `${start}message.tenant_id: expected a non-empty string, got "" [length] (and 1 more issue)`,
    );
    expect(decode(new Uint8Array(0))).toBe(
      `${start}message: expected an object, got undefined [required]`,
    );
  });
});

describe("bad messages", () => {
  const message = RouteDecision.create({ providerId: "openai", reason: "weighted" });
  const encode = (fields: object): string =>
    textOf(() => RouteDecision.encode({ ...message, ...fields }));
  const start = "cannot encode beamline.flow.v1.RouteDecision: ";

  it.each([
    [
      "a number too large",
      { priority: 101 },
      "priority: expected a number of at most 100, got 101 [range]",
    ],
    ["a fraction", { priority: 0.5 }, "priority: expected an integer, got 0.5 [type]"],
    [
      "a number for a bigint",
      { expectedLatencyMs: 5 },
      "expected_latency_ms: expected a bigint, got 5 [type]",
    ],
    [
      "NaN",
      { expectedCost: Number.NaN },
      "expected_cost: expected a finite number, got NaN [float.not_finite]",
    ],
    ["null", { metadata: null }, "metadata: expected an object, got null [type]"],
    [
      "an ES Map",
      { metadata: new Map() },
      "metadata: expected a plain object, got an object [type]",
    ],
    [
      "a misspelt property",
      { provider: "x" },
      "provider: the message has no such property; did you mean providerId? [unknown_key]",
    ],
    [
      "another message",
      { $typeName: "a.B" },
      "expected a beamline.flow.v1.RouteDecision message, got an object [type]",
    ],
  ])("refuses %s", (_, fields, text) => {
    expect(encode(fields)).toBe(start + text);
  });

  it("refuses what JSON cannot express", () => {
    const far = { ...message, expectedLatencyMs: 2n ** 60n };
    expect(RouteDecision.decode(RouteDecision.encode(far))).toEqual(far);
    expect(textOf(() => RouteDecision.toJson(far))).toBe(
      "cannot encode beamline.flow.v1.RouteDecision to JSON: expected_latency_ms: expected an integer within ±(2^53 - 1), got 1152921504606846976 [int64.unsafe]",
    );
  });

  it("keeps unknown fields in binary and refuses to lose them in JSON", () => {
    const bytes = Uint8Array.from([...RouteDecision.encode(message), 0x98, 0x06, 0x01]);
    const decoded = RouteDecision.decode(bytes);
    expect(RouteDecision.encode(decoded)).toEqual(bytes);
    expect(textOf(() => RouteDecision.toJson(decoded))).toBe(
      "cannot encode beamline.flow.v1.RouteDecision to JSON: 1 unknown field that JSON cannot carry [json.unknown_fields]",
    );
    expect(RouteDecision.toJson(decoded, { dropUnknown: true })).toEqual({
      provider_id: "openai",
      reason: "weighted",
    });
  });

  it("refuses bytes that are not UTF-8 where JSON has text", () => {
    const request = RouteRequest.fromJson(json);
    if (request.message !== undefined) request.message.payload = new Uint8Array([0xff]);
    expect(textOf(() => RouteRequest.toJson(request))).toBe(
      "cannot encode beamline.flow.v1.RouteRequest to JSON: message.payload: expected bytes that are UTF-8 text, got 1 byte [format]",
    );
  });
});
