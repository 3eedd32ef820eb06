import { describe, expect, it } from "vitest";
import { Fault, full } from "../../src/wire/fault.js";
import {
  after,
  checkDouble,
  checkFloat,
  closeLength,
  longOf,
  readBool,
  readInt64,
  readLength,
  readSint64,
  readTag,
  readUint64,
  readVarint,
  writeBool,
  writeFixed64,
  writeInt32,
  writeInt64,
  writeSint32,
  writeSint64,
  writeUint32,
  writeUint64,
  writeVarint,
} from "../../src/wire/varint.js";
import { concat, varint } from "../support/binary/bytes.js";
import { createRandom } from "../support/random.js";

/** The thrown fault, as data. */
function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) return thrown;
    const { rule, message, offset } = thrown;
    return offset === undefined ? { rule, message } : { rule, message, offset };
  }
  return "nothing was thrown";
}

const room = 32;

/** The bytes that a writer writes at offset 2. */
function written(write: (bytes: Uint8Array, start: number) => number): number[] {
  const bytes = new Uint8Array(room);
  return [...bytes.subarray(2, write(bytes, 2))];
}

/** Every power of two, its neighbours, and numbers of every length. */
function unsigned64(): bigint[] {
  const random = createRandom(64);
  const values = new Set<bigint>();
  for (let bit = 0n; bit < 64n; bit++) {
    for (const value of [(1n << bit) - 1n, 1n << bit, (1n << bit) + 1n]) values.add(value);
    values.add(BigInt.asUintN(Number(bit) + 1, BigInt(Math.floor(random() * 2 ** 53)) ** 2n));
  }
  values.add(2n ** 64n - 1n);
  return [...values];
}

describe("a varint", () => {
  it("is read as it is written", () => {
    for (const value of unsigned64()) {
      const signed = BigInt.asIntN(64, value);
      const bytes = concat([0, 0], varint(value));
      expect(written((b, at) => writeUint64(value, b, at))).toEqual(varint(value));
      expect(written((b, at) => writeInt64(signed, b, at))).toEqual(varint(value));
      expect(readUint64(bytes, 2)).toBe(value);
      expect(after()).toBe(bytes.length);
      expect(readInt64(bytes, 2)).toBe(signed);
      expect(readVarint(bytes, 2)).toBe(Number(BigInt.asIntN(32, value)));
      expect(readBool(bytes, 2)).toBe(value !== 0n);
      const zigzag = BigInt.asUintN(64, (signed << 1n) ^ (signed >> 63n));
      expect(written((b, at) => writeSint64(signed, b, at))).toEqual(varint(zigzag));
      expect(readSint64(concat(varint(zigzag)), 0)).toBe(signed);
    }
  });

  it("of 32 bits is written as it is", () => {
    for (const wide of unsigned64()) {
      const value = Number(BigInt.asUintN(32, wide));
      const signed = value | 0;
      expect(written((b, at) => writeVarint(value, b, at))).toEqual(varint(value));
      expect(written((b, at) => writeUint32(value, b, at))).toEqual(varint(value));
      expect(written((b, at) => writeInt32(signed, b, at))).toEqual(varint(signed));
      const zigzag = ((signed << 1) ^ (signed >> 31)) >>> 0;
      expect(written((b, at) => writeSint32(signed, b, at))).toEqual(varint(zigzag));
    }
    expect(written((b, at) => writeInt32(-0, b, at))).toEqual([0]);
    expect(written((b, at) => writeBool(true, b, at))).toEqual([1]);
    expect(written((b, at) => writeBool(false, b, at))).toEqual([0]);
  });

  it("has at most 10 bytes", () => {
    const bytes = concat([0], new Uint8Array(10).fill(0x80), [1]);
    for (const read of [readVarint, readInt64, readUint64, readSint64, readBool]) {
      expect(faultOf(() => read(bytes, 1))).toEqual({
        rule: "binary.malformed",
        message: "a varint of more than 10 bytes",
        offset: 1,
      });
    }
  });

  it("is refused if the value does not have the right type or range", () => {
    const bytes = new Uint8Array(room);
    expect(faultOf(() => writeInt32(2 ** 31, bytes, 0))).toEqual({
      rule: "range",
      message: "expected an int32, got 2147483648",
    });
    expect(faultOf(() => writeSint64(2n ** 63n, bytes, 0))).toEqual({
      rule: "range",
      message: "expected a sint64, got 9223372036854775808",
    });
    expect(faultOf(() => writeSint64(1 as never, bytes, 0))).toEqual({
      rule: "type",
      message: "expected a sint64 as a bigint, got 1",
    });
    expect(faultOf(() => writeBool(1 as never, bytes, 0))).toEqual({
      rule: "type",
      message: "expected a boolean, got 1",
    });
  });
});

