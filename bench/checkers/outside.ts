import type { JsonSchema } from "../../src/contract/model/json-schema-keywords.js";
import { maxTextLength } from "../../src/contract/rules/scalars.js";

/** Texts of which at least one violates almost any text rule. */
export const oddTexts: readonly string[] = ["", "\u0001", "~ \u00e9", "A b"];

/** A value that violates a schema's keywords for numbers and texts; undefined if it has none. */
export function outsideOf(schema: JsonSchema): number | string | undefined {
  const { minimum, maximum, minLength, maxLength, pattern, enum: values } = schema;
  if (typeof maximum === "number") return beyond(maximum, 1);
  if (typeof minimum === "number") return beyond(minimum, -1);
  if (values?.every((value) => typeof value === "string") === true) return "none of them";
  if (typeof pattern === "string") {
    const rule = new RegExp(pattern, "u");
    const odd = oddTexts.find((text) => !rule.test(text));
    if (odd !== undefined) return odd;
  }
  if (typeof maxLength === "number" && maxLength < maxTextLength) return "x".repeat(maxLength + 1);
  if (typeof minLength === "number" && minLength > 0) return "";
  return undefined;
}

/** A number past a bound: by 1, or by as much as the bound itself. */
export function beyond(bound: number, sign: 1 | -1): number {
  return bound + sign * Math.max(1, Math.abs(bound));
}
