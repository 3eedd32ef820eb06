import type { JsonValue } from "@bufbuild/protobuf";
import { create, fromJson, isMessage, toJson } from "@bufbuild/protobuf";
import {
  DurationSchema,
  NullValue,
  StructSchema,
  TimestampSchema,
  type Value,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import { setEntry } from "../wire/map.js";
import { mostDepth } from "../wire/unknown.js";
import { isPlainObject } from "./bounds.js";
import type { Dialect } from "./dialect.js";
import { unsaid } from "./json-schema-words.js";
import type { LeafParts } from "./leaf.js";
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
  mostSeconds,
  parseDuration,
  parseInstant,
  toEpochMillis,
} from "./time.js";
import { refuseUnknownFields } from "./unknown-fields.js";
import type { Walk } from "./walk.js";

/** A google.protobuf.Timestamp field. */
export function timestampParts(time: Dialect["time"]): LeafParts {
  const read = time === "epoch" ? readEpoch : readText;
  return {
    kind: { kind: "message", message: TimestampSchema },
    rule: () =>
      z.strictObject({
        $typeName: z.literal("google.protobuf.Timestamp"),
        $unknown: z.optional(z.any()),
        seconds: z.bigint().check(z.minimum(firstSecond), z.maximum(lastSecond)),
        nanos: z.int().check(z.minimum(0), z.maximum(999_999_999)),
      }),
    read(json, walk) {
      const instant = read(json, walk);
      return instant === undefined ? undefined : create(TimestampSchema, instant);
    },
    write(value, walk) {
      if (!isMessage(value, TimestampSchema)) return undefined;
      refuseUnknownFields(value, walk);
      if (time !== "epoch") return formatInstant(value, time === "millis" ? 3 : 0);
      const millis = toEpochMillis(value);
      if (millis === undefined) walk.mismatch("range", "a time of whole milliseconds", value.nanos);
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
  ...unsaid("calendar"),
};

function readText(json: unknown, walk: Walk): Instant | undefined {
  const instant = typeof json === "string" ? parseInstant(json) : undefined;
  if (instant === undefined) {
    const kind = typeof json === "string" ? "format" : "type";
    walk.mismatch(kind, "an RFC 3339 time with a zone", json);
  }
  return instant;
}

function readEpoch(json: unknown, walk: Walk): Instant | undefined {
  const instant = typeof json === "number" ? fromEpochMillis(json) : undefined;
  if (instant === undefined) {
    const kind = typeof json === "number" ? "range" : "type";
    walk.mismatch(kind, "whole milliseconds since 1970", json);
  }
  return instant;
}

/** A google.protobuf.Duration field. Bounds are in seconds. */
export function durationParts(bounds: NumberBounds): LeafParts {
  const most = Number(mostSeconds);
  const { min = -most, max = most } = bounds;
  return {
    kind: { kind: "message", message: DurationSchema },
    rule: () =>
      z
        .strictObject({
          $typeName: z.literal("google.protobuf.Duration"),
          $unknown: z.optional(z.any()),
          seconds: z.bigint().check(z.minimum(-mostSeconds), z.maximum(mostSeconds)),
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
    read(json, walk) {
      const duration = typeof json === "string" ? parseDuration(json) : undefined;
      if (duration !== undefined) return create(DurationSchema, duration);
      const kind = typeof json === "string" ? "format" : "type";
      walk.mismatch(kind, 'a duration in seconds such as "1.5s"', json);
      return undefined;
    },
    write(value, walk) {
      if (!isMessage(value, DurationSchema)) return undefined;
      refuseUnknownFields(value, walk);
      return formatDuration(value);
    },
    wireSchema: () => ({
      type: "string",
      pattern: durationPattern.source,
      description: 'A duration in seconds such as "1.5s".',
      ...unsaid("duration"),
    }),
    isDefault: (value) => value === undefined,
    steps: () => [],
  };
}

function isWithin(seconds: number, min: number, max: number): boolean {
  return seconds >= min && seconds <= max;
}

/** A google.protobuf.Struct field: a plain JSON object. */
export function structParts(): LeafParts {
  return {
    kind: { kind: "message", message: StructSchema },
    rule: () =>
      z.custom((value) => isPlainObject(value) && isJson(value, 1), "a plain JSON object"),
    read(json, walk) {
      if (isPlainObject(json)) return copyJson(json, walk, 1);
      walk.mismatch("type", "an object", json);
      return undefined;
    },
    write: (value, walk) => copyJson(value, walk, 1),
    text: (value, out) => out.json(JSON.stringify(value)),
    isDefault: (value) => value === undefined,
    wireSchema: () => ({ type: "object", ...unsaid("depth") }),
    empty: () => ({}),
    steps: (steps) => steps,
  };
}

/** A google.protobuf.Value field: any plain JSON value. */
export function valueParts(): LeafParts {
  return {
    kind: { kind: "message", message: ValueSchema },
    rule: () => z.custom(isValue, "a google.protobuf.Value of finite numbers"),
    read(json, walk) {
      const before = walk.issues.length;
      const copy = copyJson(json, walk, 1);
      return walk.issues.length > before ? undefined : fromJson(ValueSchema, copy);
    },
    write(value, walk) {
      if (!isMessage(value, ValueSchema)) return undefined;
      if (!hasPlainNulls(value)) walk.mismatch("enum.unknown", "a null with the number 0", value);
      return toJson(ValueSchema, value);
    },
    wireSchema: () => unsaid("depth"),
    isDefault: (value) => value === undefined,
    steps: () => [],
  };
}

function isValue(value: unknown): value is Value {
  if (!isMessage(value, ValueSchema)) return false;
  try {
    return isJson(toJson(ValueSchema, value), 1) && hasPlainNulls(value);
  } catch {
    // protobuf-es throws for a Value without a kind, for NaN and for nesting that is too deep.
    return false;
  }
}

/** Whether each null is the one null that JSON has: another number of that enum would come back as 0. */
function hasPlainNulls({ kind }: Value): boolean {
  switch (kind.case) {
    case "nullValue":
      return kind.value === NullValue.NULL_VALUE;
    case "listValue":
      return kind.value.values.every(hasPlainNulls);
    case "structValue":
      return Object.values(kind.value.fields).every(hasPlainNulls);
    default:
      return true;
  }
}

function isJson(value: unknown, depth: number): boolean {
  if (depth > mostDepth) return false;
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

/** A copy, so that the message does not change when its owner changes the JSON. */
function copyJson(value: unknown, walk: Walk, depth: number): JsonValue {
  if (depth > mostDepth) {
    walk.fault("input.depth", `nested more deeply than ${mostDepth} levels`);
    return null;
  }
  if (Array.isArray(value)) {
    const copy: JsonValue[] = [];
    for (let index = 0; index < value.length && !walk.full; index++) {
      walk.enter(index);
      copy.push(copyJson(value[index], walk, depth + 1));
      walk.leave();
    }
    return copy;
  }
  if (isPlainObject(value)) {
    const copy: { [key: string]: JsonValue } = {};
    for (const key of Object.keys(value)) {
      if (walk.full) break;
      walk.enter(key);
      setEntry(copy, key, copyJson(value[key], walk, depth + 1));
      walk.leave();
    }
    return copy;
  }
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string" && isWellFormed(value)) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  walk.mismatch("type", "a JSON value", value);
  return null;
}
