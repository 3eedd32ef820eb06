import { describe, expect, expectTypeOf, it } from "vitest";
import {
  createEnvelopeContract,
  MessageEnvelope,
  type MessageEnvelopeJson,
} from "../../src/pitboss/envelope.js";
import { Decision, type MessageType } from "../../src/pitboss/index.js";
import { isContractError } from "../../src/wire/error.js";
import { refused, refusedAsJson, through, withoutHint } from "../support/all-methods.js";
import { verbsInErrors } from "../support/verbs.js";

const minimal = {
  type: "request",
  version: "1.1",
  session_id: "sess-1",
  request_id: "req-1",
  verb: "RULE",
};
const request = {
  ...minimal,
  timestamp: 1732535853442,
  nextAgent: "model.Capo",
  returnCode: 0,
  decision: null,
  confidence: 0,
  reason: "",
  messageBody: { rule_text: "Show me patterns" },
};
const response = {
  ...request,
  type: "response",
  nextAgent: "model.verifyRequest",
  decision: "yes",
  confidence: 0.85,
  reason: "Rule syntax appears valid",
};
const failure = { ...request, type: "error", nextAgent: null, returnCode: -1, reason: "no object" };
const start = "cannot decode pitboss.v1.MessageEnvelope from JSON:";

describe("the keys of an envelope", () => {
  it.each(Object.keys(minimal))("must have %s", (key) => {
    const rest = Object.entries(request).filter(([name]) => name !== key);
    expect(refusedAsJson(MessageEnvelope, Object.fromEntries(rest))).toBe(
      `${start} ${key}: this key is required [required]`,
    );
  });

  it("are always written, all twelve", () => {
    expect(through(MessageEnvelope, minimal)).toEqual({
      ...minimal,
      timestamp: 0,
      nextAgent: null,
      returnCode: 0,
      decision: null,
      confidence: 0,
      reason: "",
      messageBody: {},
    });
    expect(Object.keys(MessageEnvelope.toJson(MessageEnvelope.fromJson(minimal)))).toEqual([
      "type",
      "version",
      "timestamp",
      "session_id",
      "request_id",
      "verb",
      "nextAgent",
      "returnCode",
      "decision",
      "confidence",
      "reason",
      "messageBody",
    ]);
  });

  it.each([
    ["a request", request],
    ["a response", response],
    ["an error", failure],
  ])("of %s are kept", (_, json) => {
    expect(through(MessageEnvelope, json)).toEqual(json);
  });

  it.each([
    ["sessionId", "s", "session_id"],
    ["requestId", "r", "request_id"],
    ["next_agent", "model.Capo", "nextAgent"],
    ["return_code", 0, "returnCode"],
    ["message_body", {}, "messageBody"],
    ["priority", 1, undefined],
    ["$typeName", "pitboss.v1.MessageEnvelope", undefined],
  ])("do not include %s", (key, value, near) => {
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    expect(refusedAsJson(MessageEnvelope, { ...request, [key]: value })).toBe(
      `${start} ${key}: the message has no such key${hint} [unknown_key]`,
    );
  });

  it.each([
    ["timestamp", "an integer"],
    ["returnCode", "an integer"],
    ["confidence", "a number"],
    ["reason", "a string"],
    ["messageBody", "an object"],
    ["verb", "a string"],
    ["type", "a MessageType name"],
  ])("hold no null under %s", (key, expected) => {
    const rule = key === "type" ? "enum" : "type";
    expect(withoutHint(refusedAsJson(MessageEnvelope, { ...request, [key]: null }))).toBe(
      `${start} ${key}: expected ${expected}, got null [${rule}]`,
    );
  });

  it("are null for no next agent and no decision", () => {
    const message = MessageEnvelope.fromJson(failure);
    expect(message.nextAgent).toBeUndefined();
    expect(message.decision).toBe(Decision.UNSPECIFIED);
    expect(MessageEnvelope.toJson(message)).toMatchObject({ nextAgent: null, decision: null });
  });
});

