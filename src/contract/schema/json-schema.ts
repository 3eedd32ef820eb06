import * as z from "zod/mini";
import type { Dialect } from "../base/dialect.js";
import {
  type JsonSchema,
  orNull,
  type SchemaContext,
  type SchemaField,
  type SchemaSource,
  unrepresentable,
  withUnrepresentable,
} from "../model/json-schema-keywords.js";

/** What {@link toJsonSchema} needs of a contract. */
export interface DescribedContract {
  readonly typeName: string;
  readonly definition: SchemaSource;
}

/**
 * The JSON Schema (draft 2020-12) of what a contract's `fromJson` reads; a new object at each call. It
 * accepts everything that the rules accept. Where the rules refuse more than a schema can express, its
 * `$comment` says so: `unrepresentable: ` and the kinds that docs/json-schema.md explains.
 */
export function toJsonSchema({ typeName, definition }: DescribedContract): JsonSchema {
  const names = new Map<SchemaSource, string>([[definition, "#"]]);
  const definitions = new Map<string, JsonSchema>();
  const context: SchemaContext = {
    refer(other) {
      const known = names.get(other);
      if (known !== undefined) return { $ref: known };
      const name = other.schema.typeName;
      if (definitions.has(name)) throw new Error(`${typeName} contains two definitions of ${name}`);
      const $ref = `#/$defs/${name}`;
      // Set before its fields are described: a message may contain itself.
      names.set(other, $ref);
      definitions.set(name, {});
      definitions.set(name, messageSchema(other, context));
      return { $ref };
    },
    whole: (other) => messageSchema(other, context),
    translate,
  };
  const root = withUnrepresentable(messageSchema(definition, context), "text");
  const others = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:concord:${typeName}`,
    ...root,
    ...(others.length === 0 ? {} : { $defs: Object.fromEntries(others) }),
  };
}

function messageSchema(definition: SchemaSource, context: SchemaContext): JsonSchema {
  const { schema, dialect, hasRefinement, describe } = definition;
  const fields = definition.fields();
  const properties: Record<string, JsonSchema> = {};
  const spelledOnce: Record<string, JsonSchema> = {};
  const required: string[] = [];
  const conditions: JsonSchema[] = [];
  for (const field of fields) {
    const [key, other] = spellings(field, dialect);
    const value = fieldSchema(field.fieldRule, dialect, context);
    properties[key] = value;
    if (other === undefined) {
      if (field.fieldRule.presence.required) required.push(key);
      continue;
    }
    properties[other] = value;
    spelledOnce[other] = { properties: { [key]: false } };
    if (field.fieldRule.presence.required) {
      conditions.push({ anyOf: [has(key, true), has(other, true)] });
    }
  }
  const oneofs = new Set(fields.flatMap(({ oneof }) => oneof ?? []));
  for (const oneof of oneofs) {
    conditions.push(
      atMostOne(
        fields.filter((field) => field.oneof === oneof),
        dialect,
      ),
    );
  }
  const own: JsonSchema = {
    title: schema.name,
    ...(hasRefinement ? unrepresentable("refine") : {}),
    type: "object",
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: dialect.unknownKeys === "report",
    ...(Object.keys(spelledOnce).length === 0 ? {} : { dependentSchemas: spelledOnce }),
    ...(conditions.length === 0 ? {} : { allOf: conditions }),
  };
  return describe === undefined ? own : describe(own, context);
}

function spellings(
  { key, otherKey }: SchemaField,
  { readsBothSpellings }: Dialect,
): readonly [key: string, other?: string] {
  return readsBothSpellings && key !== otherKey ? [key, otherKey] : [key];
}

function fieldSchema(
  fieldRule: SchemaField["fieldRule"],
  dialect: Dialect,
  context: SchemaContext,
): JsonSchema {
  if (fieldRule.presence.custom) return {};
  const value = fieldRule.parts.wireSchema(context);
  return readsNullAsUnset(fieldRule, dialect) ? orNull(value) : value;
}

function readsNullAsUnset({ presence }: SchemaField["fieldRule"], { nulls }: Dialect): boolean {
  return presence.nullable || (nulls === "unset" && !presence.required);
}

/** One branch for each member of a oneof, and one for a oneof that is not set. */
function atMostOne(members: readonly SchemaField[], dialect: Dialect): JsonSchema {
  const present = members.flatMap((member) =>
    spellings(member, dialect).map((key = member.key) =>
      has(key, readsNullAsUnset(member.fieldRule, dialect) ? { not: { type: "null" } } : true),
    ),
  );
  return { oneOf: [...present, { not: { anyOf: present } }] };
}

function has(key: string, value: JsonSchema | boolean): JsonSchema {
  return { properties: { [key]: value }, required: [key] };
}

function translate(rule: z.ZodMiniType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(rule, { unrepresentable: "any" });
  const isChecked = rule.def.checks?.some(({ _zod }) => _zod.def.check === "custom") ?? false;
  if (isChecked && z.globalRegistry.get(rule) === undefined)
    return withUnrepresentable(schema, "check");
  const { minLength, maxLength, $comment } = schema;
  return {
    ...schema,
    // Rules count UTF-16 units, JSON Schema counts characters, which have one unit or two.
    ...(minLength === undefined ? {} : { minLength: Math.ceil(minLength / 2) }),
    ...(maxLength === undefined || $comment !== undefined ? {} : unrepresentable("units")),
  };
}
