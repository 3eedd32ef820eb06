import { ScalarType } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import {
  type FieldRule,
  type FieldRuleParts,
  fieldRule,
  plainPresence,
} from "../../../src/contract/model/field-rule.js";
import { listParts, mapParts, oneofParts } from "../../../src/contract/rules/composites.js";
import { reportId, uuid4 } from "../../../src/contract/rules/ids.js";
import {
  anyText,
  boolParts,
  floatParts,
  stringParts,
} from "../../../src/contract/rules/scalars.js";
import { reported, ruleTexts } from "../../support/json/rule-issues.js";

const plain = (parts: FieldRuleParts): FieldRule => fieldRule(parts, plainPresence);
const text = plain(stringParts(anyText, false));
const number = plain(floatParts(ScalarType.DOUBLE, {}, false));
/** A string that is a UUID when strict. */
const id = plain({
  ...stringParts(anyText, false),
  strict: (value, context) => reportId(context, "id", String(value), uuid4),
});
const filledWith = (count: number, value: unknown): unknown[] => Array(count).fill(value);

describe("a list", () => {
  const parts = listParts(text, {});

  it("reads each item at its path", () => {
    expect(reported((context) => parts.read(["a", 1, "b", null], context))).toEqual({
      value: ["a", 1, "b", null],
      issues: ["[1]: expected a string, got 1 [type]", "[3]: expected a string, got null [type]"],
    });
    expect(reported((context) => parts.read({ length: 1 }, context))).toEqual({
      value: [],
      issues: ["expected an array, got an object [type]"],
    });
  });

  it("writes each item at its path", () => {
    const numbers = listParts(number, {});
    expect(reported((context) => numbers.write([1, Number.NaN, -0], context))).toEqual({
      value: [1, 0, 0],
      issues: ["[1]: expected a finite number, got NaN [float.not_finite]"],
    });
    expect(reported((context) => numbers.write("12", context))).toEqual({ value: [], issues: [] });
  });

  it("stops reading and writing after 20 issues", () => {
    const numbers = listParts(number, {});
    const read = reported((context) => numbers.read(filledWith(30, "x"), context));
    expect(read.value).toHaveLength(20);
    expect(read.issues).toHaveLength(20);
    const written = reported((context) => numbers.write(filledWith(30, Number.NaN), context));
    expect(written.value).toHaveLength(20);
    expect(written.issues).toHaveLength(20);
  });

  it("has its default value when it is empty", () => {
    expect([[], [1], "", {}, undefined].map(parts.isDefault)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("has as many items as its bounds allow", () => {
    const bounded = listParts(text, { min: 1, max: 2 });
    expect(ruleTexts(bounded, ["a"])).toEqual([]);
    expect(ruleTexts(bounded, ["a", "b"])).toEqual([]);
    expect(ruleTexts(bounded, [])).toEqual([
      "expected at least 1 item, got an array of 0 [length]",
    ]);
    expect(ruleTexts(bounded, ["a", "b", "c"])).toEqual([
      "expected at most 2 items, got an array of 3 [length]",
    ]);
    expect(ruleTexts(listParts(text, { min: 2 }), ["a"])).toEqual([
      "expected at least 2 items, got an array of 1 [length]",
    ]);
    const long = listParts(text, { max: 1500 });
    expect(ruleTexts(long, filledWith(1500, "a"))).toEqual([]);
    expect(ruleTexts(long, filledWith(1501, "a"))).toEqual([
      "expected at most 1500 items, got an array of 1501 [length]",
    ]);
    const whole = listParts(text, { max: 1000 });
    expect(ruleTexts(whole, filledWith(1000, "a"))).toEqual([]);
    expect(ruleTexts(whole, filledWith(1001, "a"))).toEqual([
      "expected at most 1000 items, got an array of 1001 [length]",
    ]);
  });

  it.each([3, 1000, 1001, 2000])("has the path of a wrong item among %i", (count) => {
    const list = [...filledWith(count - 1, "a"), 5];
    expect(ruleTexts(parts, list)).toEqual([`[${count - 1}]: expected a string, got 5 [type]`]);
  });

  it.each([25, 1000, 1001])("reports at most 20 issues of %i", (count) => {
    expect(ruleTexts(parts, filledWith(count, 5))).toHaveLength(20);
  });

  it("is refused if it is not an array", () => {
    expect(ruleTexts(parts, "ab")).toEqual(['expected an array, got "ab" [type]']);
    expect(ruleTexts(parts, { length: 2000 })).toEqual(["expected an array, got an object [type]"]);
  });

  it("has the strict rules of its items, if there are any", () => {
    expect(parts.strict).toBe(undefined);
    const ids = listParts(id, {});
    const wrong = 'expected a UUID v4, got "x" [format]';
    expect(reported((context) => ids.strict?.(["", "x"], context)).issues).toEqual([
      `[1].id: ${wrong}`,
    ]);
    expect(reported((context) => ids.strict?.(filledWith(30, "x"), context)).issues).toHaveLength(
      20,
    );
    expect(reported((context) => mapParts(id).strict?.({ a: "x" }, context)).issues).toEqual([
      `a.id: ${wrong}`,
    ]);
    expect(reported((context) => ids.strict?.(undefined, context)).issues).toEqual([]);
  });

  it("has its bounds in the schema", () => {
    const context = { translate: () => ({}), refer: () => ({}), whole: () => ({}) };
    const flags = plain(boolParts());
    const items = { type: "boolean" };
    expect(listParts(flags, {}).wireSchema(context)).toEqual({ type: "array", items });
    expect(listParts(flags, { min: 1, max: 3 }).wireSchema(context)).toEqual({
      type: "array",
      items,
      minItems: 1,
      maxItems: 3,
    });
    expect(mapParts(flags).wireSchema(context)).toEqual({
      type: "object",
      propertyNames: { maxLength: 65_536, $comment: "unrepresentable: units" },
      additionalProperties: items,
    });
  });

  it("converts the steps of its items", () => {
    expect(parts.steps?.([])).toEqual([]);
    expect(parts.steps?.([2])).toEqual([2]);
    expect(listParts(plain(mapParts(text)), {}).steps?.([2, "key", "rest"])).toEqual([
      2,
      "key",
      "rest",
    ]);
  });
});

describe("a map", () => {
  const parts = mapParts(text);

  it("reads and writes each entry at its path, __proto__ too", () => {
    const json: unknown = JSON.parse('{"a":"b","__proto__":5}');
    const read = reported((context) => parts.read(json, context));
    expect(JSON.stringify(read.value)).toBe('{"a":"b","__proto__":5}');
    expect(read.issues).toEqual(["__proto__: expected a string, got 5 [type]"]);
    const numbers = mapParts(number);
    const written = reported((context) => numbers.write({ a: -0, b: Number.NaN, c: 1 }, context));
    expect(written).toEqual({
      value: { a: 0, b: 0, c: 1 },
      issues: ["b: expected a finite number, got NaN [float.not_finite]"],
    });
  });

  it("does not keep its input", () => {
    const json = { a: "b" };
    const { value } = reported((context) => parts.read(json, context));
    expect(value).toEqual(json);
    expect(value).not.toBe(json);
  });

  it.each([
    [[], "expected an object, got an array of 0 [type]"],
    [null, "expected an object, got null [type]"],
    ["text", 'expected an object, got "text" [type]'],
    [new Map(), "expected a plain object, got an object [type]"],
  ])("is refused when it is %j", (value, issue) => {
    expect(reported((context) => parts.read(value, context))).toEqual({
      value: {},
      issues: [issue],
    });
    expect(ruleTexts(parts, value)).toEqual([issue]);
  });

  it("stops after 20 issues", () => {
    const many = Object.fromEntries(filledWith(30, 5).map((value, index) => [`k${index}`, value]));
    expect(reported((context) => parts.read(many, context)).issues).toHaveLength(20);
    expect(ruleTexts(parts, many)).toHaveLength(20);
  });

  it("has rules for its keys and its values", () => {
    expect(ruleTexts(parts, { a: "b", c: "" })).toEqual([]);
    expect(ruleTexts(parts, { "\ud800": "b" })).toEqual([
      '["\\ud800"]: expected a key without lone surrogates, got "\\ud800" [format]',
    ]);
    expect(ruleTexts(parts, JSON.parse('{"__proto__":5}'))).toEqual([
      "__proto__: expected a string, got 5 [type]",
    ]);
  });

  it("has its default value when it has no entries", () => {
    const inherited: unknown = Object.create({ inherited: 1 });
    const shown = [{}, { a: 1 }, [], undefined, inherited].map(parts.isDefault);
    expect(shown).toEqual([true, false, false, false, false]);
    expect(parts.isDefault(Object.create(null))).toBe(true);
  });

  it("converts the steps of its items", () => {
    expect(parts.steps?.([])).toEqual([]);
    expect(parts.steps?.(["key"])).toEqual(["key"]);
    expect(mapParts(plain(parts)).steps?.(["outer", "inner"])).toEqual(["outer", "inner"]);
  });
});

describe("a oneof", () => {
  const parts = oneofParts({ name: text, ids: plain(listParts(id, {})) });

  it("has the rule of the member that is set", () => {
    expect(ruleTexts(parts, { case: undefined })).toEqual([]);
    expect(ruleTexts(parts, { case: "name", value: "a" })).toEqual([]);
    expect(ruleTexts({ ...parts, steps: (path) => path }, { case: "name", value: 5 })).toEqual([
      "name: expected a string, got 5 [type]",
    ]);
    expect(
      ruleTexts({ ...parts, steps: (path) => path }, { case: "ids", value: ["a", 5] }),
    ).toEqual(["ids[1]: expected a string, got 5 [type]"]);
  });

  it.each([
    ["text", 'expected an object, got "text" [type]'],
    [new Map(), "expected a plain object, got an object [type]"],
    [{ case: "other" }, 'expected one of name, ids, got "other" [format]'],
    [{ case: 5 }, "expected one of name, ids, got 5 [range]"],
    [{ case: "toString" }, 'expected one of name, ids, got "toString" [format]'],
  ])("refuses %j", (value, issue) => {
    expect(ruleTexts(parts, value)).toEqual([issue]);
  });

  it("has the strict rules of the member that is set", () => {
    const strict = (value: unknown) => reported((context) => parts.strict?.(value, context)).issues;
    expect(strict({ case: "ids", value: ["x"] })).toEqual([
      '[0].id: expected a UUID v4, got "x" [format]',
    ]);
    expect(strict({ case: "name", value: "x" })).toEqual([]);
    expect(strict({ case: undefined })).toEqual([]);
    expect(strict({ case: 5 })).toEqual([]);
    expect(strict(undefined)).toEqual([]);
  });

  it("omits the name of the member in the steps", () => {
    expect(parts.steps?.(["ids", 1])).toEqual([1]);
    expect(parts.steps?.(["name", "rest"])).toEqual(["rest"]);
    expect(parts.steps?.(["other", 1])).toEqual([]);
    expect(parts.steps?.([1])).toEqual([]);
  });

  it("is read, written and described by the message that contains it", () => {
    expect(reported((context) => parts.read({ case: "name" }, context))).toEqual({
      value: undefined,
      issues: [],
    });
    expect(reported((context) => parts.write({ case: "name" }, context)).value).toBe(undefined);
    expect(parts.isDefault({ case: undefined })).toBe(false);
  });
});
