import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSyntaxFault, parseJsonText } from "../../../src/contract/interpreter/syntax.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the reason why a text is not JSON", () => {
  it.each([
    ["", "the text is empty"],
    [" \n", "the text is empty"],
    ['{"payload":{"signals":[{"value":NaN}]}}', "NaN at character 33 is not a JSON value"],
    ["[Infinity]", "Infinity at character 2 is not a JSON value"],
    ["[-Infinity]", "-Infinity at character 2 is not a JSON value"],
    ["undefined", "undefined at character 1 is not a JSON value"],
    ['{"a": None}', "None at character 7 is not a JSON value"],
    ['{"a": True}', "True at character 7 is not a JSON value"],
    [`[${"x".repeat(40)}]`, `${"x".repeat(32)}... at character 2 is not a JSON value`],
    ["01", "01 at character 1 is not a JSON number"],
    ["[+1]", "+1 at character 2 is not a JSON number"],
    ["[.5]", ".5 at character 2 is not a JSON number"],
    ["[1.]", "1. at character 2 is not a JSON number"],
    ["[0x1F]", "0x1F at character 2 is not a JSON number"],
    ["[1e]", "1e at character 2 is not a JSON number"],
    ["[-]", "- at character 2 is not a JSON value"],
    ["{'a': 1}", "a single quote at character 2, where JSON has double quotes"],
    [`["a", 'b']`, "a single quote at character 7, where JSON has double quotes"],
    ["{a: 1}", "the key a at character 2 has no double quotes"],
    ['{"a": 1, 2: 3}', "the key 2 at character 10 has no double quotes"],
    ["[1, 2,]", "the comma at character 6 has nothing after it"],
    ['{"a": 1 , }', "the comma at character 9 has nothing after it"],
    ["[,1]", ", at character 2, where a value or ] should follow"],
    ["[1,,2]", ", at character 4, where a value should follow"],
    ["[1 2]", "2 at character 4, where a comma or a closing bracket should follow"],
    ['{"a" 1}', "1 at character 6, where a colon should follow"],
    ['{"a": }', "} at character 7, where a value should follow"],
    ['{"a": 1]', "] at character 8, where a comma or a closing bracket should follow"],
    ["]", "] at character 1, where a value should follow"],
    ["{} {}", "{ at character 4, where nothing more should follow"],
    ["nullnull", "nullnull at character 1 is not a JSON value"],
    ["1 // one", "a comment at character 3, which JSON does not have"],
    ["/* one */ 1", "a comment at character 1, which JSON does not have"],
    ["\ufeff{}", "a byte order mark at character 1 is not JSON"],
    ["[\u00a01]", "U+00A0 at character 2, where a value or ] should follow"],
    ["[\u{1f600}]", "U+1F600 at character 2, where a value or ] should follow"],
    ['{"a": [1', "the text ends in an array, where a comma or a closing bracket should follow"],
    ['{"a":', "the text ends in an object, where a value should follow"],
    ["{", "the text ends in an object, where a key in double quotes or } should follow"],
    ['{"a', "the text ends in the string that begins at character 2"],
    ['["\\', "the text ends in the string that begins at character 2"],
    ['["a\nb"]', "a line break at character 4 is in a string without an escape"],
    ['["\t"]', "a tab at character 3 is in a string without an escape"],
    ['["\u0001"]', "U+0001 at character 3 is in a string without an escape"],
    ['["\\x41"]', "\\x at character 3 is not a JSON escape"],
    ['["\\u12"]', "\\u without 4 hexadecimal digits at character 3 is not a JSON escape"],
  ])("of %j is described", (text, fault) => {
    expect(isJson(text)).toBe(false);
    expect(findSyntaxFault(text)?.message).toBe(fault);
  });

  it.each([
    ["", 0],
    [" [1, 2", 6],
    ['{"a": NaN}', 6],
    ["[1,]", 2],
    ['["a\nb"]', 3],
    ['["\\x41"]', 2],
    ['["a', 3],
    ["[]x", 2],
    ["[\u{1f600}]", 1],
  ])("of %j has its offset in UTF-16 code units", (text, offset) => {
    expect(findSyntaxFault(text)?.offset).toBe(offset);
    expect(
      refusalOf(() => parseJsonText("a.B", text, { maxLength: 100, maxElements: 100 })),
    ).toMatchObject({
      code: "json.syntax",
      offset,
    });
  });

  it("is found for exactly the texts that JSON.parse refuses", () => {
    const pieces = '{ } [ ] , : " \\ \\u \\n 00 1 -1 1.5 1e9 true null NaN a 12ab \u00a0 \t'.split(
      " ",
    );
    const texts = fc.array(fc.constantFrom(...pieces, " ", '"a"', '"a":'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        expect(findSyntaxFault(text) === undefined, text).toBe(isJson(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("is found for a JSON text with a character taken out or put in", () => {
    const change = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), fc.nat({ max: 2 }));
    fc.assert(
      fc.property(change, ([json, place, put, taken]) => {
        const at = place % (json.length + 1);
        const text = json.slice(0, at) + put + json.slice(at + taken);
        expect(findSyntaxFault(json)).toBeUndefined();
        expect(findSyntaxFault(text) === undefined, text).toBe(isJson(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is found in texts that are nested a million deep", () => {
    const text = "[".repeat(1_000_000);
    expect(findSyntaxFault(text)?.message).toBe(
      "the text ends in an array, where a value or ] should follow",
    );
  });
});

const limits = { maxLength: 9, maxElements: 2 };

describe("a received JSON text", () => {
  it("is read", () => {
    expect(parseJsonText("a.B", '{"a":[1]}', limits)).toEqual({ a: [1] });
  });

  it.each([
    [undefined, "expected a string, got undefined [input.type]"],
    ['{"a":[12]}', "10 characters are more than the 9 that are accepted [input.bytes]"],
    ["[[],{}]", "more than the 2 objects and arrays that are accepted [input.elements]"],
    ["[NaN]", "NaN at character 2 is not a JSON value [json.syntax]"],
  ])("is refused with its cause: %s", (text, fault) => {
    expect(refusalOf(() => parseJsonText("a.B", text, limits)).message).toBe(
      `cannot decode a.B from JSON: ${fault}`,
    );
  });

  it("has objects and arrays outside its strings only", () => {
    const wide = { maxLength: 1_000, maxElements: 2 };
    for (const value of ["[[[[{{{{", '"[[[', "[[[\\", '\\"[[[\\\\', "[".repeat(100)]) {
      const text = JSON.stringify([{ [value]: value }]);
      expect(parseJsonText("a.B", text, wide)).toEqual([{ [value]: value }]);
      expect(codeOf(() => parseJsonText("a.B", `[${text}]`, wide))).toBe("input.elements");
    }
    expect(codeOf(() => parseJsonText("a.B", '["[[[[', wide))).toBe("json.syntax");
  });
});
