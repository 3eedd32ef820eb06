import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueSettings, toContractIssues } from "../../../src/contract/rules/issues.js";
import { formatIssue } from "../../../src/wire/error.js";
import { issuesOfRule } from "../../support/json/rule-issues.js";

function texts(rule: z.ZodType, value: unknown): string[] {
  return issuesOfRule(rule, value).map(formatIssue);
}

describe("the issue of a rule", () => {
  it.each([
    ["expected a string, got 5 [type]", z.string(), 5],
    ['expected a number, got "5" [type]', z.number(), "5"],
    ["expected an integer, got 1.5 [type]", z.int(), 1.5],
    ["expected a bigint, got 5 [type]", z.bigint(), 5],
    ['expected true or false, got "true" [type]', z.boolean(), "true"],
    ['expected an array, got "a" [type]', z.array(z.string()), "a"],
    ["expected an object, got 5 [type]", z.object({}), 5],
    ["expected an object, got an array of 0 [type]", z.object({}), []],
    ["expected a record, got an object [type]", z.record(z.string(), z.string()), new Map()],
    ['expected a Uint8Array, got "a" [type]', z.instanceof(Uint8Array), "a"],
    ["expected nothing, got 5 [type]", z.undefined(), 5],
    ["expected a symbol, got 5 [type]", z.symbol(), 5],
    ["expected a string, got undefined [required]", z.string(), undefined],
    ["expected a finite number, got NaN [float.not_finite]", z.number(), Number.NaN],
    [
      "expected a finite number, got -Infinity [float.not_finite]",
      z.number(),
      Number.NEGATIVE_INFINITY,
    ],
    ["expected a number of at least 1, got 0 [range]", z.number().min(1), 0],
    ["expected a number of more than 1, got 1 [range]", z.number().gt(1), 1],
    ["expected a number of at most 1, got 2 [range]", z.number().max(1), 2],
    ["expected a number of less than 1, got 1 [range]", z.number().lt(1), 1],
    ["expected a number of at least 1, got 0 [range]", z.bigint().min(1n), 0n],
    ["expected another value, got 6 [range]", z.number().multipleOf(5), 6],
    ['expected a string of at least 1 character, got "" [length]', z.string().min(1), ""],
    ['expected a string of at least 2 characters, got "a" [length]', z.string().min(2), "a"],
    ['expected a string of at most 1 character, got "ab" [length]', z.string().max(1), "ab"],
    ["expected at least 1 item, got an array of 0 [length]", z.array(z.string()).min(1), []],
    [
      "expected at most 2 items, got an array of 3 [length]",
      z.array(z.string()).max(2),
      ["", "", ""],
    ],
    ['expected a string like /^a$/, got "b" [format]', z.string().regex(/^a$/), "b"],
    ['expected a url, got "b" [format]', z.url(), "b"],
    ["expected 0, got 5 [range]", z.literal(0), 5],
    ['expected a or b, got "c" [type]', z.literal(["a", "b"]), "c"],
    ["expected a member of the oneof, got true [type]", z.union([z.string(), z.number()]), true],
  ])("is: %s", (text, rule, value) => {
    expect(texts(rule, value)).toEqual([text]);
  });

  it.each([
    ["text", "format"],
    [5, "range"],
    [5n, "range"],
    [Uint8Array.of(1), "length"],
    [true, "type"],
    [[], "type"],
  ])("has a code that depends on the value: %s", (value, code) => {
    const [issue] = issuesOfRule(
      z.any().refine(() => false, "another"),
      value,
    );
    expect(issue).toMatchObject({ rule: code, expected: "another" });
  });

  it("names each property that the message does not have", () => {
    expect(texts(z.object({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } })).toEqual([
      "a.b: the message has no such property [unknown_key]",
      "a.c: the message has no such property [unknown_key]",
    ]);
  });

  it("has the path of the message if its $typeName is wrong", () => {
    const rule = z.object({ a: z.object({ $typeName: z.literal("x.A") }) });
    expect(texts(rule, { a: { $typeName: "x.B" } })).toEqual(['a: expected x.A, got "x.B" [type]']);
  });

  it("has the path of the wire JSON", () => {
    const [issue] =
      z.object({ a: z.string() }).safeParse({ a: 5 }, issueSettings).error?.issues ?? [];
    const upper = (steps: readonly (string | number)[]) =>
      steps.map((step) => String(step).toUpperCase());
    expect(issue && toContractIssues(issue, upper)).toMatchObject([{ path: "A", rule: "type" }]);
  });
});
