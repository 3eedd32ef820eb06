import { ScalarType } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import * as z from "zod/mini";
import type { Context } from "../base/context.js";
import type { FieldRuleParts } from "../model/field-rule.js";
import {
  type JsonSchema,
  unrepresentable,
  withUnrepresentable,
} from "../model/json-schema-keywords.js";
import type { JsonWriter } from "../model/value-writer.js";
import { boundsBeforeRounding, shortestFloat32 } from "./float32.js";

/** Bounds of a number field, both included. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
}

/** Bounds of a 64-bit integer field, both included. */
export interface BigIntBounds {
  readonly min?: bigint;
  readonly max?: bigint;
}

/** The scalar types of 32-bit integers. */
export type Integer32 = ScalarType.INT32 | ScalarType.SINT32 | ScalarType.UINT32;
/** The scalar types of 64-bit integers. */
export type Integer64 = ScalarType.INT64 | ScalarType.UINT64;

/** Rules that many fields share. */
const sharedRules = new Map<string, z.ZodMiniType>();

/** The shared rule of a name, made at its first use. */
function shared(name: string, make: () => z.ZodMiniType): z.ZodMiniType {
  let rule = sharedRules.get(name);
  if (rule === undefined) {
    rule = make();
    sharedRules.set(name, rule);
  }
  return rule;
}

/** The most UTF-16 code units of a text whose rule has no bound, and of the key of a map. */
export const maxTextLength = 65_536;

/** The JSON Schema of that bound. */
export const maxTextKeywords: JsonSchema = {
  maxLength: maxTextLength,
  ...unrepresentable("units"),
};

/** Adds no checks to a string rule. */
export const anyText = (text: z.ZodMiniString): z.ZodMiniString => text;

/** A string field. `neverEmpty`: a key with "" is an error, because an unset field has no key. */
export function stringParts(
  rule: (text: z.ZodMiniString) => z.ZodMiniString,
  neverEmpty: boolean,
): FieldRuleParts {
  return {
    kind: { kind: "scalar", scalar: ScalarType.STRING },
    rule: () => (rule === anyText ? shared("string", () => textRule(anyText)) : textRule(rule)),
    read(json, context) {
      if (typeof json !== "string") context.mismatch("type", "a string", json);
      else if (neverEmpty && json === "") context.mismatch("length", "a non-empty string", json);
      return json;
    },
    write: (value) => value,
    text: (value, out) => out.string(String(value)),
    wireSchema({ translate }) {
      const schema = translate(boundedText(rule));
      return neverEmpty ? { ...schema, minLength: 1 } : schema;
    },
    isDefault: (value) => value === "",
  };
}

function textRule(rule: (text: z.ZodMiniString) => z.ZodMiniString): z.ZodMiniType {
  return boundedText(rule).check(z.refine(isWellFormed, "a string without lone surrogates"));
}

/** A text rule, with the default bound if it has none: a length, keywords or a pattern of limited length. */
function boundedText(rule: (text: z.ZodMiniString) => z.ZodMiniString): z.ZodMiniString {
  const text = rule(z.string());
  const isBounded = z.globalRegistry.has(text) || text.def.checks?.some(isBound) === true;
  return isBounded ? text : text.check(z.maxLength(maxTextLength));
}

function isBound({ _zod: { def } }: z.core.$ZodCheck): boolean {
  if (def.check === "max_length") return true;
  return "pattern" in def && def.pattern instanceof RegExp && !/[*+]|,\}/.test(def.pattern.source);
}

/** A bool field. */
export function boolParts(): FieldRuleParts {
  return {
    kind: { kind: "scalar", scalar: ScalarType.BOOL },
    rule: () => shared("bool", () => z.boolean()),
    read(json, context) {
      if (typeof json !== "boolean") context.mismatch("type", "true or false", json);
      return json;
    },
    write: (value) => value,
    wireSchema: () => ({ type: "boolean" }),
    isDefault: (value) => value === false,
  };
}

