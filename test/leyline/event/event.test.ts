import { create, fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type DeliveryGuarantee,
  EventEnvelope,
  type EventEnvelopeJson,
  EventEnvelopeSchema,
  MessagePriority,
} from "../../../src/leyline/index.js";

const event = { event_id: "e-1", event_type: "training.epoch.completed" };
const created_at = "2025-01-18T11:04:05.125Z";

/** The error of every method for the same fields: one text if all agree. */
function refusal(fields: object): string {
  const json: JsonValue = { ...event, ...fields };
  const message = fromJson(EventEnvelopeSchema, json);
  const type = "esper.leyline.v1.EventEnvelope";
  const methods = [
    [`cannot decode ${type} from JSON: `, EventEnvelope.safeFromJson(json)],
    [`cannot accept ${type}: `, EventEnvelope.safeCheck(message)],
    [`cannot encode ${type}: `, EventEnvelope.safeEncode(message)],
    [`cannot encode ${type} to JSON: `, EventEnvelope.safeToJson(message)],
    [
      `cannot decode ${type} from binary: `,
      EventEnvelope.safeDecode(toBinary(EventEnvelopeSchema, message)),
    ],
  ] as const;
  const texts = methods.map(([start, result]) =>
    result.ok ? `${start}nothing was refused` : result.error.message.replace(start, ""),
  );
  return [...new Set(texts)].join("\n");
}

/** The error of reading the JSON of an event with these fields. */
function misread(fields: object): string {
  const result = EventEnvelope.safeFromJson({ ...event, ...fields });
  return result.ok ? "nothing was refused" : result.error.message;
}
const start = "cannot decode esper.leyline.v1.EventEnvelope from JSON: ";

/** The JSON after a conversion to a message, to bytes and back. */
function through(fields: object): unknown {
  const bytes = EventEnvelope.encode(EventEnvelope.fromJson({ ...event, ...fields }));
  return EventEnvelope.toJson(EventEnvelope.decode(bytes));
}

describe("an EventEnvelope", () => {
  it.each([
    [{ event_id: "" }, 'event_id: expected a non-empty string, got "" [length]'],
    [{ event_type: "" }, 'event_type: expected a non-empty string, got "" [length]'],
    [
      { source_subsystem: "to-laria" },
      'source_subsystem: expected a lower-case name of letters, digits and _, or an empty string, got "to-laria" [format]',
    ],
    [{ routing_keys: ["a", ""] }, 'routing_keys[1]: expected a non-empty string, got "" [length]'],
    [{ max_attempts: 4 }, "max_attempts: expected a number of at most 3, got 4 [range]"],
    [{ current_attempt: 4 }, "current_attempt: must be at most 3 [rule]"],
    [
      { max_attempts: 2, current_attempt: 3 },
      "current_attempt: must be at most max_attempts (2) [rule]",
    ],
    [
      { max_attempts: 3, current_attempt: 4 },
      "current_attempt: must be at most max_attempts (3) [rule]",
    ],
    [{ created_at, ttl: "0s" }, "ttl: must be greater than 0s [range]"],
    [{ created_at, ttl: "-0.000000001s" }, "ttl: must be greater than 0s [range]"],
    [{ created_at, ttl: "-1s" }, "ttl: must be greater than 0s [range]"],
    [
      { created_at, processing_deadline: "0s" },
      "processing_deadline: must be greater than 0s [range]",
    ],
    [{ ttl: "60s" }, "created_at: is required with ttl [required]"],
    [{ processing_deadline: "1s" }, "created_at: is required with processing_deadline [required]"],
    [
      { processing_deadline: "1s", ttl: "-1s" },
      "created_at: is required with processing_deadline [required] (and 2 more issues)",
    ],
  ])("is refused with %j", (fields, text) => {
    expect(refusal(fields)).toBe(text);
  });

  it.each([
    {},
    { source_subsystem: "oona" },
    { created_at, ttl: "0.000000001s" },
    { created_at, processing_deadline: "315576000000s" },
    { created_at: "0001-01-01T00:00:00Z" },
    { created_at: "9999-12-31T23:59:59.999999999Z" },
    { max_attempts: 3, current_attempt: 3 },
    { max_attempts: 1 },
    { current_attempt: 3 },
    { routing_keys: ["a", "a"] },
    { priority: "MESSAGE_PRIORITY_CRITICAL" },
    { delivery_guarantee: "DELIVERY_GUARANTEE_EXACTLY_ONCE" },
    { priority: 5, delivery_guarantee: -1 },
  ])("may hold %j", (fields) => {
    expect(through(fields)).toEqual({ ...event, ...fields });
  });

  it.each([
    [{ event_id: undefined }, "event_id: this key is required [required]"],
    [{ event_type: undefined }, "event_type: this key is required [required]"],
    [{ event_type: null }, "event_type: expected a string, got null [type]"],
    [
      { priority: "HIGH" },
      'priority: expected a MessagePriority name, got "HIGH"; did you mean MESSAGE_PRIORITY_HIGH? (one of MESSAGE_PRIORITY_UNSPECIFIED, MESSAGE_PRIORITY_LOW, MESSAGE_PRIORITY_NORMAL, MESSAGE_PRIORITY_HIGH, MESSAGE_PRIORITY_CRITICAL) [enum]',
    ],
    [{ max_attempts: 1.5 }, "max_attempts: expected an integer, got 1.5 [type]"],
    [{ max_attempts: -1 }, "max_attempts: expected a number of at least 0, got -1 [range]"],
  ])("is not read with %j", (fields, text) => {
    expect(misread(fields)).toBe(start + text);
  });

  it("starts with no value of its own", () => {
    expect(EventEnvelope.create()).toEqual(create(EventEnvelopeSchema));
  });

  it("has typed JSON keys", () => {
    expectTypeOf<EventEnvelopeJson>().toEqualTypeOf<{
      event_id: string;
      event_type: string;
      source_subsystem?: string;
      created_at?: string;
      processing_deadline?: string;
      ttl?: string;
      payload?: string;
      payload_type?: string;
      content_encoding?: string;
      priority?: `MESSAGE_PRIORITY_${keyof typeof MessagePriority}`;
      routing_keys?: string[];
      correlation_id?: string;
      delivery_guarantee?: `DELIVERY_GUARANTEE_${keyof typeof DeliveryGuarantee}`;
      max_attempts?: number;
      current_attempt?: number;
    }>();
  });

  it("is always written the same way, however it was read", () => {
    const message = EventEnvelope.fromJson({
      maxAttempts: 0,
      routingKeys: [],
      priority: 3,
      payload: "_-8",
      ttl: "60.5s",
      createdAt: "2025-01-18T11:04:05.1Z",
      eventType: "t",
      eventId: "e",
    });
    expect(message.priority).toBe(MessagePriority.HIGH);
    expect(EventEnvelope.toJsonText(message)).toBe(
      '{"event_id":"e","event_type":"t","created_at":"2025-01-18T11:04:05.100Z","ttl":"60.500s","payload":"/+8=","priority":"MESSAGE_PRIORITY_HIGH"}',
    );
  });

  it("takes 1,024 bytes and refuses 1,025", () => {
    expect(EventEnvelope.budget).toEqual({ maxBytes: 1024, encodeMicros: 20 });
    const of = (length: number) =>
      EventEnvelope.create({ eventId: "e", eventType: "t", payload: new Uint8Array(length) });
    expect(EventEnvelope.encode(of(1015)).length).toBe(1024);
    const result = EventEnvelope.safeEncode(of(1016));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.EventEnvelope: 1025 bytes exceed the budget of 1024 (payload 1019, event_id 3, event_type 3); send encodeParts(), or encode with { budget: false } [budget.size]",
    );
    const bytes = EventEnvelope.encode(of(1016), { budget: false });
    expect(EventEnvelope.decode(bytes).payload.length).toBe(1016);
  });
});

