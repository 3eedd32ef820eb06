import { describe, expect, it } from "vitest";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { PruningMaskCodec } from "../../../gen/esper/leyline/v1/pruning_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import {
  BoolValueCodec,
  DoubleValueCodec,
  EmptyCodec,
  FloatValueCodec,
  Int32ValueCodec,
  Int64ValueCodec,
  UInt32ValueCodec,
  UInt64ValueCodec,
} from "../../../gen/google/wkt.js";
import { SubscribeRequestCodec } from "../../../gen/jimbot/events/v1/bus_codec.js";
import { KnowledgeUpdateCodec } from "../../../gen/jimbot/events/v1/knowledge_codec.js";
import { MessageEnvelopeCodec } from "../../../gen/pitboss/v1/envelope_codec.js";
import { NumberListCodec, SignalCodec } from "../../../gen/sim/v1/data_codec.js";
import type { Codec } from "../../../src/wire/codec.js";
import { type Bytes, concat, sized, tag, varint } from "../../support/binary/bytes.js";

const inField = (no: number, ...parts: Bytes[]): Uint8Array =>
  concat(tag(no, 2), sized(concat(...parts)));

/** The value of a wrapper's only field. */
function onlyValue<T>(codec: Codec<{ value: T }>, bytes: Bytes): T {
  return codec.decode(concat([8], bytes)).value;
}

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return bytes;
}

describe("a varint", () => {
  it("may be padded to up to 10 bytes", () => {
    for (let width = 1; width <= 10; width++) {
      expect(onlyValue(Int32ValueCodec, varint(5, width))).toBe(5);
      expect(onlyValue(UInt32ValueCodec, varint(5, width))).toBe(5);
      expect(onlyValue(Int64ValueCodec, varint(5, width))).toBe(5n);
      expect(onlyValue(UInt64ValueCodec, varint(5, width))).toBe(5n);
      expect(onlyValue(BoolValueCodec, varint(0, width))).toBe(false);
      expect(onlyValue(BoolValueCodec, varint(1, width))).toBe(true);
      expect(EventEnvelopeCodec.decode(concat(tag(2, 2), varint(1, width), [65]))).toMatchObject({
        eventType: "A",
      });
    }
  });

  it("is truncated to 64 bits", () => {
    const bytes = [...new Uint8Array(9).fill(0xff), 0x7f];
    expect(onlyValue(UInt64ValueCodec, bytes)).toBe(2n ** 64n - 1n);
    expect(onlyValue(Int64ValueCodec, bytes)).toBe(-1n);
    expect(onlyValue(Int32ValueCodec, bytes)).toBe(-1);
    const high = [...new Uint8Array(9).fill(0x80), 0x7e];
    expect(onlyValue(UInt64ValueCodec, high)).toBe(0n);
    expect(onlyValue(BoolValueCodec, high)).toBe(false);
  });

  it("gives its low 32 bits to an int32, a uint32 and a sint32", () => {
    expect(onlyValue(Int32ValueCodec, varint(2n ** 32n + 5n))).toBe(5);
    expect(onlyValue(Int32ValueCodec, varint(2n ** 31n))).toBe(-(2 ** 31));
    expect(onlyValue(Int32ValueCodec, [0xff, 0xff, 0xff, 0xff, 0x0f])).toBe(-1);
    expect(onlyValue(Int32ValueCodec, varint(-1))).toBe(-1);
    expect(onlyValue(UInt32ValueCodec, varint(2n ** 32n + 7n))).toBe(7);
    expect(onlyValue(UInt32ValueCodec, varint(-1))).toBe(2 ** 32 - 1);
    expect(MessageEnvelopeCodec.decode(concat([64], varint(2n ** 32n + 3n))).returnCode).toBe(-2);
    expect(MessageEnvelopeCodec.decode(concat([64], varint(2 ** 32 - 1))).returnCode).toBe(
      -(2 ** 31),
    );
  });

  it("is true as a bool unless it is zero", () => {
    for (const value of [1n, 2n, 127n, 128n, 2n ** 32n, 2n ** 63n]) {
      expect(onlyValue(BoolValueCodec, varint(value))).toBe(true);
    }
  });

  it("may be an unknown enum number", () => {
    for (const [bytes, number] of [
      [varint(77), 77],
      [varint(12345), 12345],
      [varint(-1), -1],
      [varint(-(2 ** 31)), -(2 ** 31)],
      [varint(2n ** 32n + 2n), 2],
    ] as const) {
      const message = EventEnvelopeCodec.decode(concat(tag(20, 0), bytes));
      expect(message.priority).toBe(number);
      expect(EventEnvelopeCodec.decode(EventEnvelopeCodec.encode(message))).toEqual(message);
    }
  });

  it("is exact beyond 2^53", () => {
    for (const value of [0n, 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n - 1n]) {
      for (const signed of [value, -value, -value - 1n]) {
        expect(onlyValue(Int64ValueCodec, varint(signed))).toBe(signed);
      }
      expect(onlyValue(UInt64ValueCodec, varint(value))).toBe(value);
      expect(onlyValue(UInt64ValueCodec, varint(-value))).toBe(BigInt.asUintN(64, -value));
    }
  });
});

