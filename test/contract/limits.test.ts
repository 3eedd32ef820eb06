import { describe, expect, it } from "vitest";
import { contracts } from "../../src/all.js";
import { channels as beamline } from "../../src/beamline/index.js";
import { unsafeCast } from "../../src/contract/base/unsafe-cast.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { contractDefaults } from "../../src/contract/options.js";
import { createAssembler } from "../../src/index.js";
import { eventExamples } from "../../src/jimbot/channel-examples.js";
import { channels as jimbot } from "../../src/jimbot/channels.js";
import { DiagnosticEvent, Event, EventBatch } from "../../src/jimbot/index.js";
import { examples as leylineExamples } from "../../src/leyline/examples.js";
import { channels as leyline, SystemStatePacket } from "../../src/leyline/index.js";
import { channels as pitboss } from "../../src/pitboss/index.js";
import { LogMessage, channels as sim } from "../../src/sim/index.js";
import { concat, varint } from "../support/binary/bytes.js";
import { countElements } from "../support/binary/count-elements.js";
import { codeOf, refusalOf } from "../support/refusal.js";

const channels = [...beamline, ...jimbot, ...leyline, ...pitboss, ...sim];

describe("the default size of a message", () => {
  it("is that of the largest channel that carries it, and at least 4 MiB", () => {
    expect(contractDefaults.maxBytes).toBe(4_194_304);
    const largest = new Map<string, number>();
    for (const { messages, replies = [], maxBytes = 0 } of channels) {
      for (const { typeName } of [...messages, ...replies]) {
        largest.set(typeName, Math.max(maxBytes, largest.get(typeName) ?? 4_194_304));
      }
    }
    const found = [...contracts].map(({ typeName, maxBytes }) => [typeName, maxBytes]);
    const expected = [...contracts].map(({ typeName }) => [
      typeName,
      largest.get(typeName) ?? 4_194_304,
    ]);
    expect(found).toEqual(expected);
    expect(Event.maxBytes).toBe(10_485_760);
  });
});

describe("JimBot's batches of 10 MiB", () => {
  // Those with the longest JSON, the most elements and the most text.
  const worst = ["LEARNING_DECISION", "GAME_STATE", "METRIC"] as const;

  it.each(worst)("of %s pass in binary and in JSON", (type) => {
    const event = Event.fromJson({
      ...eventExamples[type],
      event_id: "9f1c2a10-73ac-4c5e-9f2d-0a1b2c3d4e5f",
    });
    const size = Event.encode(event).length + 4;
    const count = Math.floor((EventBatch.maxBytes - 100) / size);
    const events = new Array(count).fill(event);
    const batch = EventBatch.create({ batchId: "b", source: "s", timestamp: 1n, events });
    const bytes = EventBatch.encode(batch);
    expect(bytes.length).toBeGreaterThan(EventBatch.maxBytes * 0.98);
    expect(EventBatch.decode(bytes).events.length).toBe(count);
    expect(EventBatch.fromJsonText(EventBatch.toJsonText(batch)).events.length).toBe(count);
  });
});

describe("a packet of 10,000 seeds with five metrics each", () => {
  it("passes the codec at its defaults; only the rule of 100 seeds refuses it", () => {
    const ten = leylineExamples.find(
      ({ name }) => name === "SystemStatePacket, 10 seeds, 5 metrics",
    );
    const packet = SystemStatePacket.fromJson(ten?.json);
    const seedStates = new Array(1_000).fill(packet.seedStates).flat();
    const many: SystemStatePacket = { ...packet, seedStates };
    const bytes = SystemStatePacket.codec.encode(many);
    expect(SystemStatePacket.codec.decode(bytes)).toEqual(many);
    expect(codeOf(() => SystemStatePacket.decode(bytes))).toBe("length");
  });
});

/** A log message of exactly this many bytes. */
function logOf(bytes: number): LogMessage {
  const log = LogMessage.fromJson({ level: "INFO", message: "m" });
  const size = LogMessage.codec.size(log);
  // The length takes as many bytes wherever it may be needed here.
  const data = concat(varint(bytes - size - 2 - 4, 4), new Uint8Array(bytes - size - 2 - 4));
  return { ...log, $unknown: [{ no: 1_000, wireType: 2, data }] };
}

