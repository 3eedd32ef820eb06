import type * as z from "zod/mini";
import type { Definition } from "./definition.js";

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

/** What the schema of a part of a message is made with. */
export interface SchemaContext {
  /** A reference to the schema of another message, which then stands under `$defs`. */
  readonly refer: (definition: Definition) => JsonSchema;
  /** The schema of a message itself, for a place that changes it. */
  readonly whole: (definition: Definition) => JsonSchema;
  /** What zod says of a rule. */
  readonly translate: (rule: z.ZodMiniType) => JsonSchema;
}

/**
 * What a rule asks for and JSON Schema cannot say. Stands as `unrepresentable: refine, text` in the `$comment`
 * of the schema that would have to say it; docs/json-schema.md explains each.
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

/** The keyword that lists what a schema cannot express. */
export function unrepresentable(...words: readonly Unrepresentable[]): {
  readonly $comment: string;
} {
  return { $comment: `${start}${words.join(", ")}` };
}

/** The schema, with more that it cannot express. */
export function withUnrepresentable(
  schema: JsonSchema,
  ...words: readonly Unrepresentable[]
): JsonSchema {
  const { $comment = start, ...rest } = schema;
  const separator = $comment === start ? "" : ", ";
  return { $comment: `${$comment}${separator}${words.join(", ")}`, ...rest };
}

/** The schema of what another takes, or null. */
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

/** The schema of an object, with other schemas for some of its keys. */
export function withKeys(
  object: JsonSchema,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { ...object, properties: { ...object.properties, ...properties } };
}

/** The schema of an object, with more keys that it must have. */
export function withRequired(object: JsonSchema, ...keys: readonly string[]): JsonSchema {
  return { ...object, required: [...new Set([...(object.required ?? []), ...keys])] };
}

/** The schema of an object that need not have some of its keys, or has null there. */
export function withOptional(object: JsonSchema, keys: readonly string[]): JsonSchema {
  const entries = keys.map((key) => {
    const property = object.properties?.[key];
    return [key, typeof property === "object" ? orNull(property) : {}] as const;
  });
  const required = object.required?.filter((key) => !keys.includes(key)) ?? [];
  return { ...withKeys(object, Object.fromEntries(entries)), required };
}

/** The schema of an object in which the value of the key `tag` says more of the object. */
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
