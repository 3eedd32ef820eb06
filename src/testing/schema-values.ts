import fc from "fast-check";
import { isPlainObject } from "../contract/base/plain-data.js";
import type { JsonSchema } from "../contract/model/json-schema-keywords.js";
import { numberOf, numbersOf, stringsOf } from "./bounded.js";
import { jsonObjects, jsonValues, recordOf } from "./scalars.js";

/** Default nesting depth of values. At the bottom, optional keys are omitted and lists have their minimum length. */
const defaultDepth = 4;

/**
 * JSON values that a schema of `toJsonSchema` allows, often at its bounds. They may break rules that a
 * JSON Schema cannot express.
 */
export class SchemaValues {
  readonly #known = new Map<JsonSchema, fc.Arbitrary<unknown>[]>();

  constructor(readonly root: JsonSchema) {}

  of(schema: JsonSchema, depth = defaultDepth): fc.Arbitrary<unknown> {
    const whole = this.resolve(schema);
    const ofSchema = this.#known.get(whole) ?? [];
    this.#known.set(whole, ofSchema);
    const left = Math.max(depth, 0);
    ofSchema[left] ??= this.#build(whole, left);
    return ofSchema[left];
  }

  #build(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const { type } = schema;
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    if (Array.isArray(schema["anyOf"]) && schema["anyOf"].every(isSchema)) {
      const branches = schema["anyOf"].filter((branch) => branch.type !== "null" || depth > 0);
      return fc.oneof(...branches.map((branch) => this.of(branch, depth)));
    }
    if (Array.isArray(type)) {
      return fc.oneof(...type.map((one: string) => this.of({ ...schema, type: one }, depth)));
    }
    if (schema.properties !== undefined) return this.#object(schema, depth).map(recordOf);
    switch (type) {
      case "boolean":
        return fc.boolean();
      case "integer":
      case "number":
        return numbersOf(schema, type === "integer");
      case "string":
        return stringsOf(schema);
      case "null":
        return fc.constant(null);
      case "array":
        return this.#list(schema, depth);
      case "object":
        return this.#map(schema, depth);
      default:
        return jsonValues(1);
    }
  }

  /** Resolves a schema with a `$ref`; any other schema is returned as it is. */
  resolve(schema: JsonSchema): JsonSchema {
    const { $ref } = schema;
    if ($ref === undefined) return schema;
    if ($ref === "#") return this.root;
    const definitions = this.root["$defs"];
    const found = isPlainObject(definitions)
      ? definitions[$ref.slice("#/$defs/".length)]
      : undefined;
    if (!isSchema(found)) throw new Error(`the schema has no ${$ref}`);
    return this.resolve(found);
  }

  /** Every schema that applies to a value: the schema, its alternatives, and the schemas of matching tags. */
  partsFor(schema: JsonSchema, json: unknown): JsonSchema[] {
    const whole = this.resolve(schema);
    const alternatives = Array.isArray(whole["anyOf"]) ? whole["anyOf"].filter(isSchema) : [];
    const tagged = (whole.allOf ?? [])
      .flatMap(tagsOf)
      .filter(({ key, value }) => isPlainObject(json) && json[key] === value);
    const others = [...alternatives, ...tagged.map(({ then }) => then)];
    return [whole, ...others.flatMap((other) => this.partsFor(other, json))];
  }

  #list(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const minLength = numberOf(schema["minItems"], 0);
    // A message with a list of itself would be built without end.
    if (depth === 0 && minLength === 0) return fc.constant([]);
    const items = isSchema(schema["items"]) ? this.of(schema["items"], depth - 1) : jsonValues(0);
    const maxItems = numberOf(schema["maxItems"], minLength + 3);
    const short = fc.array(items, { minLength, maxLength: Math.min(maxItems, minLength + 3) });
    if (depth === 0 || maxItems > 20) return short;
    const full = fc.array(items, { minLength: maxItems, maxLength: maxItems });
    return fc.oneof({ weight: 5, arbitrary: short }, { weight: 1, arbitrary: full });
  }

  #map(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const { additionalProperties } = schema;
    if (!isSchema(additionalProperties)) return jsonObjects(1);
    if (depth === 0) return fc.constant({});
    const entry = fc.tuple(keys, this.of(additionalProperties, depth - 1));
    return fc.array(entry, { maxLength: 3 }).map(recordOf);
  }

  #object(schema: JsonSchema, depth: number): fc.Arbitrary<Entries> {
    const own = this.#properties(schema, depth);
    const branches = (schema.allOf ?? []).flatMap(tagsOf);
    if (branches.length === 0) return own;
    const tagged = branches.map(({ key, value, then }) => {
      const inner = this.resolve(then);
      const further =
        inner.properties === undefined && inner.allOf === undefined
          ? fc.constant<Entries>([])
          : this.#object(inner, depth);
      return fc
        .tuple(own, further)
        .map(([first, second]): Entries => [...first, ...second, [key, value]]);
    });
    return fc.oneof(...tagged);
  }

  #properties(schema: JsonSchema, depth: number): fc.Arbitrary<Entries> {
    const required = new Set(schema.required);
    const spellings = isPlainObject(schema["dependentSchemas"]) ? schema["dependentSchemas"] : {};
    const groups = (schema.allOf ?? []).flatMap(alternativesOf);
    const entries: fc.Arbitrary<Entries>[] = [];
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (!isSchema(property) || groups.some((group) => group.includes(key))) continue;
      if (Object.hasOwn(spellings, key)) continue;
      const other = Object.entries(spellings).find(([, schema]) => excludes(schema, key))?.[0];
      const needed =
        required.has(key) || (schema.allOf ?? []).some((condition) => needs(condition, key));
      const entry = (name: string): fc.Arbitrary<Entries> =>
        this.of(property, depth - 1).map((value) => [[name, value]]);
      const spelled =
        other === undefined
          ? entry(key)
          : fc.oneof({ weight: 5, arbitrary: entry(key) }, { weight: 1, arbitrary: entry(other) });
      if (needed) entries.push(spelled);
      else if (depth > 0) entries.push(fc.oneof(fc.constant<Entries>([]), spelled));
    }
    for (const group of groups) {
      const members = group.map((key) => {
        const property = schema.properties?.[key];
        if (!isSchema(property)) return fc.constant<Entries>([]);
        return this.of(property, depth - 1).map((value): Entries => [[key, value]]);
      });
      entries.push(fc.oneof(fc.constant<Entries>([]), ...members));
    }
    return fc.tuple(...entries).map((parts) => parts.flat());
  }
}

