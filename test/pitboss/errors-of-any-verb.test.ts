import { toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { createEnvelopeContract, MessageEnvelope } from "../../src/pitboss/envelope.js";
import { MessageType, parseEnvelope } from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";
import { verbsInErrors } from "../support/verbs.js";

/** What a Pitboss backend sends when it could not read a request. */
const text = `{"type": "error", "version": "1.1", "timestamp": 1764791234567, "session_id": "sess-001", "request_id": "req-001", "verb": "GENERIC", "nextAgent": null, "returnCode": -1, "decision": null, "confidence": 0.0, "reason": "Invalid verb 'FOO'", "messageBody": {}}`;
const json: Readonly<Record<string, unknown>> = JSON.parse(text);
const message = MessageEnvelope.create({
  type: MessageType.ERROR,
  timestamp: 1764791234567n,
  sessionId: "sess-001",
  requestId: "req-001",
  verb: "GENERIC",
  returnCode: -1,
  reason: "Invalid verb 'FOO'",
  messageBody: {},
});
const bytes = toBinary(MessageEnvelope.schema, message);
const verbRefused = `verb: expected one of ${verbsInErrors}, got "`;
const refusal = `verb: expected one of ${verbsInErrors}, got "GENERIC" [format]`;

const reading = {
  decode: (strict?: boolean) => MessageEnvelope.decode(bytes, { strict: strict ?? false }),
  fromJson: (strict?: boolean) => MessageEnvelope.fromJson(json, { strict: strict ?? false }),
  fromJsonText: (strict?: boolean) =>
    MessageEnvelope.fromJsonText(text, { strict: strict ?? false }),
};

describe("an error with a verb that is not registered", () => {
  it.each(Object.entries(reading))("is read by %s, except under strict", (name, read) => {
    expect(read()).toEqual(message);
    const source = name === "decode" ? "from binary" : "from JSON";
    expect(refusalOf(() => read(true)).message).toBe(
      `cannot decode pitboss.v1.MessageEnvelope ${source}: ${refusal}`,
    );
  });

  it("is read by every method that reads", () => {
    const names = Object.keys(MessageEnvelope).filter((name) => /decode|fromJson/i.test(name));
    const covered = Object.keys(reading).flatMap((name) => [
      name,
      `safe${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    ]);
    expect(names.sort()).toEqual(covered.sort());
    expect(MessageEnvelope.safeDecode(bytes)).toEqual({ ok: true, value: message });
    expect(MessageEnvelope.safeFromJson(json)).toMatchObject({ ok: true, value: message });
    expect(MessageEnvelope.safeFromJsonText(text)).toMatchObject({ ok: true, value: message });
    expect(MessageEnvelope["~standard"].validate(json)).toEqual({ value: message });
    expect(parseEnvelope(json)).toEqual(json);
  });

  it.each([
    ["accept", () => MessageEnvelope.check(message)],
    ["encode", () => MessageEnvelope.encode(message)],
    ["encode", () => MessageEnvelope.toJson(message)],
    ["encode", () => MessageEnvelope.toJsonText(message)],
    ["encode", () => MessageEnvelope.encodeParts(message)],
  ])("is not written: %s", (operation, write) => {
    const error = refusalOf(write);
    expect(error.message).toMatch(new RegExp(`^cannot ${operation} pitboss.v1.MessageEnvelope`));
    expect(error.message.endsWith(refusal)).toBe(true);
  });

  it.each([
    ["a request", { type: "request", returnCode: 0 }, `${refusal}`],
    ["a response", { type: "response" }, `${refusal}`],
    ["no verb", { verb: "" }, `verb: expected one of ${verbsInErrors}, got "" [format]`],
    ["a verb of 257 characters", { verb: "A".repeat(257) }, verbRefused],
    ["another fault beside it", { confidence: 2 }, `${refusal} (and 1 more issue)`],
    ["another fault of the fields", { returnCode: 0 }, refusal],
  ])("is refused as before when it is %s", (_, fields, expected) => {
    const { message } = refusalOf(() => MessageEnvelope.fromJson({ ...json, ...fields }));
    expect(message).toContain(`cannot decode pitboss.v1.MessageEnvelope from JSON: ${expected}`);
  });

  it("is read by contracts with verbs of an application too", () => {
    const contract = createEnvelopeContract({ verbs: ["CARD"] });
    expect(contract.fromJson({ ...json, verb: "OTHER" }).verb).toBe("OTHER");
    expect(refusalOf(() => contract.toJson(message)).code).toBe("format");
  });
});