describe("an envelope", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const version = 'version: expected a version such as "1.1", got';
  const verb = `verb: expected one of ${verbsInErrors}, got`;

  it.each([
    [`${version} "1" [format]`, { version: "1" }],
    [`${version} "1.1.0" [format]`, { version: "1.1.0" }],
    [`${version} "v1.1" [format]`, { version: "v1.1" }],
    [`${version} "" [format]`, { version: "" }],
    ["timestamp: expected a number of at least 0, got -1 [range]", { timestamp: -1 }],
    [`session_id: ${empty}`, { session_id: "" }],
    [`request_id: ${empty}`, { request_id: "" }],
    [`${verb} "" [format]`, { verb: "" }],
    [`${verb} "rule" [format]`, { verb: "rule" }],
    [`${verb} "GENERIC" [format]`, { verb: "GENERIC" }],
    [`nextAgent: ${empty}`, { nextAgent: "" }],
    ["returnCode: expected a number of at most 1, got 2 [range]", { returnCode: 2 }],
    ["returnCode: expected a number of at least -1, got -2 [range]", { returnCode: -2 }],
    ["confidence: expected a number of at most 1, got 1.01 [range]", { confidence: 1.01 }],
    ["confidence: expected a number of at least 0, got -0.01 [range]", { confidence: -0.01 }],
    ["confidence: must be 0 when decision is null [rule]", { decision: null }],
    [
      "messageBody._db: a key that starts with _ stays in the backend [rule]",
      { messageBody: { _db: 1 } },
    ],
    [
      "messageBody._: a key that starts with _ stays in the backend [rule]",
      { messageBody: { rule_text: "", _: null } },
    ],
  ])("refuses %s", (text, fields) => {
    expect(refused(MessageEnvelope, { ...response, ...fields })).toBe(text);
  });

  it.each([
    ["returnCode: must be 0 when type is request [rule]", { ...request, returnCode: 1 }],
    ["returnCode: must be 0 when type is request [rule]", { ...request, returnCode: -1 }],
    ["returnCode: must be -1 when type is error [rule]", { ...failure, returnCode: 0 }],
    ["returnCode: must be -1 when type is error [rule]", { ...failure, returnCode: 1 }],
    ["decision: must be null unless type is response [rule]", { ...request, decision: "yes" }],
    ["decision: must be null unless type is response [rule]", { ...failure, decision: "no" }],
    ["confidence: must be 0 when decision is null [rule]", { ...request, confidence: 0.5 }],
    ["confidence: must be 0 when decision is null [rule]", { ...failure, confidence: 1 }],
  ])("refuses in its type %s", (text, json) => {
    expect(refused(MessageEnvelope, json)).toBe(text);
  });

  it.each([
    ["a newer version", { version: "1.2" }],
    ["a version of more digits", { version: "10.20" }],
    ["the verb CONTENT", { verb: "CONTENT" }],
    ["a no that waits for a person", { decision: "no", confidence: 0.44 }],
    ["a no with an error code", { decision: "no", returnCode: -1 }],
    ["a success at the end", { returnCode: 1, nextAgent: null, confidence: 1 }],
    ["a decision that nobody is sure of", { confidence: 0 }],
    ["a response without a decision", { decision: null, confidence: 0 }],
    ["a body that is nested", { messageBody: { a: { _b: [1, null, { c: true }] }, "": "d" } }],
    ["a time at the end of plain numbers", { timestamp: 9007199254740991 }],
  ])("takes %s", (_, fields) => {
    expect(through(MessageEnvelope, { ...response, ...fields })).toEqual({
      ...response,
      ...fields,
    });
  });

  it.each([
    [
      'type: expected a MessageType name, got "REQUEST"; did you mean request? (one of request, response, error) [enum]',
      { type: "REQUEST" },
    ],
    [
      'type: expected a MessageType name, got "unspecified" (one of request, response, error) [enum]',
      { type: "unspecified" },
    ],
    [
      "type: expected a MessageType name, got 1 (one of request, response, error) [enum]",
      { type: 1 },
    ],
    [
      'decision: expected a Decision name, got "maybe" (one of yes, no) [enum]',
      { decision: "maybe" },
    ],
    [
      'decision: expected a Decision name, got "unspecified" (one of yes, no) [enum]',
      { decision: "unspecified" },
    ],
    ["timestamp: expected an integer, got 1.5 [type]", { timestamp: 1.5 }],
    ['timestamp: expected an integer, got "1732535853442" [type]', { timestamp: "1732535853442" }],
    ["returnCode: expected an integer, got 0.5 [type]", { returnCode: 0.5 }],
    [
      "confidence: expected a finite number, got NaN [float.not_finite]",
      { confidence: Number.NaN },
    ],
    ["messageBody: expected an object, got an array of 0 [type]", { messageBody: [] }],
    [
      "messageBody.at: expected a JSON value, got an object [type]",
      { messageBody: { at: new Date(0) } },
    ],
  ])("refuses the JSON with %s", (text, fields) => {
    expect(refusedAsJson(MessageEnvelope, { ...response, ...fields })).toBe(`${start} ${text}`);
  });

  it("refuses a message without a type", () => {
    const message = MessageEnvelope.create({ sessionId: "s", requestId: "r", verb: "RULE" });
    const result = MessageEnvelope.safeEncode(message);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode pitboss.v1.MessageEnvelope: type: expected a MessageType name, got 0 [range]",
    );
  });

  it("cannot be written as JSON with a type or a decision without a name", () => {
    const strange: number = 9;
    const message = MessageEnvelope.fromJson(response);
    const refusal = (fields: object): string => {
      const result = MessageEnvelope.safeToJson({ ...message, ...fields });
      return result.ok ? "" : result.error.message;
    };
    expect(refusal({ decision: strange })).toBe(
      "cannot encode pitboss.v1.MessageEnvelope to JSON: decision: expected a number that Decision has a name for, got 9 [enum.unknown]",
    );
    expect(refusal({ type: strange, decision: Decision.UNSPECIFIED, confidence: 0 })).toBe(
      "cannot encode pitboss.v1.MessageEnvelope to JSON: type: expected a number that MessageType has a name for, got 9 [enum.unknown]",
    );
  });

  it("has version 1.1 when it is created", () => {
    expect(MessageEnvelope.create().version).toBe("1.1");
    expect(MessageEnvelope.create({ version: "2.0" }).version).toBe("2.0");
  });

  it("refuses __proto__ in its body, and keeps it in nested objects", () => {
    const named: unknown = JSON.parse('{"__proto__":1}');
    expect(refused(MessageEnvelope, { ...request, messageBody: named })).toBe(
      "messageBody.__proto__: a key that starts with _ stays in the backend [rule]",
    );
    const json = { ...request, messageBody: { deep: named } };
    const again = MessageEnvelope.decode(MessageEnvelope.encode(MessageEnvelope.fromJson(json)));
    expect(JSON.stringify(MessageEnvelope.toJson(again).messageBody)).toBe(
      '{"deep":{"__proto__":1}}',
    );
  });
});

