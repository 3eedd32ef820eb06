import { afterAll, describe, expect, it, vi } from "vitest";
import { sized } from "../support/binary/bytes.js";

const encodeInto = TextEncoder.prototype.encodeInto;
const { from } = Buffer;

vi.stubGlobal("Buffer", undefined);
const { createBuffers, native } = await import("../../src/wire/buffers.js");
const { readString, writeString } = await import("../../src/wire/text.js");
afterAll(() => vi.unstubAllGlobals());

const texts = ["a", "é", "€", "😀"].flatMap((character) =>
  [1, 20, 36, 37, 43, 127, 128, 600].map((count) => character.repeat(count)),
);

describe("without Node's Buffer", () => {
  it("buffers are plain byte arrays", () => {
    expect(native).toBe(false);
    expect(Object.getPrototypeOf(createBuffers(4).bytes)).toBe(Uint8Array.prototype);
  });

  it.each(texts)("writes and reads %j", (text) => {
    const { bytes, view } = createBuffers(10 + text.length * 3);
    const expected = sized(from(text));
    const end = writeString(text, bytes, 3);
    expect(bytes.subarray(3, end)).toEqual(expected);
    const prefix = expected.length - from(text).length;
    expect(readString(bytes, view, 3 + prefix, expected.length - prefix, 1)).toBe(text);
  });

  it("writes long texts into memory that the engine does not encode into", () => {
    TextEncoder.prototype.encodeInto = () => {
      throw new TypeError("the memory is shared");
    };
    try {
      for (const text of texts) {
        const { bytes } = createBuffers(10 + text.length * 3);
        const end = writeString(text, bytes, 3);
        expect(bytes.subarray(3, end)).toEqual(sized(from(text)));
      }
    } finally {
      TextEncoder.prototype.encodeInto = encodeInto;
    }
  });
});
