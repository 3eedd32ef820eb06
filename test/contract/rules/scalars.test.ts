import { ScalarType } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { filled } from "../../../src/contract/rules/formats.js";
import {
  anyText,
  boolParts,
  bytesParts,
  floatParts,
  integer32Parts,
  integer64Parts,
  stringParts,
} from "../../../src/contract/rules/scalars.js";
import { reported, ruleTexts } from "../../support/json/rule-issues.js";
import { schemaContext } from "../../support/json/schema-context.js";

describe("a string", () => {
  const parts = stringParts(anyText, false);
  const never = stringParts(anyText, true);

  it("is read as it is", () => {
    expect(reported((context) => parts.read("", context))).toEqual({ value: "", issues: [] });
    expect(reported((context) => never.read("a", context))).toEqual({ value: "a", issues: [] });
    expect(reported((context) => parts.read(5, context)).issues).toEqual([
      "expected a string, got 5 [type]",
    ]);
    expect(reported((context) => never.read("", context)).issues).toEqual([
      'expected a non-empty string, got "" [length]',
    ]);
    expect(reported((context) => never.read(null, context)).issues).toEqual([
      "expected a string, got null [type]",
    ]);
  });

  it("may have a rule of its own", () => {
    expect(ruleTexts(parts, "")).toEqual([]);
    expect(ruleTexts(parts, "\udc00")).toEqual([
      'expected a string without lone surrogates, got "\\udc00" [format]',
    ]);
    expect(ruleTexts(stringParts(filled, false), "")).toEqual([
      'expected a non-empty string, got "" [length]',
    ]);
    expect(ruleTexts(stringParts(filled, false), "\udc00")).toEqual([
      'expected a string without lone surrogates, got "\\udc00" [format]',
    ]);
  });

  it("is described", () => {
    const bounded = { type: "string", maxLength: 65_536 };
    expect(parts.wireSchema(schemaContext)).toEqual(bounded);
    expect(never.wireSchema(schemaContext)).toEqual({ ...bounded, minLength: 1 });
    expect([parts.isDefault(""), parts.isDefault("a"), parts.isDefault(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a bool", () => {
  it("is true or false", () => {
    const parts = boolParts();
    expect(reported((context) => [true, false].map((json) => parts.read(json, context)))).toEqual({
      value: [true, false],
      issues: [],
    });
    expect(reported((context) => parts.read("true", context)).issues).toEqual([
      'expected true or false, got "true" [type]',
    ]);
    expect(ruleTexts(parts, true)).toEqual([]);
    expect(ruleTexts(parts, 1)).toEqual(["expected true or false, got 1 [type]"]);
    expect([parts.isDefault(false), parts.isDefault(true), parts.isDefault(0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(parts.wireSchema(schemaContext)).toEqual({ type: "boolean" });
  });
});

describe("an integer of 32 bits", () => {
  it.each([
    [ScalarType.INT32, -2147483648, 2147483647],
    [ScalarType.SINT32, -2147483648, 2147483647],
    [ScalarType.UINT32, 0, 4294967295],
  ] as const)("has the bounds of its type: %i", (scalar, min, max) => {
    const parts = integer32Parts(scalar, {});
    expect(ruleTexts(parts, min)).toEqual([]);
    expect(ruleTexts(parts, max)).toEqual([]);
    expect(ruleTexts(parts, min - 1)).toEqual([
      `expected a number of at least ${min}, got ${min - 1} [range]`,
    ]);
    expect(ruleTexts(parts, max + 1)).toEqual([
      `expected a number of at most ${max}, got ${max + 1} [range]`,
    ]);
    expect(parts.wireSchema(schemaContext)).toEqual({
      type: "integer",
      minimum: min,
      maximum: max,
    });
  });

  it("may have narrower ones", () => {
    const parts = integer32Parts(ScalarType.INT32, { min: -1, max: 5 });
    expect([-2, -1, 5, 6].map((value) => ruleTexts(parts, value).length)).toEqual([1, 0, 0, 1]);
    const unsigned = integer32Parts(ScalarType.UINT32, { min: 2, max: 5 });
    expect([1, 2, 5, 6].map((value) => ruleTexts(unsigned, value).length)).toEqual([1, 0, 0, 1]);
  });

  it("is read from a number without a fraction", () => {
    const parts = integer32Parts(ScalarType.INT32, {});
    expect(reported((context) => [5, -0].map((json) => parts.read(json, context)))).toEqual({
      value: [5, 0],
      issues: [],
    });
    expect(reported((context) => ["5", 1.5].map((json) => parts.read(json, context)))).toEqual({
      value: [0, 0],
      issues: ['expected an integer, got "5" [type]', "expected an integer, got 1.5 [type]"],
    });
    expect([parts.isDefault(0), parts.isDefault(1), parts.isDefault(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("an integer of 64 bits", () => {
  const most = 2n ** 64n;
  const half = 2n ** 63n;

  it.each([
    [ScalarType.INT64, -half, half - 1n],
    [ScalarType.UINT64, 0n, most - 1n],
  ] as const)("has the bounds of its type: %i", (scalar, min, max) => {
    const parts = integer64Parts(scalar, {}, "string");
    expect(ruleTexts(parts, min)).toEqual([]);
    expect(ruleTexts(parts, max)).toEqual([]);
    expect(ruleTexts(parts, min - 1n)).toEqual([
      `expected a number of at least ${min}, got ${min - 1n} [range]`,
    ]);
    expect(ruleTexts(parts, max + 1n)).toEqual([
      `expected a number of at most ${max}, got ${max + 1n} [range]`,
    ]);
  });

  it("may have narrower ones", () => {
    const parts = integer64Parts(ScalarType.UINT64, { min: 2n, max: 5n }, "number");
    expect([1n, 2n, 5n, 6n].map((value) => ruleTexts(parts, value).length)).toEqual([1, 0, 0, 1]);
    expect(parts.wireSchema(schemaContext)).toEqual({ type: "integer", minimum: 2, maximum: 5 });
    expect(integer64Parts(ScalarType.INT64, {}, "number").wireSchema(schemaContext)).toEqual({
      type: "integer",
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
    });
  });

  it("is a number in some dialects", () => {
    const parts = integer64Parts(ScalarType.INT64, {}, "number");
    expect(
      reported((context) => [5, -9007199254740991].map((json) => parts.read(json, context))),
    ).toEqual({
      value: [5n, -9007199254740991n],
      issues: [],
    });
    const wrong = [9007199254740992, 1.5, "5"];
    expect(reported((context) => wrong.map((json) => parts.read(json, context)))).toEqual({
      value: [0n, 0n, 0n],
      issues: [
        "expected an integer within ±(2^53 - 1), got 9007199254740992 [int64.unsafe]",
        "expected an integer, got 1.5 [type]",
        'expected an integer, got "5" [type]',
      ],
    });
    expect(reported((context) => parts.write(9007199254740991n, context))).toEqual({
      value: 9007199254740991,
      issues: [],
    });
    expect(reported((context) => parts.write(9007199254740992n, context)).issues).toEqual([
      "expected an integer within ±(2^53 - 1), got 9007199254740992 [int64.unsafe]",
    ]);
  });

  it("is a decimal string in others, which also read a number", () => {
    const parts = integer64Parts(ScalarType.INT64, {}, "string");
    const right = ["5", "-18446744073709551615", "0", "-0", 5];
    expect(reported((context) => right.map((json) => parts.read(json, context)))).toEqual({
      value: [5n, -18446744073709551615n, 0n, 0n, 5n],
      issues: [],
    });
    const decimal = "an integer or a decimal string";
    for (const json of ["05", "5 ", " 5", "1.5", "", "123456789012345678901", 1.5, true]) {
      expect(reported((context) => parts.read(json, context))).toEqual({
        value: 0n,
        issues: [`expected ${decimal}, got ${JSON.stringify(json)} [type]`],
      });
    }
    expect(reported((context) => parts.read(2 ** 53, context)).issues).toEqual([
      "expected an integer within ±(2^53 - 1), or a decimal string, got 9007199254740992 [int64.unsafe]",
    ]);
    expect(reported((context) => parts.write(2n ** 60n, context))).toEqual({
      value: "1152921504606846976",
      issues: [],
    });
    expect(parts.wireSchema(schemaContext)).toMatchObject({
      anyOf: [
        { type: "string", pattern: "^-?(?:0|[1-9]\\d{0,19})$" },
        { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 },
      ],
    });
    expect([parts.isDefault(0n), parts.isDefault(1n), parts.isDefault(0)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a float or double", () => {
  const double = floatParts(ScalarType.DOUBLE, {}, false);
  const float = floatParts(ScalarType.FLOAT, {}, false);
  const words = floatParts(ScalarType.DOUBLE, {}, true);

  it("is read from a finite number, and a float is rounded", () => {
    expect(reported((context) => [0.1, -0].map((json) => double.read(json, context)))).toEqual({
      value: [0.1, 0],
      issues: [],
    });
    expect(reported((context) => [0.1, -0].map((json) => float.read(json, context)))).toEqual({
      value: [Math.fround(0.1), 0],
      issues: [],
    });
    const wrong = ["0.1", Number.NaN, "NaN"];
    expect(reported((context) => wrong.map((json) => double.read(json, context)))).toEqual({
      value: [0, 0, 0],
      issues: [
        'expected a number, got "0.1" [type]',
        "expected a finite number, got NaN [float.not_finite]",
        'expected a number, got "NaN" [type]',
      ],
    });
    expect(reported((context) => float.read(3.5e38, context))).toEqual({
      value: 0,
      issues: ["expected a number that fits a float, got 3.5e+38 [range]"],
    });
  });

  it("has strings for what is not finite only where the dialect does", () => {
    const right = ["NaN", "Infinity", "-Infinity"];
    expect(reported((context) => right.map((json) => words.read(json, context)))).toEqual({
      value: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      issues: [],
    });
    expect(reported((context) => words.read("toString", context)).issues).toEqual([
      'expected a number, got "toString" [type]',
    ]);
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1.5];
    expect(reported((context) => values.map((value) => words.write(value, context)))).toEqual({
      value: ["NaN", "Infinity", "-Infinity", 0, 1.5],
      issues: [],
    });
    expect(reported((context) => double.write(Number.NaN, context))).toEqual({
      value: 0,
      issues: ["expected a finite number, got NaN [float.not_finite]"],
    });
  });

  it("is written as short as it can be when it is a float", () => {
    const value = Math.fround(0.1);
    expect(
      reported((context) => [float.write(value, context), double.write(value, context)]).value,
    ).toEqual([0.1, value]);
  });

  it("has the bounds of its type, or narrower ones", () => {
    const largest = 3.4028234663852886e38;
    expect([largest, -largest, 3.5e38, -3.5e38].map((v) => ruleTexts(float, v).length)).toEqual([
      0, 0, 1, 1,
    ]);
    expect(ruleTexts(float, 3.5e38)).toEqual([
      "expected a number of at most 3.4028234663852886e+38, got 3.5e+38 [range]",
    ]);
    expect(ruleTexts(double, 1e300)).toEqual([]);
    expect(ruleTexts(double, Number.NaN)).toEqual([
      "expected a finite number, got NaN [float.not_finite]",
    ]);
    const bounded = floatParts(ScalarType.DOUBLE, { min: -1, max: 2 }, true);
    expect([-1.1, -1, 2, 2.1, Number.NaN].map((v) => ruleTexts(bounded, v).length)).toEqual([
      1, 0, 0, 1, 1,
    ]);
    expect(ruleTexts(words, Number.NaN)).toEqual([]);
    expect(ruleTexts(words, Number.NEGATIVE_INFINITY)).toEqual([]);
    expect(ruleTexts(words, "5")).toEqual(['expected a number, got "5" [format]']);
    const single = floatParts(ScalarType.FLOAT, {}, true);
    expect(ruleTexts(single, Number.POSITIVE_INFINITY)).toEqual([]);
    expect(ruleTexts(single, -largest)).toEqual([]);
    expect(ruleTexts(single, -3.5e38)).toEqual([
      "expected a number that fits a float, got -3.5e+38 [range]",
    ]);
  });

  it("is described with its bounds", () => {
    const schema = (scalar: ScalarType.FLOAT | ScalarType.DOUBLE, bounds: object, not = false) =>
      floatParts(scalar, bounds, not).wireSchema(schemaContext);
    expect(schema(ScalarType.DOUBLE, {})).toEqual({ type: "number" });
    expect(schema(ScalarType.DOUBLE, { min: 1 })).toEqual({ type: "number", minimum: 1 });
    expect(schema(ScalarType.DOUBLE, { max: 1 }, true)).toEqual({ type: "number", maximum: 1 });
    expect(schema(ScalarType.DOUBLE, {}, true)).toEqual({
      anyOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity"] }],
    });
    expect(schema(ScalarType.FLOAT, { min: 0 })).toMatchObject({
      description: "Rounded to float32, at least 0.",
    });
    expect(schema(ScalarType.FLOAT, { max: 1 })).toMatchObject({
      description: "Rounded to float32, at most 1.",
    });
    expect(schema(ScalarType.FLOAT, { min: 0, max: 1 })).toMatchObject({
      type: "number",
      description: "Rounded to float32, at least 0, at most 1.",
    });
    expect(schema(ScalarType.FLOAT, {})).not.toHaveProperty("description");
    expect([double.isDefault(0), double.isDefault(1), double.isDefault(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("bytes", () => {
  const any = () => z.instanceof(Uint8Array);
  const utf8 = bytesParts(any, "utf8");
  const base64 = bytesParts(any, "base64");

  it("are text in some dialects, every character kept", () => {
    const text = "\ufeffä€😀\0";
    const bytes = new Uint8Array(Buffer.from(text));
    expect(reported((context) => utf8.read(text, context))).toEqual({ value: bytes, issues: [] });
    expect(reported((context) => utf8.write(bytes, context))).toEqual({ value: text, issues: [] });
    expect(reported((context) => utf8.write("text", context))).toEqual({ value: "", issues: [] });
    expect(reported((context) => [5, "\ud800"].map((json) => utf8.read(json, context)))).toEqual({
      value: [new Uint8Array(0), new Uint8Array(0)],
      issues: [
        "expected a string, got 5 [type]",
        'expected a string without lone surrogates, got "\\ud800" [format]',
      ],
    });
    expect(reported((context) => utf8.write(Uint8Array.of(0xff, 0xff), context))).toEqual({
      value: "",
      issues: ["expected bytes that are UTF-8 text, got 2 bytes [format]"],
    });
  });

  it("are base64 in others, of either alphabet and with or without padding", () => {
    const bytes = Uint8Array.of(0xfb, 0xff);
    for (const text of ["+/8=", "-_8=", "+/8", "-_8"]) {
      expect(reported((context) => base64.read(text, context))).toEqual({
        value: bytes,
        issues: [],
      });
    }
    expect(reported((context) => base64.read("", context)).value).toEqual(new Uint8Array(0));
    expect(reported((context) => base64.read("-_-_-w==", context)).value).toEqual(
      Uint8Array.of(0xfb, 0xff, 0xbf, 0xfb),
    );
    expect(reported((context) => base64.write(bytes, context))).toEqual({
      value: "+/8=",
      issues: [],
    });
    expect(reported((context) => base64.write("text", context))).toEqual({ value: "", issues: [] });
  });

  it.each(["a", "abc==", "ab=", "abcde", "a b=", "ab==cd==", "====", "ab=x", 5, null])(
    "refuse %j as base64",
    (json) => {
      expect(reported((context) => base64.read(json, context))).toEqual({
        value: new Uint8Array(0),
        issues: [`expected base64, got ${JSON.stringify(json)} [format]`],
      });
    },
  );

  it("are described", () => {
    expect(utf8.wireSchema({ ...schemaContext, translate: () => ({ minLength: 1 }) })).toEqual({
      type: "string",
      minLength: 1,
    });
    expect(base64.wireSchema({ ...schemaContext, translate: () => ({}) })).toMatchObject({
      type: "string",
      contentEncoding: "base64",
      pattern: "^[A-Za-z0-9+/_-]*={0,2}$",
    });
    expect(
      [new Uint8Array(0), Uint8Array.of(1), "", undefined].map((value) => utf8.isDefault(value)),
    ).toEqual([true, false, false, false]);
  });
});
