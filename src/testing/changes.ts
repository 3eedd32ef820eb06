import type { DescField, DescMessage } from "@bufbuild/protobuf";
import fc from "fast-check";
import type { Step } from "../contract/base/context.js";
import { isPlainObject } from "../contract/base/plain-data.js";
import type { JsonSchema } from "../contract/model/json-schema-keywords.js";
import { setEntry } from "../wire/map.js";
import { memberValues } from "./messages.js";
import { isSchema, type SchemaValues } from "./schema-values.js";

/** A path in a value, and the possible new values there. */
interface Place {
  readonly steps: readonly Step[];
  /** A function, so that arbitraries are only built for chosen places: building all would take most of the time. */
  readonly values: () => fc.Arbitrary<unknown>;
}

/** A new value for one place of a value. */
export interface Change {
  readonly steps: readonly Step[];
  readonly value: unknown;
}

/** As a new value: the key or item is removed. */
export const absent = Symbol("absent");

/** Changes of one field of a message, or of a message nested in it, to any value of the field's type. */
export function messageChanges(schema: DescMessage, message: object): fc.Arbitrary<Change> {
  return changesAt(messagePlaces(schema, message, []));
}

/** Changes of one place of wire JSON to a value that the schema allows there, or adding or removing a key or item. */
export function jsonChanges(values: SchemaValues, json: unknown): fc.Arbitrary<Change> {
  return changesAt(jsonPlaces(values, values.root, json, []));
}

function changesAt(places: readonly Place[]): fc.Arbitrary<Change> {
  return fc.nat({ max: Math.max(places.length - 1, 0) }).chain((index) => {
    const { steps, values } = places[index] ?? { steps: [], values: () => fc.constant(absent) };
    return values().map((value) => ({ steps, value }));
  });
}

/**
 * Returns a copy with the change applied; unchanged parts are shared with the original. Returns the original
 * if it does not have the place.
 */
export function applyChange(whole: unknown, { steps, value }: Change): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value === absent ? whole : value;
  if (Array.isArray(whole)) {
    const index = Number(step);
    if (index >= whole.length && rest.length > 0) return whole;
    if (value === absent && rest.length === 0) return whole.filter((_, at) => at !== index);
    const copy = [...whole];
    copy[Math.min(index, whole.length)] = applyChange(whole[index], { steps: rest, value });
    return copy;
  }
  if (!isPlainObject(whole)) return whole;
  const known = Object.hasOwn(whole, step);
  if (rest.length > 0 && !known) return whole;
  const copy = { ...whole };
  if (value === absent && rest.length === 0) delete copy[step];
  else setEntry(copy, String(step), applyChange(whole[step], { steps: rest, value }));
  return copy;
}

function messagePlaces(schema: DescMessage, message: object, steps: readonly Step[]): Place[] {
  const places: Place[] = [];
  for (const member of schema.members) {
    const here = [...steps, member.localName];
    places.push({ steps: here, values: () => memberValues(member) });
    const value: unknown = Reflect.get(message, member.localName);
    if (member.kind === "field") {
      places.push(...fieldPlaces(member, value, here));
    } else if (isPlainObject(value)) {
      const chosen = member.fields.find(({ localName }) => localName === value["case"]);
      if (chosen !== undefined) {
        places.push(...fieldPlaces(chosen, value["value"], [...here, "value"]));
      }
    }
  }
  return places;
}

function fieldPlaces(field: DescField, value: unknown, steps: readonly Step[]): Place[] {
  const { message } = field;
  if (message === undefined) return [];
  const inside = (item: unknown, here: readonly Step[]): Place[] =>
    isPlainObject(item) && item["$typeName"] === message.typeName
      ? messagePlaces(message, item, here)
      : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => inside(item, [...steps, index]));
  }
  if (field.fieldKind === "map" && isPlainObject(value)) {
    return Object.keys(value).flatMap((key) => inside(value[key], [...steps, key]));
  }
  return inside(value, steps);
}

function jsonPlaces(
  values: SchemaValues,
  schema: JsonSchema,
  json: unknown,
  steps: readonly Step[],
): Place[] {
  const place = (part: JsonSchema, step: Step): Place => ({
    steps: [...steps, step],
    values: () =>
      fc.oneof(
        { weight: 8, arbitrary: values.of(part, 2) },
        { weight: 1, arbitrary: fc.constant(absent) },
      ),
  });
  return values.partsFor(schema, json).flatMap((part) => {
    const { items, additionalProperties } = part;
    const places: Place[] = [];
    if (Array.isArray(json) && isSchema(items)) {
      for (const [index, item] of json.entries()) {
        places.push(place(items, index), ...jsonPlaces(values, items, item, [...steps, index]));
      }
      places.push(place(items, json.length));
    }
    if (!isPlainObject(json)) return places;
    for (const [key, property] of Object.entries(part.properties ?? {})) {
      if (!isSchema(property)) continue;
      places.push(place(property, key));
      places.push(...jsonPlaces(values, property, json[key], [...steps, key]));
    }
    for (const [key, value] of Object.entries(json)) {
      if (!isSchema(additionalProperties)) break;
      places.push(place(additionalProperties, key));
      places.push(...jsonPlaces(values, additionalProperties, value, [...steps, key]));
    }
    return places;
  });
}