/** A 32-bit integer field, a number in JSON. */
export function integer32Parts(scalar: Integer32, bounds: NumberBounds): FieldRuleParts {
  const unsigned = scalar === ScalarType.UINT32;
  const min = bounds.min ?? (unsigned ? 0 : -0x80000000);
  const max = bounds.max ?? (unsigned ? 0xffffffff : 0x7fffffff);
  const rule = (): z.ZodMiniType =>
    shared(`int ${min} ${max}`, () => z.int().check(z.minimum(min), z.maximum(max)));
  return {
    kind: { kind: "scalar", scalar },
    rule,
    read(json, context) {
      if (typeof json !== "number" || !Number.isInteger(json)) {
        context.mismatch("type", "an integer", json);
        return 0;
      }
      // Adding 0 turns -0 into 0: an integer field has no negative zero.
      return json + 0;
    },
    write: (value) => value,
    text: (value, out) => out.number(Number(value)),
    wireSchema: ({ translate }) => translate(rule()),
    isDefault: (value) => value === 0,
  };
}

/** A 64-bit integer field, a number or a decimal string in JSON. */
export function integer64Parts(
  scalar: Integer64,
  bounds: BigIntBounds,
  wire: "number" | "string",
): FieldRuleParts {
  const unsigned = scalar === ScalarType.UINT64;
  const min = bounds.min ?? (unsigned ? 0n : -(2n ** 63n));
  const max = bounds.max ?? (unsigned ? 2n ** 64n - 1n : 2n ** 63n - 1n);
  return {
    kind: { kind: "scalar", scalar },
    rule: () =>
      shared(`bigint ${min} ${max}`, () => z.bigint().check(z.minimum(min), z.maximum(max))),
    read: wire === "number" ? readSafeInteger : readDecimal,
    write: wire === "number" ? writeSafeInteger : String,
    wireSchema: () => {
      const integer = {
        type: "integer",
        minimum: Math.max(Number(min), Number.MIN_SAFE_INTEGER),
        maximum: Math.min(Number(max), Number.MAX_SAFE_INTEGER),
      };
      if (wire === "number") return integer;
      return {
        anyOf: [{ type: "string", pattern: decimal.source, ...unrepresentable("int64") }, integer],
      };
    },
    isDefault: (value) => value === 0n,
  };
}

const safeInteger = "an integer within ±(2^53 - 1)";

function readSafeInteger(json: unknown, context: Context): bigint {
  if (typeof json === "number" && Number.isSafeInteger(json)) return BigInt(json);
  if (typeof json === "number" && Number.isInteger(json)) {
    context.mismatch("int64.unsafe", safeInteger, json);
  } else {
    context.mismatch("type", "an integer", json);
  }
  return 0n;
}

function writeSafeInteger(value: unknown, context: Context): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) context.mismatch("int64.unsafe", safeInteger, value);
  return number;
}

const decimal = /^-?(?:0|[1-9]\d{0,19})$/;

function readDecimal(json: unknown, context: Context): bigint {
  if (typeof json === "string" && decimal.test(json)) return BigInt(json);
  if (typeof json === "number" && Number.isSafeInteger(json)) return BigInt(json);
  if (typeof json === "number" && Number.isInteger(json)) {
    context.mismatch("int64.unsafe", `${safeInteger}, or a decimal string`, json);
  } else {
    context.mismatch("type", "an integer or a decimal string", json);
  }
  return 0n;
}

const largestFloat32 = 3.4028234663852886e38;
const notFiniteNames: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/**
 * A float or double field. `notFinite`: NaN and the infinities are accepted, as strings in JSON; fields
 * with bounds only accept finite numbers.
 */
export function floatParts(
  scalar: ScalarType.FLOAT | ScalarType.DOUBLE,
  bounds: NumberBounds,
  notFinite: boolean,
): FieldRuleParts {
  const single = scalar === ScalarType.FLOAT;
  return {
    kind: { kind: "scalar", scalar },
    rule: () =>
      shared(`float ${single} ${bounds.min} ${bounds.max} ${notFinite}`, () =>
        floatRule(single, bounds, notFinite),
      ),
    read(json, context) {
      if (notFinite && typeof json === "string" && Object.hasOwn(notFiniteNames, json)) {
        return notFiniteNames[json];
      }
      if (typeof json !== "number") context.mismatch("type", "a number", json);
      else if (!Number.isFinite(json))
        context.mismatch("float.not_finite", "a finite number", json);
      else if (!single) return json + 0;
      else if (Number.isFinite(Math.fround(json))) return Math.fround(json) + 0;
      else context.mismatch("range", "a number that fits a float", json);
      return 0;
    },
    write(value, context) {
      const number = Number(value);
      if (Number.isFinite(number)) return (single ? shortestFloat32(number) : number) + 0;
      if (notFinite) return String(number);
      context.mismatch("float.not_finite", "a finite number", value);
      return 0;
    },
    wireSchema: () => floatSchema(single, bounds, notFinite),
    isDefault: (value) => value === 0,
  };
}

