import * as z from "zod/mini";
import { unrepresentable } from "../model/json-schema-keywords.js";

/** Adds to a string rule; given to the `string` leaf. */
export type StringRule = (text: z.ZodMiniString) => z.ZodMiniString;

/** A string that is not empty. */
export const filled: StringRule = (text) => text.check(z.minLength(1, "a non-empty string"));

const encoder = new TextEncoder();

/** A string of at most so many bytes in UTF-8. */
export function atMostBytes(most: number): StringRule {
  // A UTF-16 unit is at most 3 bytes, so short strings need no encoding to be measured.
  const fits = (text: string): boolean =>
    text.length * 3 <= most || encoder.encode(text).length <= most;
  // A character has at least one byte, so a schema can say the first half of it.
  const said = { maxLength: most, ...unrepresentable("utf8") };
  return (text) => text.check(z.refine(fits, `a string of at most ${most} bytes`), z.meta(said));
}

/** A string of 1 to so many bytes in UTF-8. */
export function filledAtMostBytes(most: number): StringRule {
  return (text) => atMostBytes(most)(filled(text));
}

/** One of a closed set of strings, or the empty string when `orEmpty`. */
export function oneOf(values: readonly string[], orEmpty = false): StringRule {
  const known = new Set(orEmpty ? ["", ...values] : values);
  const words = values.map((value) => JSON.stringify(value)).join(", ");
  return (text) =>
    text.check(
      z.refine((value) => known.has(value), `one of ${words}`),
      z.meta({ enum: [...known] }),
    );
}

/** A string of a form; `words` follow "expected" in the error, e.g. "a lower-case name". */
export function formed(pattern: RegExp, words: string): StringRule {
  return (text) => text.check(z.regex(pattern, words));
}

/** Bytes that are not empty. */
export function filledBytes(bytes: z.ZodMiniType<Uint8Array>): z.ZodMiniType {
  return bytes.check(
    z.refine((value) => value.length > 0, "at least 1 byte"),
    z.meta({ minLength: 1 }),
  );
}
