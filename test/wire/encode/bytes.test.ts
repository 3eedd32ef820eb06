import { describe, expect, it } from "vitest";
import { AdaptationCommandCodec } from "../../../gen/esper/leyline/v1/command_codec.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { BytesValueCodec, EmptyCodec } from "../../../gen/google/wkt.js";
import { concat, tag } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

const nothing = new Uint8Array(0);
const envelope = EventEnvelopeCodec.decode(nothing);
const command = AdaptationCommandCodec.decode(nothing);

function detached(): Uint8Array<ArrayBuffer> {
  const bytes = concat([1, 2, 3]);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

describe("a bytes field", () => {
  it.each([
    ["null", null],
    ["undefined", undefined],
    ['""', ""],
    ['"abc"', "abc"],
    ["an array of 0", []],
    ["an array of 2", [1, 2]],
    ["an object", { length: 0 }],
    ["an object", { length: 1, 0: 1 }],
    ["an object", new ArrayBuffer(0)],
    ["an object", new ArrayBuffer(4)],
    ["an object", new DataView(new ArrayBuffer(0))],
    ["an object", new DataView(new ArrayBuffer(4))],
    ["an object", new Uint16Array(0)],
    ["an object", new Uint16Array(2)],
    ["an object", new Int8Array(2)],
    ["an object", new Uint8ClampedArray(2)],
    ["an object", Object.create(Uint8Array.prototype, { length: { value: 3 } })],
  ])("is not %s: %o", (received, payload) => {
    expect(refusalOf(() => EventEnvelopeCodec.encode({ ...envelope, payload }))).toEqual({
      code: "type",
      path: "payload",
      offset: undefined,
      message: `cannot encode esper.leyline.v1.EventEnvelope: payload: expected a Uint8Array, got ${received} [type]`,
    });
  });

  it("is refused if its buffer was transferred", () => {
    expect(
      refusalOf(() => EventEnvelopeCodec.encode({ ...envelope, payload: detached() })),
    ).toEqual({
      code: "type",
      path: "payload",
      offset: undefined,
      message:
        "cannot encode esper.leyline.v1.EventEnvelope: payload: expected a Uint8Array with a buffer, got 0 bytes [type]",
    });
  });

  it("may be a Buffer, a part of an array, shared memory, or empty", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(3));
    shared.set([1, 2, 3]);
    for (const payload of [
      Buffer.from([1, 2, 3]),
      concat([0, 1, 2, 3, 0]).subarray(1, 4),
      shared,
    ]) {
      const bytes = EventEnvelopeCodec.encode({ ...envelope, payload: payload as typeof nothing });
      expect(bytes).toEqual(concat(tag(10, 2), [3, 1, 2, 3]));
    }
    for (const payload of [new Uint8Array(0), Buffer.alloc(0)]) {
      expect(EventEnvelopeCodec.encode({ ...envelope, payload })).toEqual(nothing);
    }
  });

  it("has its real length, even if its property `length` is different", () => {
    EventEnvelopeCodec.encode({ ...envelope, eventId: "secret".repeat(6) });
    const value = Object.defineProperty(concat([1, 2]), "length", { value: 20 });
    expect(BytesValueCodec.encode({ $typeName: "google.protobuf.BytesValue", value })).toEqual(
      concat([10, 2, 1, 2]),
    );
    const empty = Object.defineProperty(concat([1, 2]), "length", { value: 0 });
    expect(EventEnvelopeCodec.encode({ ...envelope, payload: empty })).toEqual(
      concat(tag(10, 2), [2, 1, 2]),
    );
  });
});

