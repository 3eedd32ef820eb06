import { describe, expect, expectTypeOf, it } from "vitest";
import { createRegistry } from "../../../src/contract/registry.js";
import { examples } from "../../../src/leyline/examples.js";
import {
  AdaptationCommand,
  contracts,
  DeliveryGuarantee,
  EventEnvelope,
  MessagePriority,
  type PackEventOptions,
  packEvent,
  packEventDefaults,
  SystemStatePacket,
  safePackEvent,
  safeUnpackEvent,
  TelemetryPacket,
  unpackEvent,
} from "../../../src/leyline/index.js";
import { withoutHint } from "../../support/all-methods.js";
import { textOf } from "../../support/refusal.js";

const now = () => 1737198245123.9;
const newId = () => "3f788d1f-7f9f-4df9-a946-3501b987074e";
const options = { eventType: "state.reported", now, newId };
const command = AdaptationCommand.create({
  commandId: "c-1",
  issuedAt: { seconds: 1737198245n, nanos: 0 },
});
const start = "cannot convert esper.leyline.v1.EventEnvelope: ";

/** An event with a command as its payload, with these fields changed. */
function eventOf(fields: Partial<Omit<EventEnvelope, "$typeName" | "$unknown">>): EventEnvelope {
  return EventEnvelope.create({ ...packEvent(command, options), ...fields });
}

/** The error of unpacking an event. */
function refusal(event: unknown, given: unknown = {}): string {
  const result = Reflect.apply(safeUnpackEvent, undefined, [event, given]);
  return result.ok ? "nothing was refused" : result.error.message;
}

