import type { JsonValue } from "@bufbuild/protobuf";
import { create, fromJson, isMessage } from "@bufbuild/protobuf";
import {
  DurationSchema,
  StructSchema,
  TimestampSchema,
  type Value,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import { maxDepth } from "../../wire/elements.js";
import { setEntry } from "../../wire/map.js";
import type { Context } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { isPlainObject } from "../base/plain-data.js";
import type { FieldRuleParts } from "../model/field-rule.js";
import { unrepresentable } from "../model/json-schema-keywords.js";
import { jsonOfValue } from "./json-value.js";
import { isWellFormed, type NumberBounds } from "./scalars.js";
import {
  durationPattern,
  firstSecond,
  formatDuration,
  formatInstant,
  fromEpochMillis,
  type Instant,
  instantPattern,
  lastSecond,
  maxSeconds,
  parseDuration,
  parseInstant,
  toEpochMillis,
} from "./time.js";
import { reportUnknownFields, unknownFieldsRule } from "./unknown-fields.js";

/** A google.protobuf.Timestamp field. `time` is its spelling in JSON. */
export function timestampParts(time: Dialect["time"]): FieldRuleParts {
  const read = time === "epoch" ? readEpoch : readText;
  return {
    kind: { kind: "message", message: TimestampSchema },
    rule: () =>
      z.strictObject({
        $typeName: z.literal("google.protobuf.Timestamp"),
        $unknown: z.optional(unknownFieldsRule),
        seconds: z.bigint().check(z.minimum(firstSecond), z.maximum(lastSecond)),
        nanos: z.int().check(z.minimum(0), z.maximum(999_999_999)),
      }),
    read(json, context) {
      const instant = read(json, context);
      return instant === undefined ? undefined : create(TimestampSchema, instant);
    },
    write(value, context) {
      if (!isMessage(value, TimestampSchema)) return undefined;
      reportUnknownFields(value, context);
      if (time !== "epoch") return formatInstant(value, time === "millis" ? 3 : 0);
      const millis = toEpochMillis(value);
      if (millis === undefined)
        context.mismatch("range", "a time of whole milliseconds", value.nanos);
      return millis;
    },
    wireSchema: () => (time === "epoch" ? epochSchema : textSchema),
    isDefault: (value) => value === undefined,
    steps: () => [],
  };
}

const epochSchema = {
  type: "integer",
  minimum: Number(firstSecond) * 1000,
  maximum: Number(lastSecond) * 1000 + 999,
  description: "Milliseconds since 1970.",
};

const textSchema = {
  type: "string",
  pattern: instantPattern.source,
  description: "An RFC 3339 time with a zone.",
  ...unrepresentable("calendar"),
};

function readText(json: unknown, context: Context): Instant | undefined {
  const instant = typeof json === "string" ? parseInstant(json) : undefined;
  if (instant === undefined) {
    const kind = typeof json === "string" ? "format" : "type";
    context.mismatch(kind, "an RFC 3339 time with a zone", json);
  }
  return instant;
}

function readEpoch(json: unknown, context: Context): Instant | undefined {
  const instant = typeof json === "number" ? fromEpochMillis(json) : undefined;
  if (instant === undefined) {
    const kind = typeof json === "number" ? "range" : "type";
    context.mismatch(kind, "whole milliseconds since 1970", json);
  }
  return instant;
}

/** A google.protobuf.Duration field. Bounds are in seconds. */
export function durationParts(bounds: NumberBounds): FieldRuleParts {
  const limit = Number(maxSeconds);
  const { min = -limit, max = limit } = bounds;
  return {
    kind: { kind: "message", message: DurationSchema },
    rule: () =>
      z
        .strictObject({
          $typeName: z.literal("google.protobuf.Duration"),
          $unknown: z.optional(unknownFieldsRule),
          seconds: z.bigint().check(z.minimum(-maxSeconds), z.maximum(maxSeconds)),
          nanos: z.int().check(z.minimum(-999_999_999), z.maximum(999_999_999)),
        })
        .check(
          z.refine(
            ({ seconds, nanos }) =>
              (seconds <= 0n || nanos >= 0) &&
              (seconds >= 0n || nanos <= 0) &&
              isWithin(Number(seconds) + nanos / 1e9, min, max),
            `a duration of ${min} s to ${max} s whose parts have one sign`,
          ),
        ),
    read(json, context) {
      const duration = typeof json === "string" ? parseDuration(json) : undefined;
      if (duration !== undefined) return create(DurationSchema, duration);
      const kind = typeof json === "string" ? "format" : "type";
      context.mismatch(kind, 'a duration in seconds such as "1.5s"', json);
      return undefined;
    },
    write(value, context) {
      if (!isMessage(value, DurationSchema)) return undefined;
      reportUnknownFields(value, context);
      return formatDuration(value);
    },
    wireSchema: () => ({
      type: "string",
      pattern: durationPattern.source,
      description: 'A duration in seconds such as "1.5s".',
      ...unrepresentable("duration"),
    }),
    isDefault: (value) => value === undefined,
    steps: () => [],
  };
}

function isWithin(seconds: number, min: number, max: number): boolean {
  return seconds >= min && seconds <= max;
}

/** A google.protobuf.Struct field: a plain JSON object. */
export function structParts(): FieldRuleParts {
  return {
    kind: { kind: "message", message: StructSchema },
    rule: () =>
      z.custom((value) => isPlainObject(value) && isJson(value, 1), "a plain JSON object"),
    read(json, context) {
      if (isPlainObject(json)) return copyJson(json, context, context.messages);
      context.mismatch("type", "an object", json);
      return undefined;
    },
    write: (value, context) => copyJson(value, context, 0),
    text: (value, out) => out.json(JSON.stringify(value)),
    isDefault: (value) => value === undefined,
    wireSchema: () => ({ type: "object", ...unrepresentable("depth") }),
    empty: () => ({}),
    steps: (steps) => steps,
  };
}

/** A google.protobuf.Value field: any plain JSON value. */
export function valueParts(): FieldRuleParts {
  return {
    kind: { kind: "message", message: ValueSchema },
    rule: () => z.custom(isValue, "a google.protobuf.Value of finite numbers"),
    read(json, context) {
      const before = context.issues.length;
      const copy = copyJson(json, context, context.messages + 1);
      return context.issues.length > before ? undefined : fromJson(ValueSchema, copy);
    },
    write(value, context) {
      const json = jsonOfValue(value);
      if (json === undefined) context.mismatch("type", "a google.protobuf.Value", value);
      return json;
    },
    wireSchema: () => unrepresentable("depth"),
    isDefault: (value) => value === undefined,
    steps: () => [],
  };
}

function isValue(value: unknown): value is Value {
  try {
    return isJson(jsonOfValue(value), 1);
  } catch {
    // Nesting so deep that it exceeds the stack, or a value that only looks like a list or a map.
    return false;
  }
}

function isJson(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false;
  switch (typeof value) {
    case "string":
      return isWellFormed(value);
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    default:
      if (value === null) return true;
      if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
      if (!isPlainObject(value)) return false;
      return Object.keys(value).every((key) => isWellFormed(key) && isJson(value[key], depth + 1));
  }
}

/**
 * A copy, so that a later change of the JSON does not change the message. `depth` is that of the value as
 * a message of the binary form, where its list or object is one more.
 */
function copyJson(value: unknown, context: Context, depth: number): JsonValue {
  const isContainer = typeof value === "object" && value !== null;
  if (depth + (isContainer ? 1 : 0) > maxDepth) {
    context.fault("input.depth", `nested more deeply than ${maxDepth} messages`);
    return null;
  }
  if (Array.isArray(value)) {
    const copy: JsonValue[] = [];
    for (let index = 0; index < value.length && !context.full; index++) {
      context.enter(index);
      copy.push(copyJson(value[index], context, depth + 2));
      context.leave();
    }
    return copy;
  }
  if (isPlainObject(value)) {
    const copy: { [key: string]: JsonValue } = {};
    for (const key of Object.keys(value)) {
      if (context.full) break;
      context.enter(key);
      setEntry(copy, key, copyJson(value[key], context, depth + 2));
      context.leave();
    }
    return copy;
  }
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string" && isWellFormed(value)) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  context.mismatch("type", "a JSON value", value);
  return null;
}