describe("an unknown field", () => {
  const sound = { no: 9, wireType: 0, data: concat([1]) };

  it.each([
    ["$unknown: null", null, "expected an array of unknown fields, got null"],
    ["$unknown: an object", {}, "expected an array of unknown fields, got an object"],
    ["null", [null], "expected an unknown field, got null"],
    ["a hole", new Array(1), "expected an unknown field, got undefined"],
    ["no number", [{ ...sound, no: "9" }], 'expected a field number, got "9"'],
    ["number 0", [{ ...sound, no: 0 }], "expected a field number, got 0"],
    ["number 1.5", [{ ...sound, no: 1.5 }], "expected a field number, got 1.5"],
    ["number 2^29", [{ ...sound, no: 2 ** 29 }], "expected a field number, got 536870912"],
    ["wire type 4", [{ ...sound, wireType: 4 }], "expected a wire type, got 4"],
    ["wire type 6", [{ ...sound, wireType: 6 }], "expected a wire type, got 6"],
    ["no wire type", [{ ...sound, wireType: undefined }], "expected a wire type, got undefined"],
    [
      "data that is none",
      [{ ...sound, data: [1] }],
      "expected the bytes of an unknown field, got an array of 1",
    ],
    [
      "no data",
      [{ ...sound, data: nothing }],
      "expected the bytes of one whole unknown field, got 0 bytes",
    ],
    [
      "two varints",
      [{ ...sound, data: concat([1, 2]) }],
      "expected the bytes of one whole unknown field, got 2 bytes",
    ],
    [
      "half a varint",
      [{ ...sound, data: concat([0x80]) }],
      "expected the bytes of one whole unknown field, got 1 byte",
    ],
    [
      "a long varint",
      [{ ...sound, data: new Uint8Array(11).fill(0x80) }],
      "expected the bytes of one whole unknown field, got 11 bytes",
    ],
    [
      "3 of 4 bytes",
      [{ ...sound, wireType: 5, data: concat([1, 2, 3]) }],
      "expected the bytes of one whole unknown field, got 3 bytes",
    ],
    [
      "9 of 8 bytes",
      [{ ...sound, wireType: 1, data: new Uint8Array(9) }],
      "expected the bytes of one whole unknown field, got 9 bytes",
    ],
    [
      "a length that is too long",
      [{ ...sound, wireType: 2, data: concat([3, 1]) }],
      "expected the bytes of one whole unknown field, got 2 bytes",
    ],
    [
      "a length that is too short",
      [{ ...sound, wireType: 2, data: concat([0, 1]) }],
      "expected the bytes of one whole unknown field, got 2 bytes",
    ],
    [
      "an open group",
      [{ ...sound, wireType: 3, data: concat([8, 1]) }],
      "expected the bytes of one whole unknown field, got 2 bytes",
    ],
    [
      "another group's end",
      [{ ...sound, wireType: 3, data: concat(tag(8, 4)) }],
      "expected the bytes of one whole unknown field, got 1 byte",
    ],
    [
      "transferred data",
      [{ ...sound, data: detached() }],
      "expected the bytes of one whole unknown field, got 0 bytes",
    ],
  ])("is not %s", (_, $unknown, text) => {
    const message = { $typeName: "google.protobuf.Empty", $unknown };
    const expected = `cannot encode google.protobuf.Empty: ${text} [type]`;
    expect(refusalOf(() => EmptyCodec.encode(message as never)).message).toBe(expected);
    const later = { ...message, $unknown: [sound, ...(Array.isArray($unknown) ? $unknown : [0])] };
    expect(codeOf(() => EmptyCodec.encode(later as never))).toBe("type");
  });

  it("is read once", () => {
    const answers = [concat([1]), concat([0x80, 0x80])];
    const field = {
      no: 9,
      wireType: 0,
      get data() {
        return answers.shift() ?? nothing;
      },
    };
    const message = { $typeName: "google.protobuf.Empty", $unknown: [field] } as const;
    expect(EmptyCodec.encode(message as never)).toEqual(concat([72, 1]));
  });

  it("has an error with the path of its message", () => {
    const payload = {
      case: "pause",
      value: {
        $typeName: "esper.leyline.v1.CommandPause",
        pause: true,
        maxDurationMs: 0,
        reason: "",
        $unknown: [{}],
      },
    };
    expect(
      refusalOf(() => AdaptationCommandCodec.encode({ ...command, payload } as never)).message,
    ).toBe(
      "cannot encode esper.leyline.v1.AdaptationCommand: pause: expected a field number, got undefined [type]",
    );
  });
});
