import { isPlainObject } from "./bounds.js";
import type { Walk } from "./walk.js";

/** Reports the unknown fields of a message that is about to be written as JSON, unless they may be dropped. */
export function refuseUnknownFields(message: unknown, walk: Walk): void {
  if (walk.dropUnknown || !isPlainObject(message)) return;
  const unknown = message["$unknown"];
  if (!Array.isArray(unknown) || unknown.length === 0) return;
  const fields = unknown.length === 1 ? "1 unknown field" : `${unknown.length} unknown fields`;
  walk.fault("json.unknown_fields", `${fields} that JSON cannot carry`);
}