describe("a float", () => {
  const values = [-0, 0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 0.1];

  it.each(values)("of 64 bits is exact: %d", (value) => {
    const bytes = concat([9], float64(value));
    const message = DoubleValueCodec.decode(bytes);
    expect(message.value).toBe(value);
    expect(DoubleValueCodec.encode(message)).toEqual(Object.is(value, 0) ? concat() : bytes);
    expect(SignalCodec.decode(concat([25], float64(value))).value.value).toBe(value);
    expect(NumberListCodec.decode(inField(1, float64(value))).values).toEqual([value]);
  });

  it.each([-0, 0, Number.NaN, Infinity, -Infinity, 2 ** -149, 0.5, 3.4028234663852886e38])(
    "of 32 bits is exact: %d",
    (value) => {
      const four = new Uint8Array(4);
      new DataView(four.buffer).setFloat32(0, value, true);
      const message = FloatValueCodec.decode(concat([13], four));
      expect(message.value).toBe(value);
      expect(FloatValueCodec.encode(message)).toEqual(
        Object.is(value, 0) ? concat() : concat([13], four),
      );
    },
  );
});

describe("a list of numbers", () => {
  it("may be packed, not packed, or both", () => {
    const packed = inField(4, varint(1), varint(300));
    const single = concat(tag(4, 0), varint(2 ** 32 - 1));
    expect(PruningMaskCodec.decode(concat(single, single)).shape).toEqual([
      2 ** 32 - 1,
      2 ** 32 - 1,
    ]);
    const mixed = concat(single, packed, inField(4), single);
    const message = PruningMaskCodec.decode(mixed);
    expect(message.shape).toEqual([2 ** 32 - 1, 1, 300, 2 ** 32 - 1]);
    expect(PruningMaskCodec.encode(message)).toEqual(
      inField(4, varint(2 ** 32 - 1), varint(1), varint(300), varint(2 ** 32 - 1)),
    );
    expect(
      NumberListCodec.decode(concat(inField(1, float64(1), float64(2)), [9], float64(-0))).values,
    ).toEqual([1, 2, -0]);
    expect(
      SubscribeRequestCodec.decode(concat([24, 5], inField(3, varint(-1), varint(100)))).types,
    ).toEqual([5, -1, 100]);
  });
});

/** One value of each wire type. */
const contents: readonly Bytes[] = [
  varint(300),
  float64(1),
  sized([1, 2, 3]),
  [...tag(5, 0), 1],
  [],
  [1, 2, 3, 4],
];

describe("a known field with another wire type", () => {
  it("is kept as an unknown field", () => {
    const wireTypes: Readonly<Record<number, readonly number[]>> = {
      0: [20, 30, 31, 32],
      2: [1, 2, 3, 4, 5, 6, 10, 11, 12, 21, 22],
    };
    for (const [expected, fields] of Object.entries(wireTypes)) {
      for (const no of fields) {
        for (const wireType of [0, 1, 2, 3, 5]) {
          if (wireType === Number(expected)) continue;
          const data = concat(contents[wireType] ?? [], wireType === 3 ? tag(no, 4) : []);
          const bytes = concat(tag(no, wireType), data);
          const message = EventEnvelopeCodec.decode(bytes);
          expect(message).toEqual({
            ...EventEnvelopeCodec.decode(concat()),
            $unknown: [{ no, wireType, data }],
          });
          expect(EventEnvelopeCodec.encode(message)).toEqual(bytes);
        }
      }
    }
  });

  it("does not change a list, a map or a oneof", () => {
    const map = SystemStatePacketCodec.decode(concat(tag(7, 0), [1], tag(8, 5), [0, 0, 0, 0]));
    expect(map).toMatchObject({ trainingMetrics: {}, seedStates: [] });
    expect(map.$unknown).toHaveLength(2);
    const oneof = SignalCodec.decode(concat(tag(4, 0), [1], tag(5, 0), [1]));
    expect(oneof).toMatchObject({ value: { case: "boolValue", value: true } });
    expect(oneof.$unknown).toEqual([{ no: 5, wireType: 0, data: concat([1]) }]);
    const list = NumberListCodec.decode(concat(tag(1, 5), [0, 0, 0, 0], tag(1, 0), [1]));
    expect(list.values).toEqual([]);
    expect(list.$unknown).toHaveLength(2);
  });

  it("is skipped in a map entry", () => {
    const entry = concat(tag(1, 0), [5], [10, 1, 107], tag(2, 0), [9], tag(2, 2), sized([1]));
    expect(SystemStatePacketCodec.decode(inField(7, entry)).trainingMetrics).toEqual({ k: 0 });
  });
});

