import { create, toBinary } from "@bufbuild/protobuf";
import { afterEach, describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { AdaptationCommandCodec } from "../../../gen/esper/leyline/v1/command_codec.js";
import { AdaptationCommandSchema } from "../../../gen/esper/leyline/v1/command_pb.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { type EventEnvelope, EventEnvelopeSchema } from "../../../gen/esper/leyline/v1/event_pb.js";
import { EmptyCodec } from "../../../gen/google/wkt.js";
import { EventCodec } from "../../../gen/jimbot/events/v1/event_codec.js";
import { EventSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import { WorkflowSchema } from "../../../gen/pitboss/v1/workflow_pb.js";
import type { Codec } from "../../../src/wire/codec.js";
import { concat } from "../../support/binary/bytes.js";
import { createRandom } from "../../support/random.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

const sound = create(EventEnvelopeSchema, {
  eventId: "event",
  eventType: "é".repeat(50),
  ttl: { seconds: 5n },
  payload: concat([1, 2, 3]),
  routingKeys: ["a", "b".repeat(200)],
  maxAttempts: 300,
});
const soundBytes = toBinary(EventEnvelopeSchema, sound);

const methods = ["encode", "encodeOwn", "encodeInto", "size"] as const;
type Method = (typeof methods)[number];

const own = { own: true };

/** The result of an encoding method: the bytes, or for `size` as many zeros. */
function through<M>(method: Method, codec: Codec<M>, message: M): Uint8Array {
  switch (method) {
    case "encodeInto": {
      const target = new Uint8Array(300_000);
      return target.slice(5, codec.encodeInto(message, target, 5));
    }
    case "size":
      return new Uint8Array(codec.size(message));
    case "encodeOwn":
      return codec.encode(message, own);
    case "encode":
      return codec.encode(message).slice();
  }
}

function expectSound(): void {
  for (const method of methods) {
    const bytes = through(method, EventEnvelopeCodec, sound);
    expect(bytes, method).toEqual(
      method === "size" ? new Uint8Array(soundBytes.length) : soundBytes,
    );
  }
}

afterEach(expectSound);

describe("a failed encoding", () => {
  const thrower = Object.defineProperty({ ...sound }, "correlationId", {
    get() {
      throw new Error("mine");
    },
  });
  const failures: readonly (readonly [string, EventEnvelope])[] = [
    ["a wrong value at the end", { ...sound, currentAttempt: -1 }],
    ["a wrong value behind much", { ...sound, payload: new Uint8Array(100_000), maxAttempts: 1.5 }],
    ["a lone surrogate", { ...sound, routingKeys: ["a".repeat(1000), "\ud800"] }],
    ["a getter that throws", thrower],
  ];

  it.each(failures)("does not affect later calls: %s", (_, message) => {
    for (const method of methods) {
      const before = EventEnvelopeCodec.encode(sound);
      expect(["range", "format", "input.unreadable"]).toContain(
        codeOf(() => through(method, EventEnvelopeCodec, message)),
      );
      expect(before).toEqual(soundBytes);
      expectSound();
    }
  });
});

describe("encode", () => {
  it("returns a buffer of its own, of the exact size, with `own`", () => {
    const one = EventEnvelopeCodec.encode(sound, own);
    const other = EventEnvelopeCodec.encode(sound, own);
    expect(one.buffer.byteLength).toBe(one.length);
    expect(one.buffer).not.toBe(other.buffer);
    expect(Object.getPrototypeOf(one)).toBe(Uint8Array.prototype);
    one.fill(0xff);
    expect(other).toEqual(soundBytes);
  });

  it("encodes messages of every size", () => {
    for (const length of [16000, 16384, 65536, 300_000, 5_000_000]) {
      const message = { ...sound, payload: new Uint8Array(length).fill(7) };
      const expected = toBinary(EventEnvelopeSchema, message);
      for (const options of [undefined, own]) {
        expect(Buffer.compare(EventEnvelopeCodec.encode(message, options), expected)).toBe(0);
      }
      expect(EventEnvelopeCodec.size(message)).toBe(expected.length);
      expectSound();
    }
  });

  it("is correct wherever a buffer ends", () => {
    for (let length = 16384 - 700; length < 16384 + 20; length++) {
      const message = { ...sound, payload: new Uint8Array(length) };
      expect(
        Buffer.compare(
          EventEnvelopeCodec.encode(message, own),
          toBinary(EventEnvelopeSchema, message),
        ),
      ).toBe(0);
    }
  });

  it("works without `this`", () => {
    const { encode, encodeInto, size, decode } = EventEnvelopeCodec;
    const message = { ...sound, payload: new Uint8Array(100_000) };
    const bytes = encode(message);
    expect(encode(message, own)).toEqual(bytes);
    const target = new Uint8Array(bytes.length);
    expect(encodeInto(message, target, 0)).toBe(bytes.length);
    expect(size(message)).toBe(bytes.length);
    expect(decode(target)).toEqual(decode(bytes));
  });
});

describe("the block of small results", () => {
  it("has views that never overlap and never change", () => {
    const random = createRandom(28);
    const kept: { readonly bytes: Uint8Array; readonly expected: Uint8Array }[] = [];
    for (let turn = 0; turn < 3000; turn++) {
      const length = Math.floor(random() ** 12 * 70_000);
      const message = { ...sound, maxAttempts: turn, payload: new Uint8Array(length).fill(turn) };
      if (random() < 0.1) {
        const wrong = { ...message, currentAttempt: -1 };
        expect(codeOf(() => EventEnvelopeCodec.encode(wrong))).toBe("range");
      }
      const bytes = EventEnvelopeCodec.encode(message);
      kept.push({ bytes, expected: toBinary(EventEnvelopeSchema, message) });
    }
    const changed = kept.filter(({ bytes, expected }) => Buffer.compare(bytes, expected) !== 0);
    expect(changed).toEqual([]);
    const ends = new Map<ArrayBufferLike, number>();
    for (const { bytes } of kept) {
      expect(bytes.byteOffset).toBeGreaterThanOrEqual(ends.get(bytes.buffer) ?? 0);
      ends.set(bytes.buffer, bytes.byteOffset + bytes.length);
    }
    expect(ends.size).toBeLessThan(kept.length * 0.6);
    const sizes = kept.map(({ bytes }) => [bytes.buffer.byteLength, bytes.length]);
    expect(sizes.filter(([buffer, result]) => buffer !== result && buffer !== 8192)).toEqual([]);
  });

  it("is used again after messages that are larger", () => {
    const large = { ...sound, payload: new Uint8Array(100_000).fill(7) };
    const expected = toBinary(EventEnvelopeSchema, large);
    for (let turn = 0; turn < 3; turn++) {
      const bytes = EventEnvelopeCodec.encode(large);
      expect(Buffer.compare(bytes, expected)).toBe(0);
      expect(bytes.buffer.byteLength).toBe(bytes.length);
    }
    const [, first, second] = [1, 2, 3].map(() => EventEnvelopeCodec.encode(sound));
    expect(first).toEqual(soundBytes);
    expect(second?.buffer).toBe(first?.buffer);
  });

  it("cannot be transferred away from other results", () => {
    for (const codec of [EventEnvelopeCodec, EmptyCodec]) {
      const first = EventEnvelopeCodec.encode(sound);
      try {
        structuredClone(first.buffer, { transfer: [first.buffer as ArrayBuffer] });
      } catch (thrown) {
        expect(thrown).toHaveProperty("name", "DataCloneError");
      }
      expect(first).toEqual(soundBytes);
      expect(codec.encode(codec.decode(concat()) as never)).toEqual(concat());
      expect(EventEnvelopeCodec.encode(sound)).toEqual(soundBytes);
    }
  });
});

const withKeys = (key: string, value: string) => ({
  annotations: { [key]: value, [`${key}2`]: "" },
});

describe("encodeInto", () => {
  it("needs only the exact size, and writes nothing else", () => {
    const all: (readonly [Codec<never>, never, Uint8Array])[] = [];
    for (let length = 0; length < 32; length++) {
      const key = "k".repeat(length);
      const command = create(AdaptationCommandSchema, withKeys(key, ""));
      const event = create(EventSchema, { metadata: { [key]: "" } });
      const workflow = create(WorkflowSchema, { nodes: { [key]: {} } });
      all.push(
        [
          AdaptationCommandCodec as never,
          command as never,
          toBinary(AdaptationCommandSchema, command),
        ],
        [EventCodec as never, event as never, toBinary(EventSchema, event)],
        [WorkflowCodec as never, workflow as never, toBinary(WorkflowSchema, workflow)],
      );
    }
    all.push([EventEnvelopeCodec as never, sound as never, soundBytes]);
    for (const [codec, message, expected] of all) {
      codec.encode(message);
      const { length } = expected;
      for (let room = Math.max(0, length - 3); room < length + 50; room++) {
        const memory = new Uint8Array(room + 20).fill(0xee);
        const target = memory.subarray(10, 10 + room);
        if (room < length) {
          expect(codeOf(() => codec.encodeInto(message, target, 0))).toBe("length");
        } else {
          expect(codec.encodeInto(message, target, 0)).toBe(length);
          expect(Buffer.compare(target.subarray(0, length), expected)).toBe(0);
          memory.fill(0xee, 10, 10 + length);
        }
        const after = memory.subarray(10 + Math.min(room, length));
        expect([...memory.subarray(0, 10), ...after].every((byte) => byte === 0xee)).toBe(true);
      }
    }
  });

  it("has an error with the size that does not fit", () => {
    const target = new Uint8Array(20);
    expect(refusalOf(() => EventEnvelopeCodec.encodeInto(sound, target, 4))).toEqual({
      code: "length",
      path: "",
      offset: undefined,
      message: `cannot encode esper.leyline.v1.EventEnvelope: ${soundBytes.length} bytes do not fit at offset 4 of a target of 20 bytes [length]`,
    });
  });

  it.each([-1, 0.5, 21, Number.NaN, Infinity, null])("refuses the offset %o", (offset) => {
    const refusal = refusalOf(() =>
      EventEnvelopeCodec.encodeInto(sound, new Uint8Array(20), offset as number),
    );
    expect(refusal.code).toBe("length");
    expect(refusal.message).toBe(
      `cannot encode esper.leyline.v1.EventEnvelope: the offset ${offset} is outside the target of 20 bytes [length]`,
    );
  });

  it.each([
    ["null", null],
    ["an array of 9", new Array(9)],
    ["an object", new ArrayBuffer(9)],
    ["an object", new Uint16Array(9)],
    ["an object", new Proxy(new Uint8Array(9), {})],
  ])("has no target that is %s", (received, target) => {
    const refusal = refusalOf(() => EventEnvelopeCodec.encodeInto(sound, target as never, 0));
    expect(refusal.code).toBe("input.type");
    expect(refusal.message).toContain(`got ${received} [input.type]`);
  });

  it("notices that a target lost its buffer, or that it was resized", () => {
    const target = new Uint8Array(1000);
    expect(EventEnvelopeCodec.encodeInto(sound, target, 0)).toBe(soundBytes.length);
    structuredClone(target, { transfer: [target.buffer] });
    expect(refusalOf(() => EventEnvelopeCodec.encodeInto(sound, target, 0))).toMatchObject({
      code: "input.type",
      message:
        "cannot encode esper.leyline.v1.EventEnvelope: expected a Uint8Array with a buffer to write to, got 0 bytes [input.type]",
    });
    const growing = new ArrayBuffer(10, { maxByteLength: 1000 });
    const tracking = new Uint8Array(growing);
    expect(codeOf(() => EventEnvelopeCodec.encodeInto(sound, tracking, 0))).toBe("length");
    growing.resize(1000);
    expect(EventEnvelopeCodec.encodeInto(sound, tracking, 0)).toBe(soundBytes.length);
    expect(tracking.subarray(0, soundBytes.length)).toEqual(soundBytes);
  });

  it("writes to shared memory and to a Buffer", () => {
    for (const target of [new Uint8Array(new SharedArrayBuffer(900)), Buffer.alloc(900)]) {
      const end = EventEnvelopeCodec.encodeInto(sound, target, 100);
      expect(Buffer.compare(target.subarray(100, end), soundBytes)).toBe(0);
    }
  });
});

describe("a getter that encodes", () => {
  const workflow = create(WorkflowSchema, {
    verb: "VERB",
    nodes: { a: { agentName: "b" }, c: { description: "d".repeat(300) } },
  });
  const workflowBytes = toBinary(WorkflowSchema, workflow);

  /** The valid message with getters that call `work` before they return their value. */
  function working(work: () => void): EventEnvelope {
    const message = { ...sound };
    for (const key of ["eventType", "routingKeys", "maxAttempts"] as const) {
      const get = () => {
        work();
        return sound[key];
      };
      Object.defineProperty(message, key, { get });
    }
    return message;
  }

  const matrix = methods.flatMap((outer) => methods.map((inner) => [outer, inner] as const));

  it.each(matrix)("is correct if %s calls %s", (outer, inner) => {
    const seen: Uint8Array[] = [];
    const expected: Uint8Array[] = [];
    const message = working(() => {
      seen.push(through(inner, WorkflowCodec, workflow), through(inner, EventEnvelopeCodec, sound));
      const nested = working(() => seen.push(through(inner, WorkflowCodec, workflow)));
      for (let time = 0; time < 3; time++) expected.push(workflowBytes);
      seen.push(through(inner, EventEnvelopeCodec, nested));
      WorkflowCodec.decode(workflowBytes);
      expect(codeOf(() => through(inner, EventEnvelopeCodec, { ...sound, priority: 0.5 }))).toBe(
        "range",
      );
    });
    const result = through(outer, EventEnvelopeCodec, message);
    expect(result).toEqual(outer === "size" ? new Uint8Array(soundBytes.length) : soundBytes);
    expect(expected.length).toBeGreaterThan(8);
    const right = seen.filter((bytes) =>
      [workflowBytes, soundBytes].some((known) =>
        inner === "size" ? known.length === bytes.length : Buffer.compare(known, bytes) === 0,
      ),
    );
    expect(right).toHaveLength(seen.length);
  });

  it("is correct for messages larger than the slab or the scratch buffer", () => {
    const large = { ...sound, payload: new Uint8Array(200_000).fill(5) };
    const largeBytes = toBinary(EventEnvelopeSchema, large);
    for (const outer of ["encode", "encodeOwn", "encodeInto"] as const) {
      for (const inner of ["encode", "encodeOwn", "encodeInto"] as const) {
        const seen: Uint8Array[] = [];
        const message = working(() => seen.push(through(inner, EventEnvelopeCodec, large)));
        expect(through(outer, EventEnvelopeCodec, message)).toEqual(soundBytes);
        expect(seen.every((bytes) => Buffer.compare(bytes, largeBytes) === 0)).toBe(true);
        expect(seen.length).toBeGreaterThan(2);
      }
    }
  });
});

describe("a property added to Object.prototype", () => {
  function polluted(work: () => void, value: unknown): void {
    Object.defineProperty(Object.prototype, "polluted", {
      value,
      enumerable: true,
      configurable: true,
    });
    try {
      work();
    } finally {
      Reflect.deleteProperty(Object.prototype, "polluted");
    }
  }

  it.each([1, "text", { $typeName: "pitboss.v1.WorkflowNode", agentName: "", description: "" }])(
    "is written in no map and in no JSON: %o",
    (value) => {
      const node = {
        $typeName: "pitboss.v1.WorkflowNode",
        agentName: "b",
        description: "",
      } as const;
      const workflow = { ...WorkflowCodec.decode(concat()), nodes: { a: node } };
      const event = { ...EventCodec.decode(concat()), metadata: { a: "b" } };
      const metadata = { a: { b: [{ c: 1 }] } };
      const assignment = { ...ExecAssignmentCodec.decode(concat()), metadata };
      const works = [
        () => WorkflowCodec.encode(workflow),
        () => EventCodec.encode(event),
        () => ExecAssignmentCodec.encode(assignment),
        () => EventCodec.encode(event).slice(),
      ];
      const clean = works.map((work) => work());
      const seen: Uint8Array[] = [];
      polluted(() => seen.push(...works.map((work) => work())), value);
      expect(seen).toEqual(clean);
      expect(works.map((work) => work())).toEqual(clean);
    },
  );

  it("is written if it is also an own property of the map", () => {
    const event = { ...EventCodec.decode(concat()), metadata: { polluted: "own" } };
    const clean = EventCodec.encode(event);
    const seen: Uint8Array[] = [];
    polluted(() => seen.push(EventCodec.encode(event)), "inherited");
    expect(seen).toEqual([clean]);
  });

  it("is not in a decoded map", () => {
    const bytes = EventCodec.encode({ ...EventCodec.decode(concat()), metadata: { a: "b" } });
    const seen: object[] = [];
    polluted(() => seen.push(EventCodec.decode(bytes).metadata), "x");
    expect(seen.map((metadata) => Object.entries(metadata))).toEqual([[["a", "b"]]]);
  });
});