describe("what decode refuses, encode refuses", () => {
  it("beyond maxBytes", () => {
    const fits = logOf(4_194_304);
    const large = logOf(4_194_305);
    const bytes = LogMessage.encode(fits);
    expect(bytes.length).toBe(4_194_304);
    expect(LogMessage.decode(bytes).$unknown?.length).toBe(1);
    expect(refusalOf(() => LogMessage.encode(large)).message).toBe(
      "cannot encode sim.v1.LogMessage: 4194305 bytes are more than the 4194304 that are accepted [input.bytes]",
    );
    const encoded = LogMessage.encode(large, { maxBytes: 4_194_305 });
    expect(codeOf(() => LogMessage.decode(encoded))).toBe("input.bytes");
    for (const maxBytes of [4_194_305, Number.POSITIVE_INFINITY]) {
      const again = LogMessage.encode(LogMessage.decode(encoded, { maxBytes }), { maxBytes });
      expect(Buffer.compare(again, encoded)).toBe(0);
    }
  });

  it("beyond maxElements", () => {
    const { batch, elements } = heartbeat();
    const bytes = EventBatch.encode(batch);
    expect(EventBatch.decode(bytes, { maxElements: elements })).toEqual(batch);
    expect(EventBatch.encode(batch, { maxElements: elements })).toEqual(bytes);
    const fewer = { maxElements: elements - 1 };
    const text = `more than the ${elements - 1} elements that are accepted`;
    expect(codeOf(() => EventBatch.decode(bytes, fewer))).toBe("input.elements");
    const refusal = refusalOf(() => EventBatch.encode(batch, fewer));
    expect(refusal.code).toBe("input.elements");
    expect(refusal.message).toContain(`cannot encode jimbot.events.v1.EventBatch: `);
    expect(refusal.message).toContain(text);
  });

  it("in parts too, which an assembler decodes", () => {
    const of = (count: number) =>
      DiagnosticEvent.create({ availableFunctions: new Array<string>(count).fill("x") });
    const most = of(1_000_000);
    const assembler = createAssembler(DiagnosticEvent);
    const [part, ...others] = DiagnosticEvent.encodeParts(most);
    expect(others).toEqual([]);
    const read = assembler.add(part ?? new Uint8Array(0));
    expect(read?.message.availableFunctions).toHaveLength(1_000_000);
    const refusal = refusalOf(() => DiagnosticEvent.encodeParts(of(1_000_001)));
    expect(refusal.message).toBe(
      "cannot encode jimbot.events.v1.DiagnosticEvent: available_functions[1000000]: more than the 1000000 elements that are accepted (at byte 3000002) [input.elements]",
    );
    expect(refusal).toEqual(refusalOf(() => DiagnosticEvent.encode(of(1_000_001))));
  });

  it("does not when decode would not count", () => {
    expect(codeOf(() => LogMessage.encode(logOf(1_000), { maxBytes: 999 }))).toBe("input.bytes");
    expect(LogMessage.encode(logOf(1_000), { maxBytes: 1_000 }).length).toBe(1_000);
  });
});

/** A batch of one heartbeat, and its number of elements. */
function heartbeat(): { batch: EventBatch; elements: number } {
  const json = eventExamples.HEARTBEAT;
  const batch = EventBatch.create({
    batchId: "b",
    source: "s",
    timestamp: 1n,
    events: [Event.fromJson(json)],
  });
  const bytes = EventBatch.encode(batch);
  return { batch, elements: countElements(EventBatch.schema, bytes) };
}