describe("packEvent", () => {
  it("makes an event for the first delivery, with the documented defaults", () => {
    expect(EventEnvelope.toJson(packEvent(command, options))).toEqual({
      event_id: "3f788d1f-7f9f-4df9-a946-3501b987074e",
      event_type: "state.reported",
      created_at: "2025-01-18T11:04:05.123Z",
      payload: "CAESA2MtMTIGCKWVrrwG",
      payload_type: "esper.leyline.v1.AdaptationCommand",
      content_encoding: "protobuf",
      priority: "MESSAGE_PRIORITY_NORMAL",
      delivery_guarantee: "DELIVERY_GUARANTEE_AT_LEAST_ONCE",
      max_attempts: 3,
      current_attempt: 1,
    });
  });

  it("sets all other fields of the envelope from its options", () => {
    const event = packEvent(command, {
      ...options,
      encoding: "json",
      sourceSubsystem: "tamiyo",
      priority: MessagePriority.HIGH,
      routingKeys: ["leyline.run-1.command"],
      correlationId: "p-1",
      processingDeadlineMillis: 18,
      ttlMillis: 60_500,
      deliveryGuarantee: DeliveryGuarantee.EXACTLY_ONCE,
      maxAttempts: 2,
      eventId: "e-1",
    });
    expect(EventEnvelope.toJson(event)).toMatchObject({
      event_id: "e-1",
      source_subsystem: "tamiyo",
      processing_deadline: "0.018s",
      ttl: "60.500s",
      content_encoding: "json",
      priority: "MESSAGE_PRIORITY_HIGH",
      routing_keys: ["leyline.run-1.command"],
      correlation_id: "p-1",
      delivery_guarantee: "DELIVERY_GUARANTEE_EXACTLY_ONCE",
      max_attempts: 2,
    });
    expect(new TextDecoder().decode(event.payload)).toBe(AdaptationCommand.toJsonText(command));
  });

  it("uses the platform's clock and random ids by default", () => {
    const { eventId, createdAt } = packEvent(command, { eventType: "x" });
    expect(
      EventEnvelope.safeCheck(packEvent(command, { eventType: "x" }), { strict: true }).ok,
    ).toBe(true);
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Number(createdAt?.seconds) * 1000 - Date.now())).toBeLessThan(5000);
    expect(Object.isFrozen(packEventDefaults)).toBe(true);
  });

  it("ignores the budget of the payload itself; the envelope may have 1,024 bytes", () => {
    const json = examples.find(({ name }) => name.includes("10 seeds"))?.json;
    const packet = SystemStatePacket.fromJson(json);
    expect(SystemStatePacket.safeEncode(packet).ok).toBe(false);
    const event = packEvent(packet, options);
    expect(EventEnvelope.encode(event).length).toBe(747);
    const asText = packEvent(packet, { ...options, encoding: "json" });
    expect(() => EventEnvelope.encode(asText)).toThrow("exceed the budget of 1024 (payload ");
    expect(unpackEvent(asText)).toEqual(packet);
  });

  it.each([
    [
      { eventType: "" },
      'cannot accept esper.leyline.v1.EventEnvelope: event_type: expected a non-empty string, got "" [length]',
    ],
    [
      { encoding: "msgpack" },
      `${start}encoding: expected protobuf or json, got "msgpack" [payload.encoding]`,
    ],
    [
      { encoding: "toString" },
      `${start}encoding: expected protobuf or json, got "toString" [payload.encoding]`,
    ],
    [
      { ttlMillis: 0 },
      `${start}ttlMillis: expected an integer from 1 to 2147483647, got 0 [config]`,
    ],
    [
      { ttlMillis: 2147483648 },
      `${start}ttlMillis: expected an integer from 1 to 2147483647, got 2147483648 [config]`,
    ],
    [
      { processingDeadlineMillis: 1.5 },
      `${start}processingDeadlineMillis: expected an integer from 1 to 2147483647, got 1.5 [config]`,
    ],
    [
      { now: () => 1e15 },
      `${start}now: expected a time of the years 1 to 9999, got 1000000000000000 [config]`,
    ],
    [
      { now: () => "x" },
      `${start}now: expected a clock that gives a finite number of milliseconds, got "x" [config]`,
    ],
    [
      { maxAttempts: 4 },
      "cannot accept esper.leyline.v1.EventEnvelope: max_attempts: expected a number of at most 3, got 4 [range]",
    ],
    [{ routingKeys: null }, `${start}routingKeys: expected an array of strings, got null [config]`],
  ])("refuses %j", (changes, text) => {
    const result = Reflect.apply(safePackEvent, undefined, [command, { ...options, ...changes }]);
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(text);
  });

  it("says what it needs when it has no options", () => {
    const text = `${start}eventType: expected the option eventType, a name such as "training.epoch.completed", got undefined [config]`;
    // @ts-expect-error no options
    expect(textOf(() => packEvent(command))).toBe(text);
    // @ts-expect-error null options
    expect(textOf(() => packEvent(command, null))).toBe(text);
  });

  it("refuses messages that the registry does not have, and invalid ones", () => {
    const registry = createRegistry([TelemetryPacket]);
    expect(() => packEvent(command, { ...options, registry })).toThrow(
      `${start}expected a message of a type that the registry has, got "esper.leyline.v1.AdaptationCommand" [payload.type]`,
    );
    const call = () => Reflect.apply(packEvent, undefined, [{ commandId: "c" }, options]);
    expect(call).toThrow(
      `${start}expected a message of a type that the registry has, got an object [payload.type]`,
    );
    expect(() => packEvent(AdaptationCommand.create(), options)).toThrow(
      'cannot encode esper.leyline.v1.AdaptationCommand: command_id: expected a non-empty string, got "" [length] (and 1 more issue)',
    );
  });
});