describe("a repeated occurrence of a field", () => {
  it("of a scalar replaces the value", () => {
    const bytes = concat([8, 1], [8, 2], inField(9, [65]), inField(9, [66]), [8, 0]);
    expect(SystemStatePacketCodec.decode(bytes)).toMatchObject({ version: 0, packetId: "B" });
    expect(
      EventEnvelopeCodec.decode(concat(inField(10, [1, 2]), inField(10, [3]))).payload,
    ).toEqual(concat([3]));
  });

  it("of a message is merged into the first one", () => {
    const bytes = concat(
      inField(6, inField(1, [65]), [56, 1]),
      inField(6, inField(2, [66])),
      inField(6, [56, 3]),
    );
    expect(SystemStatePacketCodec.decode(bytes).hardwareContext).toMatchObject({
      deviceType: "A",
      deviceId: "B",
      computeCapability: 3,
    });
  });

  it("of a message in a oneof is merged, unless another member occurred in between", () => {
    const first = inField(3, inField(1, [65]), inField(5, [67]));
    const second = inField(3, inField(2, [66]), inField(5, [68]));
    const other = inField(4, inField(1, [69]));
    expect(KnowledgeUpdateCodec.decode(concat(first, second)).update).toMatchObject({
      case: "jokerSynergy",
      value: { joker1Id: "A", joker2Id: "B", conditions: ["C", "D"] },
    });
    expect(KnowledgeUpdateCodec.decode(concat(first, other)).update).toMatchObject({
      case: "handValue",
      value: { handType: "E" },
    });
    expect(KnowledgeUpdateCodec.decode(concat(first, other, second)).update).toMatchObject({
      case: "jokerSynergy",
      value: { joker1Id: "", joker2Id: "B", conditions: ["D"] },
    });
  });

  it("of a oneof may set a member to its default", () => {
    const zeros: readonly (readonly [Bytes, object])[] = [
      [concat([25], new Uint8Array(8)), { case: "numberValue", value: 0 }],
      [[32, 0], { case: "boolValue", value: false }],
      [[42, 0], { case: "stringValue", value: "" }],
      [[48, 0], { case: "nullValue", value: 0 }],
    ];
    for (const [bytes, value] of zeros) {
      const message = SignalCodec.decode(concat([42, 1, 65], bytes));
      expect(message.value).toEqual(value);
      expect(SignalCodec.encode(message)).toEqual(concat(bytes));
    }
  });
});

describe("unknown fields", () => {
  it("of every wire type are written again in the same order", () => {
    const parts = [200, 3000, 200, 2 ** 29 - 1, 100].flatMap((no) =>
      [0, 1, 2, 3, 5].map((wireType) => {
        const end = wireType === 3 ? tag(no, 4) : [];
        return concat(tag(no, wireType), contents[wireType] ?? [], end);
      }),
    );
    const bytes = concat([8, 1], ...parts);
    const message = SystemStatePacketCodec.decode(bytes);
    expect(message.$unknown).toHaveLength(25);
    expect(SystemStatePacketCodec.encode(message)).toEqual(bytes);
    const inner = concat(inField(6, ...parts), inField(8, [56, 1], ...parts), inField(8, ...parts));
    expect(SystemStatePacketCodec.encode(SystemStatePacketCodec.decode(inner))).toEqual(inner);
    expect(EmptyCodec.encode(EmptyCodec.decode(concat(...parts)))).toEqual(concat(...parts));
  });

  it("are an own property only if there are any", () => {
    expect(Object.hasOwn(SystemStatePacketCodec.decode(concat([8, 1])), "$unknown")).toBe(false);
    expect(Object.hasOwn(SystemStatePacketCodec.decode(concat(tag(99, 0), [1])), "$unknown")).toBe(
      true,
    );
  });
});
