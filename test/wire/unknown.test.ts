import { describe, expect, it } from "vitest";
import { createBuffers } from "../../src/wire/buffers.js";
import { Fault, full } from "../../src/wire/fault.js";
import { type MayHaveUnknown, readUnknown, skip, writeUnknown } from "../../src/wire/unknown.js";
import { concat, sized, tag, varint } from "../support/binary/bytes.js";

/** The rule and offset of the thrown fault. */
function faultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof Fault ? [thrown.rule, thrown.offset] : thrown;
  }
}

const values: readonly (readonly [wireType: number, value: Uint8Array])[] = [
  [0, concat([5])],
  [0, concat(varint(2n ** 63n))],
  [1, new Uint8Array(8)],
  [2, concat([0])],
  [2, sized(new Uint8Array(300))],
  [3, concat(tag(9, 4))],
  [3, concat(tag(1, 3), tag(2, 0), [1], tag(1, 4), tag(9, 4))],
  [5, new Uint8Array(4)],
];

describe("skip", () => {
  it.each(values)("finds the end of a value of wire type %i", (wireType, value) => {
    const bytes = concat([0xff], value, [0xff]);
    const name = (9 << 3) | wireType;
    expect(skip(name, bytes, 1, bytes.length, 1)).toBe(bytes.length - 1);
    expect(skip(name, bytes, 1, bytes.length - 1, 1)).toBe(bytes.length - 1);
    for (let end = 1; end < bytes.length - 1; end++) {
      expect(faultOf(() => skip(name, bytes, 1, end, 1))).toEqual([
        "binary.truncated",
        expect.any(Number),
      ]);
    }
  });

  it("counts groups from the given depth", () => {
    const bytes = concat(tag(9, 3), tag(9, 4), tag(9, 4));
    const name = (9 << 3) | 3;
    expect(skip(name, bytes, 0, 3, 98)).toBe(3);
    expect(faultOf(() => skip(name, bytes, 0, 3, 99))).toEqual(["input.depth", 1]);
    expect(faultOf(() => skip(name, bytes, 0, 3, 100))).toEqual(["input.depth", 0]);
  });

  it("reports the offset of an invalid tag", () => {
    const bytes = new Uint8Array(10);
    expect(faultOf(() => skip(1, bytes, 4, 10, 1))).toEqual(["binary.malformed", 3]);
    for (const wireType of [4, 6, 7]) {
      expect(faultOf(() => skip(72 | wireType, bytes, 4, 10, 1))).toEqual(["binary.malformed", 3]);
    }
  });
});

describe("readUnknown and writeUnknown", () => {
  it("keep fields in their order, byte for byte", () => {
    const message: MayHaveUnknown = {};
    const all = concat(...values.map(([wireType, value]) => concat(tag(9, wireType), value)));
    let at = 0;
    for (const [wireType, value] of values) {
      at = readUnknown(message, (9 << 3) | wireType, all, at + 1, all.length, 1);
      expect(message.$unknown?.at(-1)).toEqual({ no: 9, wireType, data: value });
    }
    expect(at).toBe(all.length);
    const { bytes } = createBuffers(all.length + 20);
    const end = writeUnknown(message.$unknown ?? [], bytes, 3, 1);
    expect(concat(bytes).subarray(3, end)).toEqual(all);
  });

  it("write every field number", () => {
    for (const no of [1, 15, 16, 2047, 2048, 2 ** 28, 2 ** 29 - 1]) {
      for (const wireType of [0, 2]) {
        const { bytes } = createBuffers(20);
        const end = writeUnknown([{ no, wireType, data: concat([0]) }], bytes, 0, 1);
        expect(concat(bytes).subarray(0, end)).toEqual(concat(tag(no, wireType), [0]));
      }
    }
  });

  it("throw full before they write past the end", () => {
    const field = { no: 9, wireType: 2, data: concat([3, 1, 2, 3]) };
    for (let room = 0; room < 30; room++) {
      const { bytes } = createBuffers(room);
      const end = faultOf(() => writeUnknown([field, field], bytes, 0, 1));
      expect(end).toBe(room < 14 ? full : 10);
    }
  });
});
