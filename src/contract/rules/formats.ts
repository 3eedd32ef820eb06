import * as z from "zod/mini";
import { type JsonSchema, unrepresentable } from "../model/json-schema-keywords.js";
import { instantPattern, parseInstant } from "./time.js";

/** Adds checks to a string rule; the argument of `t.string()`. */
export type StringRule = (text: z.ZodMiniString) => z.ZodMiniString;

/** A string that is not empty. */
export const filled: StringRule = (text) => text.check(z.minLength(1, "a non-empty string"));

/** The most UTF-16 code units of a text that carries other data, such as a query or a prompt. */
export const longestText = 4_194_304;

/** A text that carries other data. */
export const longText: StringRule = (text) => text.check(z.maxLength(longestText));

/** The rule, with keywords for its JSON Schema. `z.meta` as a check would keep zod from compiling the rule. */
function withKeywords<R extends z.ZodMiniType>(rule: R, keywords: JsonSchema): R {
  z.globalRegistry.add(rule, keywords);
  return rule;
}

const encoder = new TextEncoder();

/** A string of at most `max` bytes in UTF-8. */
export function atMostBytes(max: number): StringRule {
  // A UTF-16 code unit is at most 3 bytes in UTF-8, so short strings need not be encoded.
  const fits = (text: string): boolean =>
    text.length * 3 <= max || encoder.encode(text).length <= max;
  // A character has at least one byte, so a schema can bound the number of characters.
  const schema = { maxLength: max, ...unrepresentable("utf8") };
  return (text) =>
    withKeywords(text.check(z.refine(fits, `a string of at most ${max} bytes`)), schema);
}

/** A string of 1 to `max` bytes in UTF-8. */
export function filledAtMostBytes(max: number): StringRule {
  return (text) => atMostBytes(max)(filled(text));
}

/** One of a closed set of strings; with `orEmpty`, also the empty string. */
export function oneOf(values: readonly string[], orEmpty = false): StringRule {
  const known = new Set(orEmpty ? ["", ...values] : values);
  const names = values.map((value) => JSON.stringify(value)).join(", ");
  return (text) =>
    withKeywords(text.check(z.refine((value) => known.has(value), `one of ${names}`)), {
      enum: [...known],
    });
}

/** A string of a pattern; `expected` follows "expected" in the error, e.g. "a lower-case name". */
export function formed(pattern: RegExp, expected: string): StringRule {
  return (text) => text.check(z.regex(pattern, expected));
}

/** The JSON Schema of a time as text, without its type. */
export const instantKeywords: JsonSchema = {
  pattern: instantPattern.source,
  description: "An RFC 3339 time with a zone.",
  ...unrepresentable("calendar"),
};

/** A string that is a time. */
export const instant: StringRule = (text) =>
  withKeywords(
    text.check(
      z.refine((value) => parseInstant(value) !== undefined, "an RFC 3339 time with a zone"),
    ),
    instantKeywords,
  );

/** Bytes that are not empty. */
export function filledBytes(bytes: z.ZodMiniType<Uint8Array>): z.ZodMiniType {
  return withKeywords(bytes.check(z.refine((value) => value.length > 0, "at least 1 byte")), {
    minLength: 1,
  });
}
