import { describe, expect, it } from "vitest";
import { key, literal, property } from "../../src/codegen/safe-name.js";

describe("a text in generated code", () => {
  it("is a string literal of that text", () => {
    expect(literal("a.B")).toBe('"a.B"');
    expect(literal('"]; \\ \n */ `')).toBe('"\\"]; \\\\ \\n */ `"');
  });

  it("has neither line ends of any kind nor the sign that printing replaces", () => {
    const text = "\u2028 %after \u2029 \r";
    expect(literal(text)).toBe('"\\u2028 \\u0025after \\u2029 \\r"');
    expect(JSON.parse(literal(text))).toBe(text);
  });

  it("is a property without quotes only if it is an identifier", () => {
    expect(["a", "constructor$", "class"].map(property)).toEqual([
      "m.a",
      "m.constructor$",
      "m.class",
    ]);
    expect(["", "1", "a-b", "a]", "\u2028", "ä"].map(property)).toEqual([
      'm[""]',
      'm["1"]',
      'm["a-b"]',
      'm["a]"]',
      'm["\\u2028"]',
      'm["ä"]',
    ]);
    expect(["a", "1", "%a"].map(key)).toEqual(["a", '"1"', '"\\u0025a"']);
  });
});
