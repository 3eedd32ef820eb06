import { isPlainObject } from "../../src/contract/base/plain-data.js";
import type { JsonSchema } from "../../src/contract/model/json-schema-keywords.js";
import { preview } from "../../src/wire/preview.js";
import { outsideOf } from "./outside.js";
import type { Broken } from "./verdict.js";

/** Maximum number of broken copies of a case. */
export const maxBroken = 30;

/** A value in an object, with its path. */
interface Place {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly steps: readonly (string | number)[];
  readonly message: unknown;
}

/** Copies of wire JSON in which one value violates the schema: one copy for each part of the schema. */
export function brokenJson(schema: JsonSchema, messages: readonly unknown[]): Broken[] {
  const seen = new Set<JsonSchema>();
  const found: Broken[] = [];
  const places: Place[] = messages.map((message) => ({
    schema,
    value: message,
    steps: [],
    message,
  }));
  for (const place of places) {
    if (found.length === maxBroken) break;
    places.push(...placesIn(place, schema));
    const part = referred(place.schema, schema);
    if (seen.has(part)) continue;
    seen.add(part);
    const outside = outsideOf(part);
    if (outside === undefined) continue;
    found.push({
      words: `${preview(outside)} at ${place.steps.join(".")}`,
      message: changed(place.message, place.steps, outside),
    });
  }
  return found;
}

/** The values inside a value that have a schema. */
function placesIn(place: Place, root: JsonSchema): Place[] {
  const { value, steps, message } = place;
  const { properties, items, additionalProperties } = referred(place.schema, root);
  const entries = Array.isArray(value)
    ? value.slice(0, 1).map((item: unknown): [number, unknown] => [0, item])
    : Object.entries(isPlainObject(value) ? value : {});
  return entries.flatMap(([step, inner]) => {
    const own = typeof step === "number" ? items : (properties?.[step] ?? additionalProperties);
    return isPlainObject(own)
      ? [{ schema: own, value: inner, steps: [...steps, step], message }]
      : [];
  });
}

/** The schema of a reference, or the first of several alternatives. */
function referred(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref, anyOf } = schema;
  if (Array.isArray(anyOf) && isPlainObject(anyOf[0])) return referred(anyOf[0], root);
  if ($ref === undefined) return schema;
  const found = $ref
    .split("/")
    .slice(1)
    .reduce<unknown>((part, step) => Reflect.get(Object(part), step), root);
  if (!isPlainObject(found)) throw new Error(`the schema has no ${$ref}`);
  return found;
}

/** A copy with another value at one place. */
function changed(value: unknown, steps: readonly (string | number)[], other: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return other;
  if (Array.isArray(value))
    return value.with(Number(step), changed(value[Number(step)], rest, other));
  return { ...Object(value), [step]: changed(Reflect.get(Object(value), step), rest, other) };
}
