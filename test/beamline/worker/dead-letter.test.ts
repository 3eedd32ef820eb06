import { describe, expect, expectTypeOf, it } from "vitest";
import {
  DeadLetter,
  type DeadLetterJson,
  DeadLetterMessage,
  type DeadLetterMessageJson,
} from "../../../src/beamline/worker/dead-letter.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const message = { id: "m1", subject: "beamline.router.v1.decide" };
const letter = {
  original_subject: "beamline.router.v1.decide",
  msg_id: "m1",
  reason: "maxdeliver_exhausted",
  error_code: "MAXDELIVER_EXHAUSTED",
  timestamp: 1706367600123,
};

describe.each([
  {
    contract: DeadLetter,
    minimal: letter,
    more: { trace_id: "t", tenant_id: "acme", message },
  },
  {
    contract: DeadLetterMessage,
    minimal: message,
    more: { headers: { trace_id: "" }, payload: '{"a":1}' },
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

describe("a dead letter", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const start = "cannot decode beamline.worker.v1.DeadLetter from JSON:";
  const subject =
    "original_subject: expected a subject of dot-separated tokens of letters, digits, _ and -, got";

  it.each([
    [`${subject} "" [format]`, { original_subject: "" }],
    [`${subject} "a..b" [format]`, { original_subject: "a..b" }],
    [`${subject} ".a" [format]`, { original_subject: ".a" }],
    [`${subject} "a." [format]`, { original_subject: "a." }],
    [`${subject} "a.*" [format]`, { original_subject: "a.*" }],
    [`${subject} "a.>" [format]`, { original_subject: "a.>" }],
    [`${subject} "a b" [format]`, { original_subject: "a b" }],
    [`${subject} "a\\n" [format]`, { original_subject: "a\n" }],
    [`msg_id: ${empty}`, { msg_id: "" }],
    [
      'reason: expected one of "maxdeliver_exhausted", "validation_failed", "processing_error", got "other" [format]',
      { reason: "other", error_code: "OTHER" },
    ],
    [`error_code: ${empty}`, { error_code: "" }],
    ["error_code: must be reason in upper case [rule]", { error_code: "VALIDATION_FAILED" }],
    ["error_code: must be reason in upper case [rule]", { error_code: "maxdeliver_exhausted" }],
    ["timestamp: expected a number of at least 0, got -1 [range]", { timestamp: -1 }],
    [
      `tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      { tenant_id: "x".repeat(257) },
    ],
    ["message.id: must be equal to msg_id [rule]", { message: { ...message, id: "m2" } }],
    [
      "message.subject: must be equal to original_subject [rule]",
      { message: { ...message, subject: "caf.exec.result.v1" } },
    ],
    [`message.id: ${empty}`, { message: { ...message, id: "" } }],
    [`message.subject: ${empty}`, { message: { ...message, subject: "" } }],
  ])("refuses %s", (text, fields) => {
    expect(refused(DeadLetter, { ...letter, ...fields })).toBe(text);
  });

  it.each([
    ["a subject of one token", { original_subject: "A_9-z" }],
    ["a failed validation", { reason: "validation_failed", error_code: "VALIDATION_FAILED" }],
    ["an error in processing", { reason: "processing_error", error_code: "PROCESSING_ERROR" }],
    ["the first of all times", { timestamp: 0 }],
    ["a tenant of 256 characters", { tenant_id: "x".repeat(256) }],
  ])("takes %s", (_, fields) => {
    expect(through(DeadLetter, { ...letter, ...fields })).toEqual({ ...letter, ...fields });
  });

  it.each([
    ["trace_id", "", empty],
    ["tenant_id", "", empty],
    ["message", null, "expected an object, got null [type]"],
    ["timestamp", "2024-01-27T15:00:00Z", 'expected an integer, got "2024-01-27T15:00:00Z" [type]'],
  ])("refuses the JSON %s %j", (key, value, text) => {
    expect(refusedAsJson(DeadLetter, { ...letter, [key]: value })).toBe(`${start} ${key}: ${text}`);
  });
});

describe("the payload of a dead letter", () => {
  const start = "cannot decode beamline.worker.v1.DeadLetterMessage from JSON:";

  it("may be an object, whose JSON text is kept", () => {
    const object = { ...message, payload: { b: [1, "ä", null], a: {} } };
    const read = DeadLetterMessage.fromJson(object);
    expect(new TextDecoder().decode(read.payload)).toBe('{"b":[1,"ä",null],"a":{}}');
    expect(through(DeadLetterMessage, object)).toEqual({
      ...message,
      payload: '{"b":[1,"ä",null],"a":{}}',
    });
  });

  it("keeps __proto__ as a key of the object", () => {
    const payload: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(through(DeadLetterMessage, { ...message, payload })).toEqual({
      ...message,
      payload: '{"__proto__":{"a":1}}',
    });
  });

  it.each([
    ["payload: expected a string, got an array of 1 [type]", [1]],
    ["payload: expected a string, got 5 [type]", 5],
    ["payload: expected a string, got null [type]", null],
    ["payload.a: expected a JSON value, got NaN [type]", { a: Number.NaN }],
    ["payload.a: expected a JSON value, got 5n [type]", { a: 5n }],
    ['payload: expected a string without lone surrogates, got "\\ud800" [format]', "\ud800"],
  ])("is refused: %s", (text, payload) => {
    expect(refusedAsJson(DeadLetterMessage, { ...message, payload })).toBe(`${start} ${text}`);
  });
});

describe("the types of dead letters", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<DeadLetterMessageJson>().toEqualTypeOf<{
      id: string;
      subject: string;
      headers?: { [key: string]: string };
      payload?: string;
    }>();
    expectTypeOf<DeadLetterJson>().toEqualTypeOf<{
      original_subject: string;
      msg_id: string;
      reason: string;
      error_code: string;
      timestamp: number;
      trace_id?: string;
      tenant_id?: string;
      message?: DeadLetterMessageJson;
    }>();
  });
});