function floatSchema(single: boolean, bounds: NumberBounds, notFinite: boolean): JsonSchema {
  const { min, max } = bounds;
  const number = single
    ? {
        type: "number",
        ...boundsBeforeRounding(min ?? -largestFloat32, max ?? largestFloat32),
        ...(isBounded(bounds) ? { description: describeRounding(bounds) } : {}),
      }
    : {
        type: "number",
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      };
  return notFinite && !isBounded(bounds)
    ? { anyOf: [number, { enum: Object.keys(notFiniteNames) }] }
    : number;
}

function describeRounding({ min, max }: NumberBounds): string {
  const lower = min === undefined ? "" : `, at least ${min}`;
  const upper = max === undefined ? "" : `, at most ${max}`;
  return `Rounded to float32${lower}${upper}.`;
}

function isBounded({ min, max }: NumberBounds): boolean {
  return min !== undefined || max !== undefined;
}

function floatRule(single: boolean, bounds: NumberBounds, notFinite: boolean): z.ZodMiniType {
  const max = single ? largestFloat32 : Number.MAX_VALUE;
  const finite = z.number().check(z.minimum(bounds.min ?? -max), z.maximum(bounds.max ?? max));
  if (!notFinite || isBounded(bounds)) return finite;
  return z.custom<number>(
    (value) => typeof value === "number" && (!Number.isFinite(value) || Math.abs(value) <= max),
    single ? "a number that fits a float" : "a number",
  );
}

const utf8 = {
  decoder: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }),
  encoder: new TextEncoder(),
};
const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** A bytes field, UTF-8 text or base64 in JSON. The URL-safe alphabet of base64 is read too. */
export function bytesParts(rule: () => z.ZodMiniType, wire: "utf8" | "base64"): FieldRuleParts {
  return {
    kind: { kind: "scalar", scalar: ScalarType.BYTES },
    rule,
    read: wire === "utf8" ? readUtf8 : readBase64,
    write: wire === "utf8" ? writeUtf8 : writeBase64,
    ...(wire === "utf8" ? { text: writeUtf8Text } : {}),
    wireSchema: ({ translate }) => {
      const content = translate(rule());
      if (wire === "utf8") return { type: "string", ...content };
      return {
        type: "string",
        contentEncoding: "base64",
        pattern: base64.source,
        ...withUnrepresentable(content, "base64"),
      };
    },
    isDefault: (value) => value instanceof Uint8Array && value.length === 0,
  };
}

function readUtf8(json: unknown, context: Context): Uint8Array {
  if (typeof json !== "string") context.mismatch("type", "a string", json);
  else if (!isWellFormed(json))
    context.mismatch("format", "a string without lone surrogates", json);
  else return encodeText(json);
  return new Uint8Array(0);
}

/**
 * Up to this length a loop over ASCII characters is faster than TextEncoder, because V8 keeps the bytes of
 * small arrays on its heap. Measured.
 */
const longestLoop = 64;

function encodeText(text: string): Uint8Array {
  if (text.length > longestLoop) return utf8.encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return utf8.encoder.encode(text);
    bytes[index] = unit;
  }
  return bytes;
}

function writeUtf8(value: unknown, context: Context): string {
  if (!(value instanceof Uint8Array) || value.length === 0) return "";
  try {
    return utf8.decoder.decode(value);
  } catch {
    context.mismatch("format", "bytes that are UTF-8 text", value);
    return "";
  }
}

function writeUtf8Text(value: unknown, out: JsonWriter): void {
  if (value instanceof Uint8Array && out.asciiString(value)) return;
  out.string(writeUtf8(value, out.context));
}

function readBase64(json: unknown, context: Context): Uint8Array {
  if (typeof json === "string" && base64.test(json)) {
    const digits = json.replace(/={1,2}$/, "");
    const padded = json.length === digits.length || json.length % 4 === 0;
    if (padded && digits.length % 4 !== 1) {
      return base64Decode(digits.replaceAll("-", "+").replaceAll("_", "/"));
    }
  }
  context.mismatch("format", "base64", json);
  return new Uint8Array(0);
}

function writeBase64(value: unknown): string {
  return value instanceof Uint8Array ? base64Encode(value) : "";
}

/** Whether a string has no lone surrogate, which UTF-8 cannot encode. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}
