import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { BytesValueCodec, EmptyCodec, StringValueCodec } from "../../../gen/google/wkt.js";
import { EventCodec } from "../../../gen/jimbot/events/v1/event_codec.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import { SignalCodec } from "../../../gen/sim/v1/data_codec.js";
import { concat, sized, tag } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

type Text = Uint8Array<ArrayBuffer>;

const field = (no: number, value: Uint8Array): Text => concat(tag(no, 2), sized(value));
const float = [...tag(2, 5), 0, 0, 128, 63];

/** The places of a string: encodes its bytes there, and returns the decoded string. */
const places: readonly (readonly [string, (text: Text) => unknown])[] = [
  ["a field", (text) => EventEnvelopeCodec.decode(field(2, text)).eventType],
  ["a list", (text) => EventEnvelopeCodec.decode(field(21, text)).routingKeys[0]],
  ["a oneof", (text) => SignalCodec.decode(field(5, text)).value.value],
  [
    "a sub-message",
    (text) => SystemStatePacketCodec.decode(field(6, field(1, text))).hardwareContext?.deviceType,
  ],
  [
    "a key of numbers",
    (text) => {
      const { trainingMetrics } = SystemStatePacketCodec.decode(
        field(7, concat(field(1, text), float)),
      );
      return Object.keys(trainingMetrics)[0];
    },
  ],
  [
    "a key of strings",
    (text) =>
      Object.keys(EventCodec.decode(field(7, concat(field(1, text), field(2, text)))).metadata)[0],
  ],
  [
    "a value of strings",
    (text) => EventCodec.decode(field(7, concat([10, 1, 107], field(2, text)))).metadata["k"],
  ],
  [
    "a value before its key",
    (text) => EventCodec.decode(field(7, concat(field(2, text), [10, 1, 107]))).metadata["k"],
  ],
  [
    "a key of messages",
    (text) => Object.keys(WorkflowCodec.decode(field(3, field(1, text))).nodes)[0],
  ],
  [
    "a key of JSON",
    (text) =>
      Object.keys(
        ExecAssignmentCodec.decode(
          field(10, field(1, concat(field(1, text), field(2, concat([8, 0]))))),
        ).metadata ?? {},
      )[0],
  ],
  [
    "JSON",
    (text) => {
      const entry = concat([10, 1, 107], field(2, field(3, text)));
      return ExecAssignmentCodec.decode(field(10, field(1, entry))).metadata?.["k"];
    },
  ],
];

const wrong: readonly (readonly [string, readonly number[]])[] = [
  ["a continuation", [0x80]],
  ["the last continuation", [0xbf]],
  ["NUL in two bytes", [0xc0, 0x80]],
  ["ASCII in two bytes", [0xc1, 0xbf]],
  ["two bytes' worth in three", [0xe0, 0x9f, 0xbf]],
  ["three bytes' worth in four", [0xf0, 0x8f, 0xbf, 0xbf]],
  ["a high surrogate", [0xed, 0xa0, 0x80]],
  ["a low surrogate", [0xed, 0xbf, 0xbf]],
  ["a pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ["a point beyond 10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["a first byte of five", [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ["the byte FE", [0xfe]],
  ["the byte FF", [0xff]],
  ["half a character of two bytes", [0xc3]],
  ["two thirds of a character", [0xe2, 0x82]],
  ["three quarters of a character", [0xf0, 0x9f, 0x98]],
  ["a character with a letter in it", [0xe2, 0x41, 0x82]],
];

/** Lengths around those at which another reading algorithm is used. */
const lengths = [0, 1, 2, 7, 19, 20, 24, 25, 60, 127, 128, 505, 513, 5000];

function letters(length: number): Uint8Array {
  return new Uint8Array(length).fill(97);
}

describe("bytes that are not UTF-8", () => {
  it.each(wrong)("are refused: %s", (_, sequence) => {
    for (const [place, read] of places) {
      for (const length of lengths) {
        const where = `${place}, ${length}`;
        expect(
          codeOf(() => read(concat(letters(length), sequence))),
          where,
        ).toBe("format");
        expect(
          codeOf(() => read(concat(sequence, letters(length)))),
          where,
        ).toBe("format");
      }
      expect(
        codeOf(() => read(concat(letters(30), sequence, letters(30)))),
        place,
      ).toBe("format");
    }
  });

  it("have an error with their path and offset", () => {
    const bytes = field(6, concat([56, 1], field(2, concat([65, 0xff]))));
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toEqual({
      code: "format",
      path: "hardware_context.device_id",
      offset: 6,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: hardware_context.device_id: a string that is not UTF-8 (at byte 6) [format]",
    });
    const second = concat(field(21, letters(1)), field(21, concat([0x80])));
    expect(refusalOf(() => EventEnvelopeCodec.decode(second)).path).toBe("routing_keys[1]");
  });

  it("do not influence the next string, even if they end with half a character", () => {
    for (const length of lengths) {
      const half = field(1, concat(letters(length), [0xe2, 0x82]));
      expect(codeOf(() => StringValueCodec.decode(half))).toBe("format");
      expect(codeOf(() => StringValueCodec.decode(field(1, concat([0xac]))))).toBe("format");
      expect(StringValueCodec.decode(field(1, concat([0xe2, 0x82, 0xac]))).value).toBe("€");
    }
  });

  it("are accepted in a bytes field and an unknown field", () => {
    for (const [, sequence] of wrong) {
      const bytes = concat(sequence);
      expect(BytesValueCodec.decode(field(1, bytes)).value).toEqual(bytes);
      expect(EmptyCodec.decode(field(9, bytes)).$unknown?.[0]?.data).toEqual(sized(bytes));
    }
  });
});

describe("a string", () => {
  const texts = [
    "\ufeff",
    "\ufeff\ufeffa",
    "a\ufeff",
    "\0",
    "a\0b\0",
    "\x7f",
    "\x80",
    "\u07ff",
    "\u0800",
    "\ufffd",
    "\uffff",
    "\u{10000}",
    "\u{10ffff}",
    "😀é€",
    "é".repeat(64),
    "€".repeat(43),
    "\u2028",
  ];

  it.each(places)("keeps every character in %s", (_, read) => {
    for (const text of texts) {
      for (const length of lengths) {
        const before = `${"a".repeat(length)}${text}`;
        const after = `${text}${"a".repeat(length)}`;
        expect(read(concat(Buffer.from(before)))).toBe(before);
        expect(read(concat(Buffer.from(after)))).toBe(after);
      }
    }
  });

  it("is encoded as by Node, for every length", () => {
    const mixed = "a\0é€😀\ufeff".repeat(20);
    for (const character of ["a", "é", "€", "😀", mixed]) {
      const text = character.repeat(200);
      for (let end = 0; end < 400; end++) {
        const value = text.slice(0, end).toWellFormed();
        const expected = concat(Buffer.from(value));
        const bytes = StringValueCodec.encode({ $typeName: "google.protobuf.StringValue", value });
        expect(bytes).toEqual(end === 0 ? expected : field(1, expected));
        expect(StringValueCodec.decode(bytes).value).toBe(value);
      }
    }
  });

  it.each([127, 128, 16383, 16384, 2097151, 2097152])("may have %i bytes", (length) => {
    for (const text of ["a".repeat(length), `${"a".repeat(length - 3)}€`]) {
      const bytes = StringValueCodec.encode({
        $typeName: "google.protobuf.StringValue",
        value: text,
      });
      expect(Buffer.compare(bytes, field(1, Buffer.from(text)))).toBe(0);
      expect(StringValueCodec.decode(bytes).value === text).toBe(true);
    }
  });
});
