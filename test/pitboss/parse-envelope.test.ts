import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type LenientEnvelope,
  type MessageEnvelopeJson,
  parseEnvelope,
  parseEnvelopeDefaults,
} from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";

const least = '{"type":"request","verb":"RULE","session_id":"sess-001","request_id":"req-001"}';
const start = "cannot decode pitboss.v1.MessageEnvelope from JSON:";

function lenient(text: string): LenientEnvelope | null {
  return parseEnvelope(JSON.parse(text), { lenient: true, now: () => 1732535853442 });
}

describe("parseEnvelope with lenient", () => {
  it("takes an envelope of four keys", () => {
    expect(lenient(least)).toEqual({
      envelope: {
        type: "request",
        version: "1.1",
        timestamp: 1732535853442,
        session_id: "sess-001",
        request_id: "req-001",
        verb: "RULE",
        nextAgent: null,
        returnCode: 0,
        decision: null,
        confidence: 0,
        reason: "",
        messageBody: {},
      },
      defaulted: [
        "version",
        "timestamp",
        "nextAgent",
        "returnCode",
        "decision",
        "confidence",
        "reason",
        "messageBody",
      ],
      ignored: [],
    });
    expect(refusalOf(() => parseEnvelope(JSON.parse(least))).message).toBe(
      `${start} version: this key is required [required]`,
    );
  });

  it("gives an error the return code of errors", () => {
    const read = lenient(least.replace("request", "error").replace("RULE", "GENERIC"));
    expect(read?.envelope).toMatchObject({ type: "error", verb: "GENERIC", returnCode: -1 });
  });

  it("leaves out keys that the protocol does not have", () => {
    const read = lenient(
      '{"trace":{"a":1},"type":"request","verb":"RULE","session_id":"s","request_id":"r","version":"1.1","timestamp":1,"nextAgent":null,"returnCode":0,"decision":null,"confidence":0.0,"reason":"","messageBody":{"a":1},"__proto__":{"verb":"CONTENT"},"constructor":1,"user":"u"}',
    );
    expect(read?.ignored).toEqual(["trace", "__proto__", "constructor", "user"]);
    expect(read?.defaulted).toEqual([]);
    expect(read?.envelope).toMatchObject({ verb: "RULE", messageBody: { a: 1 } });
    expect(Object.keys(read?.envelope ?? {})).toHaveLength(12);
  });

  it("reads null as missing", () => {
    const nulls =
      '{"version":null,"timestamp":null,"nextAgent":null,"returnCode":null,"decision":null,"confidence":null,"reason":null,"messageBody":null,';
    const read = lenient(least.replace("{", nulls));
    expect(read?.envelope).toEqual(lenient(least)?.envelope);
    expect(read?.defaulted).toEqual([
      "version",
      "timestamp",
      "returnCode",
      "confidence",
      "reason",
      "messageBody",
    ]);
  });

  it.each([
    ['{"type":"echo","message":"hi"}'],
    ["[]"],
    ["null"],
    ['{"type":"request","verb":"RULE","session_id":"s","request_id":""}'],
  ])("returns null for %s", (text) => {
    expect(lenient(text)).toBeNull();
  });

  it.each([
    ['"version":"2.0"', 'version: expected version 1.x, got "2.0" [version.mismatch]'],
    ['"confidence":"high"', 'confidence: expected a number, got "high" [type]'],
    ['"messageBody":[]', "messageBody: expected an object, got an array of 0 [type]"],
    ['"returnCode":1', "returnCode: must be 0 when type is request [rule]"],
  ])("keeps the rules: %s", (key, text) => {
    expect(refusalOf(() => lenient(least.replace("{", `{${key},`))).message).toBe(
      `${start} ${text}`,
    );
  });

  it("does not change its input, and reports what its input throws", () => {
    const data = Object.freeze(JSON.parse(least));
    expect(parseEnvelope(data, { lenient: true })?.envelope.reason).toBe("");
    const hostile = { ...JSON.parse(least) };
    Object.defineProperty(hostile, "reason", {
      enumerable: true,
      get: () => {
        throw new RangeError("mine");
      },
    });
    expect(refusalOf(() => parseEnvelope(hostile, { lenient: true })).code).toBe(
      "input.unreadable",
    );
  });
});

describe("the options of parseEnvelope", () => {
  it("have frozen defaults", () => {
    expect(parseEnvelopeDefaults).toEqual({ lenient: false, now: expect.any(Function) });
    expect(Object.isFrozen(parseEnvelopeDefaults)).toBe(true);
    expect(parseEnvelope(JSON.parse(least), { lenient: true })?.envelope.timestamp).toBeCloseTo(
      Date.now(),
      -5,
    );
  });

  it.each([
    ["null", ": expected an object, got null [config]"],
    ['{"lenient":1}', ": lenient: expected a boolean, got 1 [config]"],
    ['{"now":1}', ": now: expected a function, got 1 [config]"],
    ['{"contract":{}}', ": contract: expected a contract of envelopes, got an object [config]"],
  ])("are refused: %s", (options, text) => {
    expect(refusalOf(() => parseEnvelope({}, JSON.parse(options))).message).toBe(
      `cannot configure pitboss.v1.MessageEnvelope${text}`,
    );
  });

  it("decide the type of the result", () => {
    expectTypeOf(parseEnvelope({})).toEqualTypeOf<MessageEnvelopeJson | null>();
    expectTypeOf(parseEnvelope({}, { lenient: true })).toEqualTypeOf<LenientEnvelope | null>();
  });
});