describe("JSON text", () => {
  it("has at most 16 Mi characters, or 2.5 times as many as the message has bytes", () => {
    const long = (length: number): string => `"${"x".repeat(length - 2)}"`;
    expect(codeOf(() => LogMessage.fromJsonText(long(16_777_217)))).toBe("input.bytes");
    expect(codeOf(() => LogMessage.fromJsonText(long(16_777_216)))).toBe("type");
    expect(codeOf(() => EventBatch.fromJsonText(long(26_214_401)))).toBe("input.bytes");
    expect(codeOf(() => EventBatch.fromJsonText(long(26_214_400)))).toBe("type");
  });

  it("has at most 1,000,000 objects and arrays", () => {
    const nulls = (count: number): string => `[${"[],".repeat(count - 2)}[]]`;
    expect(codeOf(() => LogMessage.fromJsonText(nulls(1_000_000)))).toBe("type");
    expect(refusalOf(() => LogMessage.fromJsonText(nulls(1_000_001))).message).toBe(
      "cannot decode sim.v1.LogMessage from JSON: more than the 1000000 objects and arrays that are accepted [input.elements]",
    );
    expect(codeOf(() => LogMessage.fromJsonText("[[[[]]]]", { maxElements: 3 }))).toBe(
      "input.elements",
    );
  });
});

describe("wrong options", () => {
  const log = logOf(100);
  const bytes = LogMessage.encode(log);
  const methods: Record<string, (options: never) => unknown> = {
    encode: (options) => LogMessage.encode(log, options),
    decode: (options) => LogMessage.decode(bytes, options),
    fromJsonText: (options) => LogMessage.fromJsonText("{}", options),
  };
  const safe: Record<string, (options: never) => { readonly ok: boolean }> = {
    encode: (options) => LogMessage.safeEncode(log, options),
    decode: (options) => LogMessage.safeDecode(bytes, options),
    fromJsonText: (options) => LogMessage.safeFromJsonText("{}", options),
  };
  const limits = { encode: "maxBytes", decode: "maxBytes", fromJsonText: "maxLength" };

  it.each(Object.entries(limits))("of %s are config, never an engine's error", (method, limit) => {
    const keys = [limit, "maxElements"];
    const values = [null, Number.NaN, 0, -1, 1.5, "5", {}];
    const wrong = keys.flatMap((key) => values.map((value) => ({ [key]: value })));
    for (const options of [null, 5, "strict", ...wrong, { strict: "no" }]) {
      expect(codeOf(() => methods[method]?.(options as never))).toBe("config");
      expect(safe[method]?.(options as never)).toMatchObject({
        ok: false,
        error: { code: "config" },
      });
    }
    expect(refusalOf(() => methods[method]?.({ [limit]: Number.NaN } as never)).message).toBe(
      `cannot configure sim.v1.LogMessage: ${limit}: expected a whole number of at least 1, or Infinity, got NaN [config]`,
    );
  });

  it("are refused when a contract is made", async () => {
    const { createContract } = await import("../../src/contract/contract.js");
    const { schema, definition, codec }: AnyContract = LogMessage;
    for (const maxBytes of [Number.NaN, -1, 0.5, null as never]) {
      expect(codeOf(() => createContract(schema, definition, codec, { maxBytes }))).toBe("config");
    }
  });
});

describe("own", () => {
  it("gives every byte array of a decoded message a buffer of its own", () => {
    const log = LogMessage.fromJson({ level: "INFO", message: "m" });
    const data = Uint8Array.of(3, 1, 2, 3);
    const bytes = LogMessage.encode({ ...log, $unknown: [{ no: 1_000, wireType: 2, data }] });
    const [own] = LogMessage.decode(bytes, { own: true }).$unknown ?? [];
    expect(own?.data).toEqual(data);
    expect(own?.data.buffer.byteLength).toBe(4);
    const [shared] = LogMessage.decode(bytes).$unknown ?? [];
    expect(shared?.data.buffer.byteLength).toBe(65_536);
  });

  it("gives an encoded message a buffer of its own", () => {
    const log = LogMessage.fromJson({ level: "INFO", message: "m" });
    const bytes = LogMessage.encode(log, { own: true });
    expect(bytes.buffer.byteLength).toBe(bytes.length);
    expect(LogMessage.encode(log)).toEqual(bytes);
    expect(LogMessage.encode(log).buffer.byteLength).toBe(8_192);
    expect(codeOf(() => LogMessage.codec.encode(log, unsafeCast({ own: 1 })))).toBe("config");
  });
});
