import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AnyCodec } from "../../gen/google/wkt.js";
import { Context } from "../../src/contract/base/context.js";
import { bytesParts } from "../../src/contract/rules/scalars.js";
import { createBuffers, viewOf } from "../../src/wire/buffers.js";
import { Fault, full } from "../../src/wire/fault.js";
import { noBytes } from "../../src/wire/input.js";
import { hasBytes, readString, writeBytes, writeString } from "../../src/wire/text.js";
import { concat, sized } from "../support/binary/bytes.js";

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof Fault ? thrown.message : thrown;
  }
}

describe("writeString", () => {
  it("throws full, or writes all of it", () => {
    for (const character of ["a", "é", "€", "😀"]) {
      for (const count of [0, 1, 3, 36, 37, 42, 43, 127, 128, 130]) {
        const text = character.repeat(count);
        const expected = sized(Buffer.from(text));
        const most = 8 + text.length * 3;
        for (let room = 0; room <= most + 2; room++) {
          const { bytes } = createBuffers(room);
          const end = thrownBy(() => writeString(text, bytes, 2));
          if (end === full) {
            expect(room).toBeLessThan(most);
          } else {
            expect(end).toBe(2 + expected.length);
            expect(Buffer.compare(bytes.subarray(2, 2 + expected.length), expected)).toBe(0);
            expect([...bytes.subarray(2 + expected.length)].every((byte) => byte === 0)).toBe(true);
          }
        }
        expect(thrownBy(() => writeString(text, createBuffers(most).bytes, 2))).not.toBe(full);
      }
    }
  });

  it("refuses strings with lone surrogates", () => {
    const { bytes } = createBuffers(200);
    expect(thrownBy(() => writeString(5 as never, bytes, 0))).toBe("expected a string, got 5");
    for (const text of ["\udc00", `${"a".repeat(60)}\ud800`]) {
      expect(thrownBy(() => writeString(text, bytes, 0))).toBe(
        `expected a string without lone surrogates, got ${JSON.stringify(text)}`,
      );
    }
  });
});

describe("readString", () => {
  it("reads what is between its bounds", () => {
    for (const length of [0, 5, 20, 21, 22, 23, 24, 25, 300, 512, 513, 2000]) {
      for (const character of ["a", "é", "€", "😀"]) {
        const text = character.repeat(length / Buffer.byteLength(character));
        const { bytes, view } = viewOf(concat([0xff], Buffer.from(text), [0xff]));
        expect(readString(bytes, view, 1, bytes.length - 2, 1)).toBe(text);
      }
    }
  });

  it("reports the offset of a string that is not UTF-8", () => {
    const { bytes, view } = viewOf(concat([65, 65, 0xff, 65]));
    for (const [start, length] of [
      [2, 1],
      [1, 3],
    ] as const) {
      try {
        expect(readString(bytes, view, start, length, 1)).toBe("nothing was thrown");
      } catch (thrown) {
        expect(thrown).toEqual(new Fault("format", "a string that is not UTF-8", start));
      }
    }
  });
});

describe("writeBytes", () => {
  it("throws full, or writes all of it", () => {
    const value = concat([1, 2, 3]);
    for (let room = 0; room < 20; room++) {
      const { bytes } = createBuffers(room);
      const end = thrownBy(() => writeBytes(value, bytes, 1));
      if (room < 9) expect(end).toBe(full);
      else expect(concat(bytes).subarray(0, Number(end))).toEqual(concat([0, 3, 1, 2, 3]));
    }
  });

  it("accepts the value of an unset field, even if its buffer was transferred", () => {
    const { bytes } = createBuffers(20);
    expect(writeBytes(noBytes, bytes, 0)).toBe(1);
    structuredClone(noBytes, { transfer: [noBytes.buffer as ArrayBuffer] });
    expect(writeBytes(noBytes, bytes, 0)).toBe(1);
    expect(hasBytes(noBytes)).toBe(false);
    expect(hasBytes(new Uint8Array(0))).toBe(false);
    expect(AnyCodec.decode(noBytes).typeUrl).toBe("");
    expect(bytesParts(() => z.any(), "utf8").write(noBytes, new Context())).toBe("");
  });
});

describe("hasBytes", () => {
  it("is false only for empty byte arrays", () => {
    const lost = concat([1]);
    structuredClone(lost, { transfer: [lost.buffer] });
    expect([noBytes, new Uint8Array(0), Buffer.alloc(0)].map(hasBytes)).toEqual([
      false,
      false,
      false,
    ]);
    for (const value of [lost, concat([0]), null, undefined, "", [], { length: 0 }]) {
      expect(hasBytes(value as never)).toBe(true);
    }
  });
});
