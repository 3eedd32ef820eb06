import * as z from "zod/mini";
import { lengthOf } from "../../wire/buffers.js";
import { writeUnknown } from "../../wire/unknown.js";
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

/** Unknown fields that the binary form can carry: what a decoder has kept. */
export const unknownFieldsRule: z.ZodMiniType = z.custom(
  canBeWritten,
  "an array of unknown fields",
);

function canBeWritten(fields: unknown): boolean {
  if (!Array.isArray(fields)) return false;
  let size = 0;
  for (const field of fields) {
    if (!isPlainObject(field) || !(field["data"] instanceof Uint8Array)) return false;
    size += 5 + Math.max(0, lengthOf(field["data"]));
  }
  try {
    writeUnknown(fields, new Uint8Array(size), 0, 1);
    return true;
  } catch {
    return false;
  }
}
