import { describe, expect, it } from "vitest";
import { viewOf } from "../../src/wire/buffers.js";
import { createTextCache, readText, type TextCache } from "../../src/wire/text-cache.js";
import { concat } from "../support/binary/bytes.js";

/** Reads a text between other bytes. */
function read(cache: TextCache, text: string): string {
  const content = Buffer.from(text);
  const { bytes, view } = viewOf(concat([0xff], content, [0xff, 0xff, 0xff, 0xff]));
  return readText(cache, bytes, view, 1, content.length, 1);
}

describe("readText", () => {
  it("caches the last text of a field", () => {
    const cache = createTextCache();
    expect(read(cache, "tolaria")).toBe("tolaria");
    const { budget } = cache;
    cache.text = "a mark, to see where the answer comes from";
    expect(read(cache, "tolaria")).toBe("a mark, to see where the answer comes from");
    expect(cache.budget).toBe(budget);
  });

  it("holds one text of at most 64 bytes, however many different ones are read", () => {
    const cache = createTextCache();
    const bytesOf = ({ text, words }: TextCache): number => text.length + words.byteLength;
    for (let index = 0; index < 200_000; index++) {
      read(cache, `${index} ${"x".repeat(index % 100)}`);
      if (bytesOf(cache) > 128) throw new Error(`${bytesOf(cache)} bytes after ${index} texts`);
    }
    expect(cache.text).toMatch(/^\d+ x*$/);
    expect(Object.keys(cache)).toEqual(["text", "size", "words", "budget"]);
  });

  it("never confuses two texts, wherever they differ", () => {
    for (const size of [4, 5, 6, 7, 8, 9, 23, 36, 63, 64]) {
      const text = "a".repeat(size);
      for (let index = 0; index < size; index++) {
        const cache = createTextCache();
        const other = `${text.slice(0, index)}b${text.slice(index + 1)}`;
        expect(read(cache, text)).toBe(text);
        expect(read(cache, other)).toBe(other);
        expect(read(cache, text)).toBe(text);
      }
    }
  });

  it("caches texts with any characters", () => {
    const cache = createTextCache();
    for (const text of ["éé", "日本語", "😀", "naïveté"]) {
      expect(read(cache, text)).toBe(text);
      expect(cache.size).toBe(Buffer.byteLength(text));
      expect(read(cache, text)).toBe(text);
    }
  });

  it("does not cache very short and long texts", () => {
    const cache = createTextCache();
    for (const text of ["", "a", "abc", "a".repeat(65), "é".repeat(33)]) {
      expect(read(cache, text)).toBe(text);
      expect(cache.size).toBe(-1);
    }
  });

  it("updates rarely if texts never repeat, and adapts when they repeat again", () => {
    const cache = createTextCache();
    let learned = 0;
    for (let count = 0; count < 1_000; count++) {
      const before = cache.text;
      read(cache, `id-${String(count).padStart(6, "0")}`);
      if (cache.text !== before) learned++;
    }
    expect(learned).toBeLessThanOrEqual(32 + Math.ceil(1_000 / 16));
    for (let count = 0; count < 16; count++) read(cache, "constant");
    expect(cache.text).toBe("constant");
  });

  it("limits how far the budget goes down", () => {
    const cache = createTextCache();
    cache.budget = -1_000_015;
    while (cache.budget < 0) read(cache, `id-${-cache.budget}`);
    expect(cache.budget).toBe(0);
  });
});
