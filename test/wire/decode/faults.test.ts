import { afterEach, describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { PruningMaskCodec } from "../../../gen/esper/leyline/v1/pruning_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import {
  BoolValueCodec,
  BytesValueCodec,
  EmptyCodec,
  Int32ValueCodec,
  Int64ValueCodec,
  StringValueCodec,
  StructCodec,
  UInt32ValueCodec,
  UInt64ValueCodec,
} from "../../../gen/google/wkt.js";
import { KnowledgeUpdateCodec } from "../../../gen/jimbot/events/v1/knowledge_codec.js";
import { MessageEnvelopeCodec } from "../../../gen/pitboss/v1/envelope_codec.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import { NumberListCodec, SignalCodec } from "../../../gen/sim/v1/data_codec.js";
import type { Codec } from "../../../src/wire/codec.js";
import { type Bytes, concat, sized, tag, varint } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

type AnyCodec = Pick<Codec<object>, "typeName" | "decode">;

/** The bytes as one field of a message, with its codec: one for each kind of reading code. */
const insides: readonly (readonly [place: string, AnyCodec, (bytes: Bytes) => Uint8Array])[] = [
  ["a message", EventEnvelopeCodec, (bytes) => concat(bytes)],
  ["a sub-message", SystemStatePacketCodec, (bytes) => concat(tag(6, 2), sized(bytes))],
  ["a list item", SystemStatePacketCodec, (bytes) => concat(tag(8, 2), sized(bytes))],
  ["a map entry", SystemStatePacketCodec, (bytes) => concat(tag(7, 2), sized(bytes))],
  ["a map value", WorkflowCodec, (b) => concat(tag(3, 2), sized(concat(tag(2, 2), sized(b))))],
  ["a oneof", KnowledgeUpdateCodec, (bytes) => concat(tag(3, 2), sized(bytes))],
  ["a group", EventEnvelopeCodec, (bytes) => concat(tag(99, 3), bytes, tag(99, 4))],
  ["a JSON object", ExecAssignmentCodec, (bytes) => concat(tag(10, 2), sized(bytes))],
  ["a JSON entry", ExecAssignmentCodec, (b) => concat(tag(10, 2), sized(concat([10], sized(b))))],
  ["a Struct", StructCodec, (bytes) => concat(bytes)],
];
const placeNames = insides.map(([place]) => place);

function decodeIn(place: string, bytes: Bytes): unknown {
  const [, codec, wrap] = insides.find(([name]) => name === place) ?? [];
  return codec?.decode(wrap?.(bytes) ?? concat());
}

const sound = EventEnvelopeCodec.encode({
  ...EventEnvelopeCodec.decode(concat()),
  eventId: "event",
  payload: concat([1, 2, 3]),
  routingKeys: ["a", "b"],
});

afterEach(() => {
  const again = EventEnvelopeCodec.decode(sound);
  expect(again).toMatchObject({ eventId: "event", payload: concat([1, 2, 3]) });
  expect(EventEnvelopeCodec.encode(again)).toEqual(sound);
});

