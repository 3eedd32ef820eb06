import { Context } from "../base/context.js";
import { refuse } from "../base/result.js";
import { reportDuplicateKeys } from "./duplicate-keys.js";
import { parseJsonText } from "./syntax.js";

/**
 * Parses the JSON text of a message. Throws `input.type`, `input.bytes` for a text longer than `maxLength`,
 * `json.syntax`, and with `strict` also `duplicate_key`.
 */
export function readText(
  typeName: string,
  text: string,
  { maxLength, strict }: { readonly maxLength: number; readonly strict: boolean },
): unknown {
  const json = parseJsonText(typeName, text, maxLength);
  if (strict) {
    const context = new Context();
    reportDuplicateKeys(text, context);
    refuse("decode from JSON", typeName, context.issues);
  }
  return json;
}
