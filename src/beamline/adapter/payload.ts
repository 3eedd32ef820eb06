import { Context } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { reportDuplicateKeys } from "../../contract/interpreter/duplicate-keys.js";
import { createJsonContract } from "../../contract/json-contract.js";
import { fieldRules as t } from "../dialect.js";

/** The key of a message's `metadata` that says how its payload is to be read. */
export const contentTypeKey = "content_type";

/**
 * The payload of a task, from the text of a message's payload. Without a content type, the text of a JSON
 * object is that object and every other text is itself; `text/plain` is always text, `application/json` also
 * gives a list, a number, a boolean or null. JSON that would not be kept exactly (duplicate keys, integers
 * that change, more nesting than a message may have) is text.
 */
export function toTaskPayload(text: string, contentType?: string): unknown {
  if (contentType === "text/plain") return text;
  const isJson = contentType === "application/json";
  if (!isJson && !/^\s*\{/.test(text)) return text;
  const value = parseExactly(text);
  if (isPlainObject(value)) return value;
  return isJson && value !== undefined && typeof value !== "string" ? value : text;
}

/** The content type without which {@link toTaskPayload} would not give this payload back. */
export function contentTypeOf(payload: unknown): string | undefined {
  if (typeof payload === "string") {
    return toTaskPayload(payload) === payload ? undefined : "text/plain";
  }
  return isPlainObject(payload) ? undefined : "application/json";
}

/** Whether a message's payload is the text of a task's payload, in any spelling of its JSON. */
export function isTextOf(text: string, payload: unknown): boolean {
  if (text === textOf(payload)) return true;
  if (typeof payload === "string") return false;
  const value = parse(text);
  return value !== undefined && isSameJson(value, payload);
}

/** A JSON value as text: a string as it is, everything else as JSON text; undefined for undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What the payload of a task may be. */
const taskPayload = /* @__PURE__ */ createJsonContract("beamline.DecideRequest", {
  payload: t.value().required(),
});

/** The value of a JSON text; undefined if it is not JSON, or if `JSON.stringify` would write something else. */
function parseExactly(text: string): unknown {
  const value = parse(text);
  if (value === undefined || !taskPayload.safeFromJson({ payload: value }).ok) return undefined;
  for (const [token] of text.matchAll(stringOrNumber)) {
    if (!token.startsWith('"') && !isKept(token)) return undefined;
  }
  const context = new Context();
  reportDuplicateKeys(text, context);
  return context.issues.length === 0 ? value : undefined;
}

const stringOrNumber = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;

/** Whether a JavaScript number keeps this JSON number. Digits beyond the precision of a double may be lost. */
function isKept(token: string): boolean {
  const number = Number(token);
  if (number === 0) return !/^[^eE]*[1-9]/.test(token);
  return /^-?\d+$/.test(token) ? String(number) === token : Number.isFinite(number);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}