describe("createEnvelopeContract", () => {
  const Wide = createEnvelopeContract({ verbs: ["GENERIC", "X2_Y"] });

  it.each(["RULE", "CONTENT", "GENERIC", "X2_Y"])("takes the verb %s", (verb) => {
    expect(through(Wide, { ...request, verb })).toEqual({ ...request, verb });
  });

  it("refuses verbs that are not registered", () => {
    expect(refused(Wide, { ...request, verb: "OTHER" })).toBe(
      `verb: expected one of ${verbsInErrors}, "GENERIC", "X2_Y", got "OTHER" [format]`,
    );
  });

  it("keeps all other rules", () => {
    expect(refused(Wide, { ...request, verb: "GENERIC", returnCode: 1 })).toBe(
      "returnCode: must be 0 when type is request [rule]",
    );
    expect(Wide.create().version).toBe("1.1");
    expect(Wide.typeName).toBe("pitboss.v1.MessageEnvelope");
  });

  it("does not change MessageEnvelope", () => {
    expect(refused(MessageEnvelope, { ...request, verb: "GENERIC" })).toBe(
      `verb: expected one of ${verbsInErrors}, got "GENERIC" [format]`,
    );
    expect(through(createEnvelopeContract({}), request)).toEqual(request);
  });

  it("is not affected by changes of its list", () => {
    const verbs = ["FIRST"];
    const contract = createEnvelopeContract({ verbs });
    verbs[0] = "SECOND";
    expect(through(contract, { ...request, verb: "FIRST" })).toMatchObject({ verb: "FIRST" });
  });

  it.each([
    [["RULE", "new verb"], 1, '"new verb"'],
    [[""], 0, '""'],
    [["generic"], 0, '"generic"'],
    [["A", "B", "1C"], 2, '"1C"'],
    [["_A"], 0, '"_A"'],
  ])("refuses to register %j", (verbs, index, received) => {
    let text = "nothing was refused";
    try {
      createEnvelopeContract({ verbs });
    } catch (error) {
      if (isContractError(error)) text = error.message;
    }
    expect(text).toBe(
      `cannot register pitboss.v1.MessageEnvelope: verbs[${index}]: expected an upper-case verb such as RULE, got ${received} [format]`,
    );
  });
});

describe("the type of an envelope's JSON", () => {
  it("has all twelve keys", () => {
    expectTypeOf<Omit<MessageEnvelopeJson, "messageBody">>().toEqualTypeOf<{
      type: "request" | "response" | "error";
      version: string;
      timestamp: number;
      session_id: string;
      request_id: string;
      verb: string;
      nextAgent: string | null;
      returnCode: number;
      decision: "yes" | "no" | null;
      confidence: number;
      reason: string;
    }>();
    expectTypeOf<{ a: [1, null] }>().toExtend<MessageEnvelopeJson["messageBody"]>();
    expectTypeOf<MessageType>().toEqualTypeOf<MessageEnvelope["type"]>();
  });
});
