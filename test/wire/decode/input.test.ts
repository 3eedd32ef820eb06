import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { TelemetryPacketCodec } from "../../../gen/esper/leyline/v1/telemetry_codec.js";
import { BytesValueCodec, EmptyCodec } from "../../../gen/google/wkt.js";
import type { Codec, CodecDecodeOptions } from "../../../src/wire/codec.js";
import { type Bytes, concat, sized, tag } from "../../support/binary/bytes.js";
import { createRandom } from "../../support/random.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

type AnyCodec = Pick<Codec<object>, "decode">;

const inField = (no: number, ...parts: Bytes[]): Uint8Array<ArrayBuffer> =>
  concat(tag(no, 2), sized(concat(...parts)));
const filled = (length: number, value: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(length).fill(value);

/** Values that a JavaScript caller may pass despite the types. */
function decodeAnything(input: unknown, aliasing?: unknown): unknown {
  return Reflect.apply(EventEnvelopeCodec.decode, undefined, [input, aliasing]);
}

function detached(): Uint8Array {
  const bytes = inField(1, [65]);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

const bytes = inField(1, [65, 66, 67]);

describe("the input", () => {
  it.each([
    ["a string", "abc", '"abc"'],
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["a number", 3, "3"],
    ["an array", [10, 1, 65], "an array of 3"],
    ["an ArrayBuffer", bytes.buffer, "an object"],
    ["a SharedArrayBuffer", new SharedArrayBuffer(5), "an object"],
    ["a DataView", new DataView(bytes.buffer), "an object"],
    ["a Uint16Array", new Uint16Array(4), "an object"],
    ["an Int8Array", new Int8Array(bytes.buffer), "an object"],
    ["a Uint8ClampedArray", new Uint8ClampedArray(bytes.buffer), "an object"],
    ["what has a length", { length: 1, 0: 10 }, "an object"],
    ["what inherits from Uint8Array", Object.create(Uint8Array.prototype), "an object"],
    ["a Proxy", new Proxy(bytes, {}), "an object"],
  ])("is no %s", (_, input, received) => {
    expect(refusalOf(() => decodeAnything(input))).toEqual({
      code: "input.type",
      path: "",
      offset: undefined,
      message: `cannot decode esper.leyline.v1.EventEnvelope from binary: expected a Uint8Array, got ${received} [input.type]`,
    });
  });

  it("has a buffer", () => {
    expect(refusalOf(() => decodeAnything(detached()))).toEqual({
      code: "input.type",
      path: "",
      offset: undefined,
      message:
        "cannot decode esper.leyline.v1.EventEnvelope from binary: expected a Uint8Array with a buffer, got 0 bytes [input.type]",
    });
    expect(decodeAnything(new Uint8Array(0))).toEqual(EventEnvelopeCodec.decode(concat()));
  });

  it("may be a Buffer, a Uint8Array of shared memory, or of a class of its own", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const Own = class extends Uint8Array {};
    for (const input of [Buffer.from(bytes), shared, Own.from(bytes)]) {
      expect(EventEnvelopeCodec.decode(input).eventId).toBe("ABC");
    }
  });

  it("ends where its view ends", () => {
    const around = concat(filled(64, 0x41), bytes, filled(64, 0x41));
    for (const all of [around, Buffer.from(around)]) {
      for (let end = 1; end < bytes.length; end++) {
        const cut = all.subarray(64, 64 + end);
        expect(codeOf(() => EventEnvelopeCodec.decode(cut))).toBe("binary.truncated");
      }
      const whole = all.subarray(64, 64 + bytes.length);
      expect(EventEnvelopeCodec.decode(whole)).toEqual(EventEnvelopeCodec.decode(bytes));
    }
  });

  it("has its real length, even if its property `length` is different", () => {
    EventEnvelopeCodec.decode(inField(2, filled(60, 0x53)));
    const lying = Object.defineProperty(bytes.slice(), "length", { value: 60 });
    expect(EventEnvelopeCodec.decode(lying)).toEqual(EventEnvelopeCodec.decode(bytes));
    const short = Object.defineProperty(bytes.slice(), "length", { value: 0 });
    expect(EventEnvelopeCodec.decode(short)).toEqual(EventEnvelopeCodec.decode(bytes));
  });
});

/** An encoded message with a bytes field and an unknown field of `length` bytes each, all with the same value. */
function withBytes(length: number, value: number, padding = 0): Uint8Array<ArrayBuffer> {
  const content = filled(length, value);
  return concat(inField(12, filled(padding, 65)), inField(10, content), inField(99, content));
}

/** The two byte arrays of a message of {@link withBytes}, without the length before the second. */
function bytesOf(input: Uint8Array, aliasing?: CodecDecodeOptions): [Uint8Array, Uint8Array] {
  const { payload, $unknown } = EventEnvelopeCodec.decode(input, aliasing);
  return [payload, $unknown?.[0]?.data ?? concat()];
}

/** Whether two byte arrays are equal. Much faster than an assertion. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

const sizes = [1, 100, 4000, 4096, 4097, 20000, 40000];

describe("the bytes of a message", () => {
  it.each(sizes)("do not change when the input is overwritten: %i bytes", (length) => {
    for (const aliasing of [undefined, {}, { own: true }, { alias: false }]) {
      for (const padding of [0, 50000]) {
        const input = withBytes(length, 1, padding);
        const [payload, unknown] = bytesOf(input, aliasing);
        input.fill(0xff);
        bytesOf(withBytes(length, 2, padding), aliasing);
        expect(isSame(payload, filled(length, 1))).toBe(true);
        expect(isSame(unknown, sized(filled(length, 1)))).toBe(true);
      }
    }
  });

  it.each(sizes)("are views of the input with alias: %i bytes", (length) => {
    for (const padding of [0, 50000]) {
      const encoded = withBytes(length, 1, padding);
      const input = concat(filled(33, 7), encoded, filled(33, 7)).subarray(33, 33 + encoded.length);
      const [payload, unknown] = bytesOf(input, { alias: true });
      expect(payload.buffer).toBe(input.buffer);
      expect(unknown.buffer).toBe(input.buffer);
      expect(isSame(payload, filled(length, 1))).toBe(true);
      expect(isSame(unknown, sized(filled(length, 1)))).toBe(true);
      input.fill(9);
      expect(isSame(payload, filled(length, 9))).toBe(true);
    }
  });

  it.each(sizes)("have buffers of their own with own: %i bytes", (length) => {
    for (const padding of [0, 50000]) {
      for (const value of bytesOf(withBytes(length, 1, padding), { own: true })) {
        expect(value.buffer.byteLength).toBe(value.length);
      }
    }
  });

  it.each(sizes)("share a slab up to 4096 bytes: %i bytes", (length) => {
    for (const padding of [0, 50000]) {
      for (const value of bytesOf(withBytes(length, 1, padding))) {
        expect(value.buffer.byteLength).toBe(value.length > 4096 ? value.length : 65536);
      }
    }
  });

  it("do not change while thousands of other messages are decoded, invalid ones too", () => {
    const random = createRandom(20);
    const network = new Uint8Array(70000);
    const kept: { readonly value: Uint8Array; readonly expected: Uint8Array }[] = [];
    for (let turn = 0; turn < 3000; turn++) {
      const length = Math.floor(random() ** 4 * 5000);
      const padding = random() < 0.02 ? 40000 : Math.floor(random() * 50);
      const encoded = withBytes(length, turn & 0xff, padding);
      network.set(encoded);
      const input = network.subarray(0, encoded.length);
      if (random() < 0.2) {
        const cut = input.subarray(0, input.length - 1);
        expect(codeOf(() => EventEnvelopeCodec.decode(cut))).toBe("binary.truncated");
        continue;
      }
      const [payload, unknown] = bytesOf(input, random() < 0.1 ? { own: true } : undefined);
      kept.push({ value: payload, expected: filled(length, turn & 0xff) });
      kept.push({ value: unknown, expected: sized(filled(length, turn & 0xff)) });
      network.fill(0xee, 0, encoded.length);
    }
    const changed = kept.filter(({ value, expected }) => !isSame(value, expected));
    expect(changed).toEqual([]);
    expect(kept.length).toBeGreaterThan(4000);
  });

  it("do not keep a large input in memory", () => {
    const large = concat(inField(12, filled(1e6, 65)), inField(10, [1, 2, 3]));
    expect(EventEnvelopeCodec.decode(large).payload.buffer.byteLength).toBe(65536);
  });

  it("may be transferred away without harm to later messages", () => {
    const { value } = BytesValueCodec.decode(inField(1, [1, 2, 3]));
    expect(value.buffer.byteLength).toBe(65536);
    structuredClone(value, { transfer: [value.buffer as ArrayBuffer] });
    for (const padding of [0, 50000]) {
      const again = EventEnvelopeCodec.decode(withBytes(3, 5, padding));
      expect(again.payload).toEqual(filled(3, 5));
    }
  });

  it("are empty if the field is unset or empty", () => {
    expect(EventEnvelopeCodec.decode(concat()).payload).toEqual(concat());
    for (const aliasing of [undefined, { own: true }, { alias: true }]) {
      expect(EventEnvelopeCodec.decode(inField(10), aliasing).payload).toEqual(concat());
    }
  });

  it("are correct if a getter of the options decodes another message", () => {
    const other = withBytes(5, 8);
    const aliasing = {
      get alias() {
        EventEnvelopeCodec.decode(other);
        return false;
      },
      get own() {
        EventEnvelopeCodec.decode(other);
        return false;
      },
    };
    expect(bytesOf(withBytes(3, 1), aliasing)[0]).toEqual(filled(3, 1));
  });
});

function repeated(part: Bytes, count: number): Uint8Array {
  const all = new Uint8Array(part.length * count);
  for (let index = 0; index < count; index++) all.set(part, index * part.length);
  return all;
}

function entries(nameOf: (index: number) => string): Uint8Array {
  const all = Array.from({ length: 200_000 }, (_, index) =>
    inField(7, inField(1, Buffer.from(nameOf(index))), [...tag(2, 5), 0, 0, 128, 63]),
  );
  return Buffer.concat(all);
}

/** Inputs of 1 to 3 MB with as many values as fit. */
const hostile: readonly (readonly [string, AnyCodec, () => Uint8Array])[] = [
  ["messages", TelemetryPacketCodec, () => repeated([...tag(20, 2), 0], 1e6)],
  ["strings", EventEnvelopeCodec, () => repeated([...tag(21, 2), 0], 1e6)],
  ["unknown numbers", EventEnvelopeCodec, () => repeated([...tag(99, 0), 0], 1e6)],
  ["unknown groups", EmptyCodec, () => repeated([...tag(20, 3), ...tag(20, 4)], 750_000)],
  ["bytes of one field", EventEnvelopeCodec, () => repeated([82, 1, 1], 1e6)],
  ["messages of one field", SystemStatePacketCodec, () => repeated([50, 2, 56, 1], 500_000)],
  ["keys", SystemStatePacketCodec, () => entries((index) => `key${index}`)],
  ["keys that are numbers", SystemStatePacketCodec, () => entries(String)],
  ["entries of one key", SystemStatePacketCodec, () => entries(() => "key")],
];

function memory(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("a hostile message", () => {
  it.each(hostile)("of %s takes time and memory in proportion to its size", (_, codec, build) => {
    const input = build();
    const before = memory();
    const start = performance.now();
    const message = codec.decode(input);
    // A reader whose time grows with the square of the length would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect((memory() - before) / input.length).toBeLessThan(60);
    expect(message).toBeTypeOf("object");
  });
});