type Entries = readonly (readonly [key: string, value: unknown])[];

const keys = fc.oneof(
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }),
  fc.constantFrom("a", "b", "layer.0.weight", "__proto__", "constructor", "1"),
);

/** Whether a part of a schema is itself a schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return isPlainObject(value);
}

interface TagBranch {
  readonly key: string;
  readonly value: unknown;
  readonly then: JsonSchema;
}

/** The conditions that `tagged` writes: if a key has a value, another schema applies too. */
function tagsOf(condition: JsonSchema | boolean): TagBranch[] {
  if (!isSchema(condition) || !isSchema(condition["if"]) || !isSchema(condition["then"])) return [];
  const then = condition["then"];
  return Object.entries(condition["if"].properties ?? {}).flatMap(([key, property]) =>
    isSchema(property) ? [{ key, value: property.const, then }] : [],
  );
}

/** The keys of each oneof, of which at most one may be present. */
function alternativesOf(condition: JsonSchema | boolean): string[][] {
  if (!isSchema(condition) || !Array.isArray(condition["oneOf"])) return [];
  return [
    condition["oneOf"].flatMap((branch) => (isSchema(branch) ? (branch.required ?? []) : [])),
  ];
}

/** Whether one of several spellings of a key is required, and this is the first. */
function needs(condition: JsonSchema | boolean, key: string): boolean {
  if (!isSchema(condition) || !Array.isArray(condition["anyOf"])) return false;
  const [first] = condition["anyOf"];
  return isSchema(first) && first.required?.[0] === key;
}

/** Whether a schema does not allow a key: the other spelling of it is present. */
function excludes(schema: unknown, key: string): boolean {
  return isSchema(schema) && schema.properties?.[key] === false;
}