describe("a tag", () => {
  it("has an error with the offset if it is truncated", () => {
    expect(refusalOf(() => EventEnvelopeCodec.decode(concat(tag(1, 2), [1, 65, 0x80])))).toEqual({
      code: "binary.truncated",
      path: "",
      offset: 4,
      message:
        "cannot decode esper.leyline.v1.EventEnvelope from binary: the bytes end in the middle of a field (at byte 4) [binary.truncated]",
    });
  });

  it.each([[0x80], [0x8a, 0x80], [0xfb, 0xff, 0x80], [0x88, 0x80, 0x80, 0x80]])(
    "of the bytes %s … is cut off, whatever was decoded before",
    (...bytes) => {
      for (const filler of [0, 0xff, 0x0a, 0x86]) {
        BytesValueCodec.decode(concat([10, 100], new Uint8Array(100).fill(filler)), { own: true });
        expect(codeOf(() => EventEnvelopeCodec.decode(concat(bytes)))).toBe("binary.truncated");
      }
    },
  );

  it.each(placeNames.filter((place) => place !== "a group"))(
    "is reported as truncated in %s",
    (place) => {
      expect(codeOf(() => decodeIn(place, [0x80]))).toBe("binary.truncated");
      expect(codeOf(() => decodeIn(place, [0xfa, 0xff]))).toBe("binary.truncated");
    },
  );

  it("has no field number 0", () => {
    expect(refusalOf(() => EventEnvelopeCodec.decode(concat(tag(1, 2), [1, 65, 0, 0])))).toEqual({
      code: "binary.malformed",
      path: "",
      offset: 3,
      message:
        "cannot decode esper.leyline.v1.EventEnvelope from binary: a tag with field number 0 (at byte 3) [binary.malformed]",
    });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])("has no field number 0 with wire type %i", (wireType) => {
    for (const place of placeNames) {
      const value = concat(tag(0, wireType), new Uint8Array(8));
      expect(
        codeOf(() => decodeIn(place, value)),
        place,
      ).toBe("binary.malformed");
      const long = concat(tag(0, wireType, 3), new Uint8Array(8));
      expect(
        codeOf(() => decodeIn(place, long)),
        place,
      ).toBe("binary.malformed");
    }
  });

  it("has no wire type 6 or 7", () => {
    expect(refusalOf(() => EventEnvelopeCodec.decode(concat([0x0e, 0])))).toEqual({
      code: "binary.malformed",
      path: "event_id",
      offset: 0,
      message:
        "cannot decode esper.leyline.v1.EventEnvelope from binary: event_id: wire type 6 (at byte 0) [binary.malformed]",
    });
    for (const place of placeNames) {
      expect(
        codeOf(() => decodeIn(place, [0x0f, 0])),
        place,
      ).toBe("binary.malformed");
      expect(
        codeOf(() => decodeIn(place, concat(tag(500, 6), [0]))),
        place,
      ).toBe("binary.malformed");
    }
  });

  it("has at most 32 bits", () => {
    expect(refusalOf(() => SystemStatePacketCodec.decode(concat(varint(2 ** 32), [0])))).toEqual({
      code: "binary.malformed",
      path: "",
      offset: 0,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: a tag of more than 32 bits (at byte 0) [binary.malformed]",
    });
    for (const place of placeNames) {
      for (const value of [2n ** 32n + 8n, 2n ** 35n - 1n, 2n ** 63n, 2n ** 64n - 1n]) {
        const bytes = concat(varint(value), [0]);
        expect(
          codeOf(() => decodeIn(place, bytes)),
          place,
        ).toBe("binary.malformed");
      }
      const [six, eleven] = [tag(1, 0, 6), tag(1, 0, 11)];
      expect(
        codeOf(() => decodeIn(place, concat(six, [0]))),
        place,
      ).toBe("binary.malformed");
      expect(
        codeOf(() => decodeIn(place, concat(eleven, [0]))),
        place,
      ).toBe("binary.malformed");
    }
  });

  it("may be padded to up to 5 bytes, and have the number 2^29 - 1", () => {
    expect(StringValueCodec.decode(concat(tag(1, 2, 5), [1, 65])).value).toBe("A");
    expect(StringValueCodec.decode(concat(tag(2 ** 29 - 1, 0), [7])).$unknown).toEqual([
      { no: 2 ** 29 - 1, wireType: 0, data: concat([7]) },
    ]);
  });
});

const numbers: readonly (readonly [kind: string, AnyCodec, field: number])[] = [
  ["an int32", Int32ValueCodec, 1],
  ["a uint32", UInt32ValueCodec, 1],
  ["an int64", Int64ValueCodec, 1],
  ["a uint64", UInt64ValueCodec, 1],
  ["a bool", BoolValueCodec, 1],
  ["a sint32", MessageEnvelopeCodec, 8],
  ["an enum", MessageEnvelopeCodec, 1],
  ["a list of uint32", PruningMaskCodec, 4],
  ["an unknown field", EmptyCodec, 77],
];

describe("a varint", () => {
  it.each(numbers)("of %s has at most 10 bytes", (_, codec, field) => {
    const bytes = concat(tag(field, 0), new Uint8Array(10).fill(0x80), [0]);
    const refusal = refusalOf(() => codec.decode(bytes));
    expect(refusal).toMatchObject({ code: "binary.malformed", offset: tag(field, 0).length });
    expect(refusal.message).toContain("a varint of more than 10 bytes");
  });

  it.each(numbers)("of %s must not be truncated", (_, codec, field) => {
    for (let length = 0; length < 10; length++) {
      for (const filler of [0x80, 0xff]) {
        const bytes = concat(tag(field, 0), new Uint8Array(length).fill(filler));
        expect(codeOf(() => codec.decode(bytes))).toBe("binary.truncated");
      }
    }
  });

  it("has an error with the field and the offset of the end", () => {
    expect(refusalOf(() => UInt64ValueCodec.decode(concat([8, 0xff, 0xff])))).toEqual({
      code: "binary.truncated",
      path: "value",
      offset: 3,
      message:
        "cannot decode google.protobuf.UInt64Value from binary: value: the bytes end in the middle of a field (at byte 3) [binary.truncated]",
    });
  });
});

const beyond = [2n ** 31n - 1n, 2n ** 31n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 63n, 2n ** 64n - 1n];

