import { Context } from "../base/context.js";
import { refuse } from "../base/result.js";
import { reportDuplicateKeys } from "./duplicate-keys.js";
import { type ParseLimits, parseJsonText } from "./syntax.js";

/**
 * Parses the JSON text of a message. Throws `input.type`, `input.bytes`, `input.elements`, `json.syntax`,
 * and with `strict` also `duplicate_key`.
 */
export function readText(
  typeName: string,
  text: string,
  settings: ParseLimits & { readonly strict: boolean },
): unknown {
  const json = parseJsonText(typeName, text, settings);
  if (settings.strict) {
    const context = new Context();
    reportDuplicateKeys(text, context);
    refuse("decode from JSON", typeName, context.issues);
  }
  return json;
}
