import type * as z from "zod/mini";
import type { Dialect } from "../base/dialect.js";

/** A JSON Schema of draft 2020-12. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $comment?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly (JsonSchema | boolean)[];
  readonly [keyword: string]: unknown;
}

/** What a message's JSON Schema is made from. Every `Definition` is one. */
export interface SchemaSource {
  readonly schema: { readonly name: string; readonly typeName: string };
  readonly dialect: Dialect;
  readonly hasRefinement: boolean;
  readonly fields: () => readonly SchemaField[];
  readonly describe?: ((own: JsonSchema, context: SchemaContext) => JsonSchema) | undefined;
}

/** What the JSON Schema of one key is made from. Every `FieldPlan` is one. */
export interface SchemaField {
  readonly key: string;
  readonly otherKey: string;
  readonly oneof: string | undefined;
  readonly fieldRule: {
    readonly presence: {
      readonly required: boolean;
      readonly nullable: boolean;
      readonly custom: boolean;
    };
    readonly parts: { readonly wireSchema: (context: SchemaContext) => JsonSchema };
  };
}

/** Passed to everything that makes a part of a message's JSON Schema. */
export interface SchemaContext {
  /** Adds the schema of another message under `$defs` and returns a reference to it. */
  refer(message: SchemaSource): JsonSchema;
  /** The schema of a message itself, for a caller that changes it. */
  whole(message: SchemaSource): JsonSchema;
  /** The schema that zod makes of a rule. */
  translate(rule: z.ZodMiniType): JsonSchema;
}

/**
 * A part of a rule that JSON Schema cannot express. Listed in the `$comment` of the schema, as in
 * `unrepresentable: refine, text`; docs/json-schema.md explains each.
 */
export type Unrepresentable =
  | "refine"
  | "base64"
  | "calendar"
  | "check"
  | "depth"
  | "duration"
  | "int64"
  | "kept"
  | "text"
  | "units"
  | "utf8";

const start = "unrepresentable: ";

/** The `$comment` that lists what a schema cannot express. */
export function unrepresentable(...kinds: readonly Unrepresentable[]): {
  readonly $comment: string;
} {
  return { $comment: `${start}${kinds.join(", ")}` };
}

/** The schema, with more kinds in the list of what it cannot express. */
export function withUnrepresentable(
  schema: JsonSchema,
  ...kinds: readonly Unrepresentable[]
): JsonSchema {
  const { $comment = start, ...rest } = schema;
  const separator = $comment === start ? "" : ", ";
  return { $comment: `${$comment}${separator}${kinds.join(", ")}`, ...rest };
}

/** The schema of what another schema accepts, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  if (typeof type === "string" || values !== undefined) {
    return {
      ...schema,
      ...(typeof type === "string" ? { type: [type, "null"] } : {}),
      ...(values === undefined ? {} : { enum: [...values, null] }),
    };
  }
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf : [schema];
  return { ...(branches[0] === schema ? {} : schema), anyOf: [...branches, { type: "null" }] };
}

/** The schema of an object, with the schemas of some keys replaced or added. */
export function withKeys(
  object: JsonSchema,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { ...object, properties: { ...object.properties, ...properties } };
}

/** The schema of an object, with more required keys. */
export function withRequired(object: JsonSchema, ...keys: readonly string[]): JsonSchema {
  return { ...object, required: [...new Set([...(object.required ?? []), ...keys])] };
}

/** The schema of an object, with some keys made optional and nullable. */
export function withOptional(object: JsonSchema, keys: readonly string[]): JsonSchema {
  const entries = keys.map((key) => {
    const property = object.properties?.[key];
    return [key, typeof property === "object" ? orNull(property) : {}] as const;
  });
  const required = object.required?.filter((key) => !keys.includes(key)) ?? [];
  return { ...withKeys(object, Object.fromEntries(entries)), required };
}

/** The schema of an object, with a further schema for each value of the key `tag`. */
export function tagged(
  object: JsonSchema,
  tag: string,
  cases: Iterable<readonly [value: string, then: JsonSchema]>,
): JsonSchema {
  const branches = Array.from(cases, ([value, then]) => ({
    then,
    if: { properties: { [tag]: { const: value } }, required: [tag] },
  }));
  return { ...object, allOf: [...(object.allOf ?? []), ...branches] };
}