describe("a length", () => {
  it.each([
    ["a string", StringValueCodec, tag(1, 2)],
    ["bytes", BytesValueCodec, tag(1, 2)],
    ["a message", SystemStatePacketCodec, tag(6, 2)],
    ["a list item", EventEnvelopeCodec, tag(21, 2)],
    ["a packed list", NumberListCodec, tag(1, 2)],
    ["a map entry", SystemStatePacketCodec, tag(7, 2)],
    ["a map entry with a message", WorkflowCodec, tag(3, 2)],
    ["a map key", SystemStatePacketCodec, [58, 20, 10]],
    ["a map value", WorkflowCodec, [26, 20, 18]],
    ["a JSON object", ExecAssignmentCodec, tag(10, 2)],
    ["a JSON key", ExecAssignmentCodec, [82, 40, 10, 20, 10]],
    ["a JSON value", ExecAssignmentCodec, [82, 40, 10, 20, 18]],
    ["a JSON string", ExecAssignmentCodec, [82, 40, 10, 30, 18, 20, 26]],
    ["an unknown field", EmptyCodec, tag(9, 2)],
    ["a field in a group", EmptyCodec, [...tag(9, 3), 10]],
  ])("of %s lies inside the message", (_, codec: AnyCodec, start) => {
    const rest = new Uint8Array(40);
    for (const length of [...beyond, 41n]) {
      const bytes = concat(start, varint(length), rest);
      expect(
        codeOf(() => codec.decode(bytes)),
        String(length),
      ).toBe("binary.truncated");
    }
  });

  it("has an error with its offset", () => {
    const bytes = concat(tag(8, 2), sized(concat([10], varint(200), [65, 66])));
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toEqual({
      code: "binary.truncated",
      path: "seed_states[0].seed_id",
      offset: 3,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: seed_states[0].seed_id: the bytes end in the middle of a field (at byte 3) [binary.truncated]",
    });
  });

  it("allocates no memory before it was checked", () => {
    const bytes = concat(tag(1, 2), varint(2 ** 31 - 1), [1, 2, 3]);
    const before = process.memoryUsage().arrayBuffers;
    for (let time = 0; time < 100; time++) codeOf(() => BytesValueCodec.decode(bytes));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });
});

describe("the end of a value", () => {
  const behind = concat(tag(9, 2), sized(new Uint8Array(30)));

  it.each([
    ["a string in a sub-message", SystemStatePacketCodec, [50, 3, 10, 5, 65]],
    ["a varint in a sub-message", SystemStatePacketCodec, [50, 2, 56, 0x80]],
    ["a float in a sub-message", SystemStatePacketCodec, [50, 3, 29, 0, 0]],
    ["an unknown field in a sub-message", SystemStatePacketCodec, [50, 3, 121, 0, 0]],
    ["a list item", SystemStatePacketCodec, [66, 3, 10, 5, 65]],
    ["a map key", SystemStatePacketCodec, [58, 3, 10, 5, 65]],
    ["a map's float", SystemStatePacketCodec, [58, 5, 10, 1, 65, 21, 0]],
    ["a map's message", WorkflowCodec, [26, 6, 10, 1, 65, 18, 5, 10]],
    ["a message in a map", WorkflowCodec, [26, 8, 10, 1, 65, 18, 3, 10, 9, 65]],
    ["a JSON entry", ExecAssignmentCodec, [82, 4, 10, 9, 10, 1]],
    ["a JSON number", ExecAssignmentCodec, [82, 6, 10, 4, 18, 2, 17, 0]],
    ["a packed varint", PruningMaskCodec, [34, 2, 1, 0x80]],
    ["a packed double", NumberListCodec, [10, 4, 0, 0, 0, 0]],
  ])("of %s is inside its parent, even when the parent goes on", (_, codec: AnyCodec, bytes) => {
    expect(codeOf(() => codec.decode(concat(bytes, behind)))).toBe("binary.truncated");
  });

  it("has an error with the path of its field", () => {
    const bytes = concat([50, 3, 10, 5, 65], behind);
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toEqual({
      code: "binary.truncated",
      path: "hardware_context.device_type",
      offset: 3,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: hardware_context.device_type: the bytes end in the middle of a field (at byte 3) [binary.truncated]",
    });
  });

  it.each([1, 4, 7, 9, 15])("of packed doubles is no multiple of 8: %i", (length) => {
    const bytes = concat(tag(7, 2), sized(concat(tag(1, 2), sized(new Uint8Array(length)))));
    const refusal = refusalOf(() => SignalCodec.decode(bytes));
    expect(refusal).toMatchObject({ code: "binary.truncated", offset: 4 + length });
    expect(refusal.path).toMatch(/^list_value\.values\[\d]$/);
  });
});
