import type { Context } from "../base/context.js";
import { keyRequired } from "../base/texts.js";

/** A form of ids that `strict` holds them against. */
export interface IdForm {
  /** What follows "expected" in the error. */
  readonly words: string;
  readonly pattern: RegExp;
}

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const ulid = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

/** A UUID of version 4, in either case. */
export const uuid4: IdForm = { words: "a UUID v4", pattern: new RegExp(`^${uuid}$`, "i") };

/** A UUID of version 4 or a ULID. */
export const uuid4OrUlid: IdForm = {
  words: "a UUID v4 or a ULID",
  pattern: new RegExp(`^(?:${uuid}|${ulid})$`, "i"),
};

/** A W3C trace id, which is 32 hexadecimal digits, or a UUID of version 4. */
export const traceIdForm: IdForm = {
  words: "a trace id of 32 hexadecimal digits, or a UUID v4",
  pattern: new RegExp(`^(?:[0-9a-f]{32}|${uuid})$`, "i"),
};

/** Reports an id that is set and not of its form. */
export function reportId(context: Context, key: string, id: string, form: IdForm): void {
  if (id === "" || form.pattern.test(id)) return;
  context.mismatch("format", form.words, id, key);
}

/** Reports an id that is not set. */
export function requireId(context: Context, key: string, id: string): void {
  if (id === "") context.fault("required", keyRequired, key);
}
