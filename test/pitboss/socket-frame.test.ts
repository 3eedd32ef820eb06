import { describe, expect, expectTypeOf, it } from "vitest";
import {
  createEnvelopeContract,
  formatSocketFrame,
  type LegacyFrame,
  MessageEnvelope,
  parseSocketFrame,
  stripInternalKeys,
} from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";

const envelope = {
  type: "response",
  version: "1.1",
  timestamp: 1732535853442,
  session_id: "sess-1",
  request_id: "req-1",
  verb: "RULE",
  nextAgent: null,
  returnCode: 1,
  decision: "yes",
  confidence: 1,
  reason: "Success",
  messageBody: { success: true },
};
const request = {
  ...envelope,
  type: "request",
  returnCode: 0,
  decision: null,
  confidence: 0,
  nextAgent: "model.Capo",
};
const failure = { ...request, type: "error", returnCode: -1, nextAgent: null };

function read(json: unknown): unknown {
  return parseSocketFrame(JSON.stringify(json));
}

function refused(text: string): string {
  return refusalOf(() => parseSocketFrame(text)).message.replace(
    "cannot decode pitboss.SocketFrame from ",
    "",
  );
}

describe("a frame of the socket", () => {
  it.each([
    ["a request", request],
    ["a response", envelope],
    ["an error with a session", failure],
  ])("is an envelope: %s", (_, json) => {
    const frame = parseSocketFrame(JSON.stringify(json));
    expect(frame).toEqual({ kind: "envelope", envelope: MessageEnvelope.fromJson(json) });
    expect(JSON.parse(formatSocketFrame(frame))).toEqual(json);
  });

  it.each<[LegacyFrame["type"], LegacyFrame]>([
    ["run_rule", { type: "run_rule", rule_code: "ALL_GUESTS", rule_id: 7 }],
    ["run_rule", { type: "run_rule", rule_code: "ALL_GUESTS" }],
    ["rule_result", { type: "rule_result", message: "42 rows", timestamp: "2025-11-25T12:00:00" }],
    [
      "event",
      {
        type: "event",
        event: "views:refresh",
        payload: { table_name: "t", rule_code: null },
        timestamp: "2025-11-25T12:00:00.123456",
      },
    ],
    ["echo", { type: "echo", message: "" }],
    ["error", { type: "error", rule: "R1", message: "no such rule", timestamp: "2025-11-25" }],
    ["error", { type: "error", message: "no such rule", hint: ["kept"] }],
  ])("is a legacy frame: %s", (_, json) => {
    const frame = parseSocketFrame(JSON.stringify(json));
    expect(frame).toEqual({ kind: "legacy", frame: json });
    expect(JSON.parse(formatSocketFrame(frame))).toEqual(json);
  });

  it.each([
    [{}, "JSON: type: this key is required [required]"],
    [[], "JSON: expected an object, got an array of 0 [type]"],
    [null, "JSON: expected an object, got null [type]"],
    [
      { type: "ping" },
      'JSON: type: expected "request", "response", "error" or the type of a legacy frame (run_rule, rule_result, event, echo, error), got "ping" [enum]',
    ],
    [
      { type: "toString" },
      'JSON: type: expected "request", "response", "error" or the type of a legacy frame (run_rule, rule_result, event, echo, error), got "toString" [enum]',
    ],
    [{ type: "run_rule" }, "JSON: rule_code: this key is required [required]"],
    [
      { type: "run_rule", rule_code: "", rule_id: true },
      'JSON: rule_code: expected a non-empty string, got "" [length] (and 1 more issue)',
    ],
    [
      { type: "run_rule", rule_code: "R", rule_id: true },
      "JSON: rule_id: expected a string or a number, got true [type]",
    ],
    [
      { type: "event", event: "views:refresh", payload: [] },
      "JSON: payload: expected an object, got an array of 0 [type]",
    ],
    [{ type: "error", rule: "R1" }, "JSON: message: this key is required [required]"],
    [{ type: "echo", message: 5 }, "JSON: message: expected a string, got 5 [type]"],
  ])("is refused: %j", (json, text) => {
    expect(refused(JSON.stringify(json))).toBe(text);
  });

  it("is refused with the cause when it is not JSON", () => {
    expect(refused('{"type":"echo","message":NaN}')).toBe(
      "JSON: NaN at character 26 is not a JSON value [json.syntax]",
    );
  });

  it("is refused with the errors of the contract when it is an envelope", () => {
    expect(refusalOf(() => read({ ...envelope, session_id: "" })).message).toBe(
      'cannot decode pitboss.v1.MessageEnvelope from JSON: session_id: expected a non-empty string, got "" [length]',
    );
    expect(refusalOf(() => read({ ...envelope, messageBody: { _ctx: 1 } })).message).toBe(
      "cannot decode pitboss.v1.MessageEnvelope from JSON: messageBody._ctx: a key that starts with _ stays in the backend [rule]",
    );
  });

  it("is written only when it is valid", () => {
    const frame: LegacyFrame = { type: "run_rule", rule_code: "" };
    expect(refusalOf(() => formatSocketFrame({ kind: "legacy", frame })).message).toBe(
      'cannot encode pitboss.SocketFrame to JSON: rule_code: expected a non-empty string, got "" [length]',
    );
  });

  it("may have verbs of an application", () => {
    const wide = { contract: createEnvelopeContract({ verbs: ["CARD"] }) };
    const json = { ...envelope, verb: "CARD" };
    const frame = parseSocketFrame(JSON.stringify(json), wide);
    expect(JSON.parse(formatSocketFrame(frame, wide))).toEqual(json);
    expect(refusalOf(() => formatSocketFrame(frame)).code).toBe("format");
  });

  it("is read leniently on demand, and says what was changed", () => {
    const text =
      '{"type":"request","verb":"RULE","session_id":"s","request_id":"r","timestamp":5,"trace":"t"}';
    expect(refusalOf(() => parseSocketFrame(text)).code).toBe("unknown_key");
    const frame = parseSocketFrame(text, { lenient: true });
    if (frame.kind === "legacy") throw new Error("a legacy frame");
    expect(frame.envelope).toMatchObject({ verb: "RULE", version: "1.1", timestamp: 5n });
    expect(frame.repairs).toEqual({
      defaulted: [
        "version",
        "nextAgent",
        "returnCode",
        "decision",
        "confidence",
        "reason",
        "messageBody",
      ],
      ignored: ["trace"],
    });
    const timeless = text.replace('"timestamp":5,', "");
    const now = parseSocketFrame(timeless, { lenient: true, now: () => 7 });
    expect(now).toMatchObject({ envelope: { timestamp: 7n } });
    expect(parseSocketFrame('{"type":"echo","message":"hi"}', { lenient: true })).toEqual({
      kind: "legacy",
      frame: { type: "echo", message: "hi" },
    });
  });

  it("takes no invalid options", () => {
    const text = JSON.stringify(envelope);
    expect(refusalOf(() => parseSocketFrame(text, JSON.parse("null"))).code).toBe("config");
    const frame = parseSocketFrame(text);
    const options = JSON.parse('{"contract":1}');
    expect(refusalOf(() => formatSocketFrame(frame, options)).message).toBe(
      "cannot configure pitboss.v1.MessageEnvelope: contract: expected a contract of envelopes, got 1 [config]",
    );
  });

  it("has a type that distinguishes both kinds", () => {
    const frame = parseSocketFrame(JSON.stringify({ type: "echo", message: "hi" }));
    if (frame.kind === "envelope") expectTypeOf(frame.envelope).toEqualTypeOf<MessageEnvelope>();
    else if (frame.frame.type === "event") {
      expectTypeOf(frame.frame.event).toEqualTypeOf<string>();
    }
  });
});

describe("the internal keys of a body", () => {
  const body = { rule_text: "all", _ctx: { a: 1 }, _: null, deep: { _kept: true } };
  const inner = () => ({ ...MessageEnvelope.fromJson(envelope), messageBody: { ...body } });

  it("are removed on sending, except in nested objects", () => {
    const message = inner();
    expect(JSON.parse(formatSocketFrame({ kind: "envelope", envelope: message }))).toEqual({
      ...envelope,
      messageBody: { rule_text: "all", deep: { _kept: true } },
    });
    expect(message.messageBody).toEqual(body);
  });

  it("are refused by every method that would send them", () => {
    expect(refusalOf(() => MessageEnvelope.toJsonText(inner())).path).toBe("messageBody._ctx");
    expect(MessageEnvelope.is(stripInternalKeys(inner()))).toBe(true);
    expect(MessageEnvelope.safeCheck(stripInternalKeys(inner())).ok).toBe(true);
  });

  it("cause no copy where there are none", () => {
    const message = MessageEnvelope.fromJson(envelope);
    expect(stripInternalKeys(message)).toBe(message);
    const empty = MessageEnvelope.create();
    expect(stripInternalKeys(empty)).toBe(empty);
  });
});