describe("the bytes of a payload", () => {
  it.each([
    ["+/8=", [0xfb, 0xff], "+/8="],
    ["-_8", [0xfb, 0xff], "+/8="],
    ["-_8=", [0xfb, 0xff], "+/8="],
    ["AA==", [0], "AA=="],
    ["AA", [0], "AA=="],
    ["", [], undefined],
    [null, [], undefined],
  ])("are read from %j and written as base64", (payload, bytes, text) => {
    expect(EventEnvelope.fromJson({ ...event, payload }).payload).toEqual(new Uint8Array(bytes));
    expect(through({ payload })).toEqual(text === undefined ? event : { ...event, payload: text });
  });

  it.each(["A", "AAAAA", "AA=", "A===", "A A=", "AA==AA", "ä", 7])(
    "are not read from %j",
    (payload) => {
      expect(misread({ payload })).toBe(
        `${start}payload: expected base64, got ${JSON.stringify(payload)} [format]`,
      );
    },
  );
});

describe("the times of an event", () => {
  it.each([
    ["2025-01-18T12:04:05+01:00", "2025-01-18T11:04:05Z"],
    ["2025-01-18t11:04:05z", "2025-01-18T11:04:05Z"],
    ["2025-01-18T11:04:05.1Z", "2025-01-18T11:04:05.100Z"],
    ["2025-01-18T11:04:05.1234Z", "2025-01-18T11:04:05.123400Z"],
    ["2025-01-18T11:04:05.1234567Z", "2025-01-18T11:04:05.123456700Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"],
  ])("turn %s into %s", (time, text) => {
    expect(through({ created_at: time })).toEqual({ ...event, created_at: text });
  });

  it.each(["2025-02-29T00:00:00Z", "2025-01-18T11:04:05.1234567891Z", "2025-01-18", ""])(
    "are not read from %j",
    (time) => {
      expect(misread({ created_at: time })).toBe(
        `${start}created_at: expected an RFC 3339 time with a zone, got ${JSON.stringify(time)} [format]`,
      );
    },
  );

  it.each([
    ["1s", "1s"],
    ["0.5s", "0.500s"],
    ["0.000018s", "0.000018s"],
    ["1.000000001s", "1.000000001s"],
  ])("turn the span %s into %s", (ttl, text) => {
    expect(through({ created_at, ttl })).toEqual({ ...event, created_at, ttl: text });
  });

  it.each([
    ["1", 'expected a duration in seconds such as "1.5s", got "1" [format]'],
    [
      "315576000001s",
      'expected a duration in seconds such as "1.5s", got "315576000001s" [format]',
    ],
    [".5s", 'expected a duration in seconds such as "1.5s", got ".5s" [format]'],
    [60, 'expected a duration in seconds such as "1.5s", got 60 [type]'],
  ])("have no span in %j", (ttl, text) => {
    expect(misread({ created_at, ttl })).toBe(`${start}ttl: ${text}`);
  });

  it("refuse a span whose parts have two signs", () => {
    const message = EventEnvelope.fromJson({ ...event, created_at, ttl: "1s" });
    if (message.ttl !== undefined) message.ttl.nanos = -1;
    const result = EventEnvelope.safeEncode(message);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode esper.leyline.v1.EventEnvelope: ttl: expected a duration of -315576000000 s to 315576000000 s whose parts have one sign, got an object [type]",
    );
  });
});
