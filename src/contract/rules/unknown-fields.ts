import type { Context } from "../base/context.js";
import { isPlainObject } from "../base/plain-data.js";

/** Reports the unknown fields of a message that is to be written as JSON, unless `context` drops them. */
export function reportUnknownFields(message: unknown, context: Context): void {
  if (context.dropUnknown || !isPlainObject(message)) return;
  const unknown = message["$unknown"];
  if (!Array.isArray(unknown) || unknown.length === 0) return;
  const fields = unknown.length === 1 ? "1 unknown field" : `${unknown.length} unknown fields`;
  context.fault("json.unknown_fields", `${fields} that JSON cannot carry`);
}
