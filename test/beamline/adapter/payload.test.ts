import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DecideRequest,
  RouteRequest,
  toDecideRequest,
  toRouteRequest,
} from "../../../src/beamline/index.js";
import { refusalOf } from "../../support/refusal.js";

const ids = { message_id: "m-1", tenant_id: "acme", message_type: "chat" };
const runs = { seed: 4, numRuns: 1_000 };

function requestOf(payload: unknown): DecideRequest {
  return {
    version: "1",
    request_id: "m-1",
    tenant_id: "acme",
    task: { type: "chat", payload },
  };
}

function adapt(payload: string, metadata?: Record<string, string>): DecideRequest {
  return toDecideRequest(RouteRequest.fromJson({ message: { ...ids, payload, metadata } }));
}

/** What travels: -0 is 0 there. */
const wire = (request: DecideRequest): unknown => JSON.parse(DecideRequest.toJsonText(request));

const keys = fc.oneof(
  fc.constantFrom("1", "0", "-0", "__proto__", "constructor", "toString", "é", "\u{1F600}", ""),
  fc.string({ unit: "grapheme" }),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 2 ** 53 + 2, 2 ** 63, 1e21, -1e300, 5e-324, Number.MAX_VALUE),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    numbers,
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(keys, tie("value")), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
}));
/** JSON texts as other programs write them, and texts that only look like JSON. */
const texts = fc
  .oneof(
    json["value"].map((value) => JSON.stringify(value)),
    json["value"].map((value) => JSON.stringify(value, null, 2)),
    json["object"].map((value) => ` ${JSON.stringify(value)}\n`),
    fc.constantFrom(
      '{"a":1,"a":2}',
      '{"a":-0}',
      '{"a":1.0,"b":1E2}',
      '{"id":9223372036854775808}',
      '{"id":9223372036854776000}',
      '{"b":1,"1":2}',
      '{"a":1e400}',
      '{"a":1e-400}',
      '{"a":"\\u0041\\ud800"}',
      '{"__proto__":{"a":1}}',
      `${'{"a":'.repeat(200)}1${"}".repeat(200)}`,
      "{",
      "{}",
      "{} {}",
      "[1, 2]",
      "5",
      "-0",
      "null",
      '"text"',
      '"{}"',
    ),
    fc.string({ unit: "grapheme", minLength: 1 }),
  )
  .filter((text) => text !== "");

