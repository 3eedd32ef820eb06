import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  atMostBytes,
  filled,
  filledAtMostBytes,
  filledBytes,
  formed,
  oneOf,
} from "../../../src/contract/rules/formats.js";
import { formatIssue } from "../../../src/wire/error.js";
import { issuesOfRule } from "../../support/json/rule-issues.js";

function texts(rule: z.ZodMiniType, value: unknown): string[] {
  return issuesOfRule(rule, value).map(formatIssue);
}

describe("a string", () => {
  it("that is filled is not empty", () => {
    expect(texts(filled(z.string()), "a")).toEqual([]);
    expect(texts(filled(z.string()), "")).toEqual(['expected a non-empty string, got "" [length]']);
  });

  it("is counted in bytes of UTF-8", () => {
    const rule = atMostBytes(6)(z.string());
    expect(["", "abcdef", "ééé", "€€"].flatMap((text) => texts(rule, text))).toEqual([]);
    for (const text of ["abcdefg", "éééé", "€€a"]) {
      expect(texts(rule, text)).toEqual([
        `expected a string of at most 6 bytes, got "${text}" [format]`,
      ]);
    }
    expect(z.globalRegistry.get(rule)).toMatchObject({ maxLength: 6 });
  });

  it("may be required not to be empty in addition", () => {
    const rule = filledAtMostBytes(2)(z.string());
    expect(texts(rule, "é")).toEqual([]);
    expect(texts(rule, "")).toEqual(['expected a non-empty string, got "" [length]']);
    expect(texts(rule, "abc")).toEqual([
      'expected a string of at most 2 bytes, got "abc" [format]',
    ]);
  });

  it("is one of a closed set", () => {
    const rule = oneOf(["a", "b"])(z.string());
    expect([...texts(rule, "a"), ...texts(rule, "b")]).toEqual([]);
    expect(texts(rule, "")).toEqual(['expected one of "a", "b", got "" [format]']);
    expect(z.globalRegistry.get(rule)).toEqual({ enum: ["a", "b"] });
    const orEmpty = oneOf(["a"], true)(z.string());
    expect([...texts(orEmpty, "a"), ...texts(orEmpty, "")]).toEqual([]);
    expect(texts(orEmpty, "c")).toEqual(['expected one of "a", got "c" [format]']);
    expect(z.globalRegistry.get(orEmpty)).toEqual({ enum: ["", "a"] });
  });

  it("has a pattern", () => {
    const rule = formed(/^a+$/, "some a")(z.string());
    expect(texts(rule, "aa")).toEqual([]);
    expect(texts(rule, "b")).toEqual(['expected some a, got "b" [format]']);
  });
});

describe("bytes", () => {
  it("that are filled are not empty", () => {
    const rule = filledBytes(z.instanceof(Uint8Array));
    expect(texts(rule, Uint8Array.of(1))).toEqual([]);
    expect(texts(rule, new Uint8Array(0))).toEqual([
      "expected at least 1 byte, got 0 bytes [length]",
    ]);
    expect(z.globalRegistry.get(rule)).toEqual({ minLength: 1 });
  });
});
