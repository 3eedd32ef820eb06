import { describe, expect, it } from "vitest";
import {
  AdaptationCommand,
  createGuard,
  EventEnvelope,
  safeUnpackEvent,
  safeValidateSchema,
  unpackEvent,
} from "../../src/leyline/index.js";
import { createNonceCache, signCommand, verifyCommand } from "../../src/leyline/signing/index.js";
import { refusalOf } from "../support/refusal.js";

/** What the first controllers send: their schema has no payload for these two types. */
const cases = [
  {
    name: "a pause that was a seed command before",
    text: '{"version":1,"command_id":"c-1","command_type":"COMMAND_PAUSE","target_seed_id":"seed-1","issued_at":"2025-01-18T11:04:05.123Z","issued_by":"tamiyo","seed_operation":{"operation":"SEED_OP_GERMINATE","blueprint_id":"BP001","parameters":{"alpha":0.5}},"annotations":{"reason":"latency"}}',
    issue: {
      path: "seed_operation",
      rule: "payload.type",
      message: "must not be set for COMMAND_PAUSE, whose payload is pause",
    },
  },
  {
    name: "a pruning command without a payload",
    text: '{"version":1,"command_id":"c-2","command_type":"COMMAND_STRUCTURAL_PRUNING","issued_at":"2025-01-18T11:04:05.123Z","issued_by":"tamiyo"}',
    issue: {
      path: "structural_pruning",
      rule: "required",
      message: "is required for COMMAND_STRUCTURAL_PRUNING",
    },
  },
] as const;

describe.each(cases)("$name", ({ text, issue }) => {
  const command = AdaptationCommand.fromJsonText(text);
  const bytes = AdaptationCommand.codec.encode(command);

  it("is read, and what its sender must not do is listed", () => {
    expect(AdaptationCommand.fromJson(JSON.parse(text))).toEqual(command);
    expect(AdaptationCommand.decode(bytes)).toEqual(command);
    for (const result of [
      AdaptationCommand.safeDecode(bytes),
      AdaptationCommand.safeFromJsonText(text),
      AdaptationCommand.safeFromJson(JSON.parse(text)),
    ]) {
      expect(result).toMatchObject({ ok: true, value: command, tolerated: [issue] });
    }
  });

  it("is listed by the functions that read with a contract, too", () => {
    const guard = createGuard();
    const read = { ok: true, value: command, tolerated: [issue] };
    expect(guard.safeDecode(AdaptationCommand, bytes)).toEqual(read);
    expect(guard.decode(AdaptationCommand, bytes)).toEqual(command);
    expect(safeValidateSchema(AdaptationCommand, bytes)).toEqual(read);
    const json = { ...JSON.parse(text), later: 1 };
    const options = { unknownKeys: "report" } as const;
    expect(safeValidateSchema(AdaptationCommand, json, options)).toEqual({
      ...read,
      unknownKeys: ["later"],
    });
    const eventOf = (contentEncoding: string, payload: Uint8Array): EventEnvelope =>
      EventEnvelope.create({
        eventId: "e-1",
        eventType: "adaptation.command.issued",
        payloadType: "AdaptationCommand",
        createdAt: { seconds: 1n },
        payload,
        contentEncoding,
      });
    const inPayload = { ...read, tolerated: [{ ...issue, path: `payload.${issue.path}` }] };
    expect(safeUnpackEvent(eventOf("protobuf", bytes))).toEqual(inPayload);
    const jsonBytes = new TextEncoder().encode(JSON.stringify(json));
    expect(safeUnpackEvent(eventOf("json", jsonBytes), options)).toEqual({
      ...inPayload,
      unknownKeys: ["payload.later"],
    });
  });

  it("is refused by everything that writes, and under strict", () => {
    const strict = { strict: true };
    for (const method of [
      () => AdaptationCommand.check(command),
      () => AdaptationCommand.encode(command),
      () => AdaptationCommand.encodeParts(command),
      () => AdaptationCommand.toJson(command),
      () => AdaptationCommand.toJsonText(command),
      () => AdaptationCommand.decode(bytes, strict),
      () => AdaptationCommand.fromJsonText(text, strict),
    ]) {
      expect(method).toThrow(expect.objectContaining({ code: issue.rule, issues: [issue] }));
    }
  });

  it("reaches a receiver that verifies its signature", async () => {
    const secret = new TextEncoder().encode("leyline-test-secret");
    const verdict = await verifyCommand(bytes, await signCommand(bytes, secret), {
      key: secret,
      nonces: createNonceCache(),
      now: () => Date.parse("2025-01-18T11:04:06Z"),
    });
    expect(verdict).toEqual({ ok: true, command, tolerated: [issue] });
  });

  it("is unpacked from an event", () => {
    const event = EventEnvelope.create({
      eventId: "e-1",
      eventType: "adaptation.command.issued",
      payloadType: "AdaptationCommand",
      payload: bytes,
    });
    expect(unpackEvent(event)).toEqual(command);
  });
});

describe("a pause", () => {
  const pause =
    '{"version":1,"command_id":"c-1","command_type":"COMMAND_PAUSE","issued_at":"2025-01-18T11:04:05Z"';

  it("that a writer may send has nothing to list", () => {
    const result = AdaptationCommand.safeFromJsonText(`${pause},"pause":{"pause":true}}`);
    expect(result).toMatchObject({ ok: true });
    expect(result).not.toHaveProperty("tolerated");
  });

  it.each(["optimizer_adjustment", "circuit_breaker", "rollback_payload", "emergency"])(
    "with %s is refused by readers too",
    (key) => {
      expect(
        refusalOf(() => AdaptationCommand.fromJsonText(`${pause},"${key}":{}}`)),
      ).toMatchObject({ code: "payload.type", path: key });
    },
  );
});