describe("a tag", () => {
  it("has at most 5 bytes and 32 bits, and ends inside its message", () => {
    expect(readTag(concat(varint(2 ** 32 - 1)), 0, 5)).toBe(2 ** 32 - 1);
    expect(readTag(concat(varint(8, 5)), 0, 5)).toBe(8);
    for (const bytes of [varint(8, 6), varint(2 ** 32)]) {
      expect(faultOf(() => readTag(concat(bytes), 0, 10))).toEqual({
        rule: "binary.malformed",
        message: "a tag of more than 32 bits",
        offset: 0,
      });
    }
    expect(faultOf(() => readTag(concat(varint(300)), 0, 1))).toEqual({
      rule: "binary.truncated",
      message: "the bytes end in the middle of a field",
      offset: 1,
    });
  });
});

describe("a length", () => {
  it("ends inside its message", () => {
    const bytes = concat(varint(200), new Uint8Array(200));
    expect(readLength(bytes, 0, 202)).toBe(200);
    expect(after()).toBe(2);
    for (const end of [201, 2, 1]) {
      expect(faultOf(() => readLength(bytes, 0, end))).toEqual({
        rule: "binary.truncated",
        message: "the bytes end in the middle of a field",
        offset: 0,
      });
    }
    expect(readLength(concat(varint(3, 10), [1, 2, 3]), 0, 13)).toBe(3);
  });

  it.each([0, 1, 127, 128, 16383, 16384, 2097151, 2097152])(
    "of %i bytes is put before them when they are all written",
    (length) => {
      const content = new Uint8Array(length).map((_, index) => index);
      const bytes = concat([9, 0], content, [0, 0, 0]);
      const end = closeLength(bytes, 2, 2 + length);
      const expected = concat([9], varint(length), content);
      expect(end).toBe(expected.length);
      expect(Buffer.compare(bytes.subarray(0, end), expected)).toBe(0);
      if (length < 128) return;
      expect(faultOf(() => closeLength(bytes.slice(0, 2 + length), 2, 2 + length))).toBe(full);
    },
  );
});

describe("a number of fixed width", () => {
  it("of 64 bits is written as it is", () => {
    for (const value of unsigned64()) {
      const bytes = new Uint8Array(8);
      const view = new DataView(bytes.buffer);
      expect(writeFixed64(value, false, view, 0)).toBe(8);
      expect(view.getBigUint64(0, true)).toBe(value);
      const signed = BigInt.asIntN(64, value);
      writeFixed64(signed, true, view, 0);
      expect(view.getBigInt64(0, true)).toBe(signed);
    }
    const view = new DataView(new ArrayBuffer(8));
    expect(faultOf(() => writeFixed64(-1n, false, view, 0))).toEqual({
      rule: "range",
      message: "expected a fixed64, got -1",
    });
    expect(faultOf(() => writeFixed64(2n ** 63n, true, view, 0))).toEqual({
      rule: "range",
      message: "expected an sfixed64, got 9223372036854775808",
    });
  });

  it("of a float fits it, when it is finite", () => {
    for (const value of [Number.NaN, Infinity, -Infinity, -0, 3.4028235e38, 1e-50]) {
      expect(faultOf(() => checkFloat(value))).toBe("nothing was thrown");
      expect(faultOf(() => checkDouble(value))).toBe("nothing was thrown");
    }
    for (const value of [3.4028236e38, -1e39, Number.MAX_VALUE]) {
      expect(faultOf(() => checkFloat(value))).toEqual({
        rule: "range",
        message: `expected a number that fits a float, got ${value}`,
      });
    }
    for (const check of [checkFloat, checkDouble]) {
      expect(faultOf(() => check("1" as never))).toEqual({
        rule: "type",
        message: 'expected a number, got "1"',
      });
    }
  });
});

describe("longOf", () => {
  it.each(["0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615"])(
    "reads %s",
    (text) => {
      expect(longOf(text)).toBe(BigInt(text));
    },
  );

  it.each(["", "-", "01", "1.0", "0x1", " 1", "1 ", "123456789012345678901", 5 as never])(
    "refuses %j",
    (text) => {
      expect(faultOf(() => longOf(text))).toEqual({
        rule: "type",
        message: `expected an integer as a string, got ${JSON.stringify(text)}`,
      });
    },
  );
});