describe("unpackEvent", () => {
  it.each(examples.filter(({ contract }) => contract !== EventEnvelope))(
    "returns $name from both encodings",
    ({ contract, json }) => {
      const message = contract.fromJson(json);
      for (const encoding of ["protobuf", "json"] as const) {
        const event = packEvent(message, { ...options, encoding });
        expect(unpackEvent(event)).toEqual(message);
        const sent = EventEnvelope.decode(EventEnvelope.encode(event, { budget: false }));
        expect(unpackEvent(sent)).toEqual(message);
      }
    },
  );

  it("unpacks the example of the document", () => {
    const json = examples.find(({ contract }) => contract === EventEnvelope)?.json;
    const message = unpackEvent(EventEnvelope.fromJson(json));
    expect(message).toMatchObject({ commandId: "4915b0fe-849c-4217-a278-7aeb6fd353c9" });
  });

  it("returns a union that $typeName narrows", () => {
    const message = unpackEvent(packEvent(command, options));
    if (message.$typeName !== "esper.leyline.v1.AdaptationCommand") throw new Error("another type");
    expectTypeOf(message).toEqualTypeOf<AdaptationCommand>();
    const registry = createRegistry([AdaptationCommand, TelemetryPacket]);
    expectTypeOf(unpackEvent(eventOf({}), { registry })).toEqualTypeOf<
      AdaptationCommand | TelemetryPacket
    >();
    expectTypeOf<PackEventOptions["encoding"]>().toEqualTypeOf<"protobuf" | "json" | undefined>();
    expect(message.commandId).toBe("c-1");
  });

  it.each(["AdaptationCommand", "esper.leyline.AdaptationCommand"])(
    "accepts the type name %s too",
    (payloadType) => {
      expect(unpackEvent(eventOf({ payloadType }))).toEqual(command);
    },
  );

  it("reads an empty encoding as protobuf", () => {
    expect(unpackEvent(eventOf({ contentEncoding: "" }))).toEqual(command);
  });

  it.each(["", "application/json", "Command", "esper.leyline.v2.AdaptationCommand", "toString"])(
    "refuses the type %j",
    (payloadType) => {
      expect(withoutHint(refusal(eventOf({ payloadType })))).toBe(
        `${start}payload_type: expected the name of a type that the registry has, got ${JSON.stringify(payloadType)} [payload.type]`,
      );
    },
  );

  it("names the type that was meant", () => {
    expect(refusal(eventOf({ payloadType: "AdaptionCommand" }))).toBe(
      `${start}payload_type: expected the name of a type that the registry has, got "AdaptionCommand"; did you mean AdaptationCommand? [payload.type]`,
    );
  });

  it("refuses a name that several types have", () => {
    const other = { ...AdaptationCommand, typeName: "esper.other.v1.AdaptationCommand" };
    const registry = createRegistry([...contracts, other]);
    const event = eventOf({ payloadType: "AdaptationCommand" });
    expect(refusal(event, { registry })).toBe(
      `${start}payload_type: expected the name of one type, not 2, that the registry has, got "AdaptationCommand" [payload.type]`,
    );
  });

  it.each(["gzip", "JSON", "__proto__"])("refuses the encoding %j", (contentEncoding) => {
    expect(refusal(eventOf({ contentEncoding }))).toBe(
      `${start}content_encoding: expected protobuf or json, got "${contentEncoding}" [payload.encoding]`,
    );
  });

  it.each([
    [
      "protobuf",
      [10],
      "payload.version: the bytes end in the middle of a field (at byte 1) [binary.truncated]",
    ],
    [
      "protobuf",
      [],
      "payload.version: expected a number of at least 1, got 0 [range] (and 2 more issues)",
    ],
    ["json", [123], "payload: the text ends "],
    ["json", [255], "payload: expected JSON text in UTF-8 [format]"],
    ["json", [91, 93], "payload: expected an object, got an array of 0 [type]"],
    ["json", [0xef, 0xbb, 0xbf, 123, 125], "payload: "],
  ])("refuses a %s payload of %j", (contentEncoding, payload, text) => {
    const message = refusal(eventOf({ contentEncoding, payload: Uint8Array.from(payload) }));
    expect(message.slice(0, start.length + text.length)).toBe(start + text);
  });

  it("refuses invalid events, and values that are not events", () => {
    expect(refusal(eventOf({ eventId: "" }))).toBe(
      'cannot accept esper.leyline.v1.EventEnvelope: event_id: expected a non-empty string, got "" [length]',
    );
    expect(refusal(null)).toBe(
      "cannot accept esper.leyline.v1.EventEnvelope: expected a esper.leyline.v1.EventEnvelope message, got null [type]",
    );
    expect(refusal(eventOf({}), null)).toBe(
      `${start}expected an object of options, got null [config]`,
    );
  });
});
