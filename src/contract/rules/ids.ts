import type { Context } from "../base/context.js";
import { keyRequired } from "../base/texts.js";

/** A format of ids, which only `strict` enforces. */
export interface IdFormat {
  /** The text after "expected" in the error. */
  readonly expected: string;
  readonly pattern: RegExp;
}

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const ulid = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

/** A UUID of version 4, in either case. */
export const uuid4: IdFormat = { expected: "a UUID v4", pattern: new RegExp(`^${uuid}$`, "i") };

/** A UUID of version 4 or a ULID. */
export const uuid4OrUlid: IdFormat = {
  expected: "a UUID v4 or a ULID",
  pattern: new RegExp(`^(?:${uuid}|${ulid})$`, "i"),
};

/** A W3C trace id, which is 32 hexadecimal digits, or a UUID of version 4. */
export const traceIdFormat: IdFormat = {
  expected: "a trace id of 32 hexadecimal digits, or a UUID v4",
  pattern: new RegExp(`^(?:[0-9a-f]{32}|${uuid})$`, "i"),
};

/** Reports an id that is set and does not have its format. */
export function reportId(context: Context, key: string, id: string, format: IdFormat): void {
  if (id === "" || format.pattern.test(id)) return;
  context.mismatch("format", format.expected, id, key);
}

/** Reports an id that is not set. */
export function reportMissingId(context: Context, key: string, id: string): void {
  if (id === "") context.fault("required", keyRequired, key);
}