describe("a task's payload", () => {
  it("comes back from the proto message, whatever JSON it is", () => {
    const payloads = fc.oneof(json["value"], texts).filter((payload) => payload !== "");
    fc.assert(
      fc.property(payloads, (payload) => {
        const request = requestOf(payload);
        const routed = toRouteRequest(request);
        expect(wire(toDecideRequest(routed))).toEqual(wire(request));
        const sent = RouteRequest.decode(RouteRequest.encode(routed));
        expect(wire(toDecideRequest(sent))).toEqual(wire(request));
      }),
      runs,
    );
  });

  it("gives the message's bytes back, whatever text and content type it has", () => {
    const types = fc.constantFrom(undefined, "text/plain", "application/json", "text/html");
    fc.assert(
      fc.property(texts, types, fc.boolean(), (payload, content_type, isMore) => {
        const metadata = {
          ...(content_type === undefined ? {} : { content_type }),
          ...(isMore ? { source: "gateway" } : {}),
        };
        const routed = RouteRequest.fromJson({ message: { ...ids, payload, metadata } });
        const adapted = DecideRequest.fromJsonText(
          DecideRequest.toJsonText(toDecideRequest(routed)),
        );
        expect(RouteRequest.toJson(toRouteRequest(adapted))).toEqual(RouteRequest.toJson(routed));
      }),
      runs,
    );
  });

  it.each([
    ['{"text":"hello"}', { text: "hello" }, false],
    ["{}", {}, false],
    ['{"text": "hello"}', { text: "hello" }, true],
    ['{"b":1,"1":2}', { b: 1, "1": 2 }, true],
    ['{"a":1.0}', { a: 1 }, true],
    ['{"id":9007199254740993}', '{"id":9007199254740993}', false],
    ['{"id":9007199254740992}', { id: 2 ** 53 }, false],
    ['{"id":9223372036854775808}', '{"id":9223372036854775808}', false],
    ['{"text":"9007199254740993"}', { text: "9007199254740993" }, false],
    ['{"a":1e400}', '{"a":1e400}', false],
    ['{"a":1e-400}', '{"a":1e-400}', false],
    ['{"a":0.0e5}', { a: 0 }, true],
    ['{"a":1,"a":2}', '{"a":1,"a":2}', false],
    ["[1,2]", "[1,2]", false],
    ["5", "5", false],
    ["null", "null", false],
    ["{ not JSON", "{ not JSON", false],
    ["hello", "hello", false],
  ])("of the text %s is %j", (text, payload, hasMessage) => {
    const adapted = adapt(text);
    expect(adapted.version).toBe("1");
    expect(adapted.task.payload).toEqual(payload);
    expect("message" in adapted).toBe(hasMessage);
  });

  it.each([
    ['{"a":1}', "text/plain", '{"a":1}', false],
    ["[1,2]", "application/json", [1, 2], false],
    ["5", "application/json", 5, false],
    ["null", "application/json", null, false],
    ["[1, 2]", "application/json", [1, 2], true],
    ["9007199254740993", "application/json", "9007199254740993", true],
    ["hello", "application/json", "hello", true],
    ['"hello"', "application/json", '"hello"', true],
    ["hello", "text/plain", "hello", true],
    ['{"a":1}', "application/json", { a: 1 }, true],
    ['{"a":1}', "text/html", { a: 1 }, true],
  ])("of the text %s with the content type %s is %j", (text, content_type, payload, hasMessage) => {
    const adapted = adapt(text, { content_type });
    expect(adapted.task.payload).toEqual(payload);
    expect("message" in adapted).toBe(hasMessage);
  });

  it.each([
    [{ a: 1 }, '{"a":1}', undefined],
    ['{"a":1}', '{"a":1}', { content_type: "text/plain" }],
    ["hello", "hello", undefined],
    ["[1,2]", "[1,2]", undefined],
    ["5", "5", undefined],
    [[1, 2], "[1,2]", { content_type: "application/json" }],
    [5, "5", { content_type: "application/json" }],
    [null, "null", { content_type: "application/json" }],
  ])("%j becomes the text %s", (payload, text, metadata) => {
    const { message } = RouteRequest.toJson(toRouteRequest(requestOf(payload)));
    expect(message).toEqual({ ...ids, payload: text, ...(metadata && { metadata }) });
  });

  it("keeps the content type and the spelling that a message beside it has", () => {
    const message = { ...ids, payload: "[1, 2]", metadata: { content_type: "text/html" } };
    const routed = toRouteRequest({ ...requestOf([1, 2]), message });
    expect(RouteRequest.toJson(routed).message).toEqual(message);
  });

  it.each([
    ["another value", [1, 2], "[1,3]"],
    ["another length", [1, 2], "[1,2,3]"],
    ["another key", { a: 1 }, '{"b":1}'],
    ["one key more", { a: 1 }, '{"a":1,"b":2}'],
    ["text for a number", 5, '"5"'],
    ["a list for an object", {}, "[]"],
    ["no JSON", {}, "{"],
    ["another spelling of a text", '{"a":1}', '{"a": 1}'],
  ])("must be that of a message beside it: %s", (_, payload, text) => {
    const message = { ...ids, payload: text };
    expect(refusalOf(() => toRouteRequest({ ...requestOf(payload), message })).message).toBe(
      "cannot accept beamline.DecideRequest: message.payload: must be equal to task.payload [rule]",
    );
  });

  it("may have other spaces and another order of keys than in a message beside it", () => {
    const message = { ...ids, payload: '{ "b": [1.0], "a": null }' };
    const request = { ...requestOf({ a: null, b: [1] }), message };
    expect(DecideRequest.check(request)).toEqual(request);
  });

  it("is read in linear time: a quadratic reader would need minutes for a million escapes", () => {
    const text = JSON.stringify({ text: '\\"'.repeat(500_000) });
    const start = performance.now();
    expect(adapt(text).task.payload).toEqual(JSON.parse(text));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
