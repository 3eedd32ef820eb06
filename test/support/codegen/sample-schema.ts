import { isPlainObject } from "../../../src/contract/base/plain-data.js";
import type { JsonSchema } from "../../../src/index.js";

const texts = ["a", "A", "1", "1.1", "1s", "2024-02-29T12:00:00.5Z", "YWI=", "a.b", ""];

/** Which keys a sample has: all of them, or only the required ones. */
export type Keys = "most" | "required";

/** A value that is valid for a schema of this package. Of alternatives it takes the first. */
export function sampleOf(schema: JsonSchema, keys: Keys, root: JsonSchema = schema): unknown {
  if (schema.$ref !== undefined) return sampleOf(resolve(schema.$ref, root), keys, root);
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = list(schema["anyOf"]);
  if (schema.type === undefined && isPlainObject(first)) return sampleOf(first, keys, root);
  switch (typeof schema.type === "string" ? schema.type : schema.type?.[0]) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return Math.min(Math.max(1, numberOf(schema["minimum"], 0)), numberOf(schema["maximum"], 1));
    case "string":
      return texts.find((text) => fits(text, schema)) ?? "?";
    case "array":
      return isPlainObject(schema["items"]) ? [sampleOf(schema["items"], keys, root)] : [];
    case "object":
      return sampleObject(schema, keys, root);
    default:
      return null;
  }
}

export function resolve($ref: string, root: JsonSchema): JsonSchema {
  if ($ref === "#") return root;
  const definitions = root["$defs"];
  const found = isPlainObject(definitions) ? definitions[$ref.slice("#/$defs/".length)] : undefined;
  if (!isPlainObject(found)) throw new Error(`the schema has no ${$ref}`);
  return found;
}

function sampleObject(schema: JsonSchema, keys: Keys, root: JsonSchema): Record<string, unknown> {
  const otherSpellings = isPlainObject(schema["dependentSchemas"])
    ? schema["dependentSchemas"]
    : {};
  const others = new Set<string>();
  for (const condition of list(schema.allOf)) {
    const [taken, ...rest] = isPlainObject(condition)
      ? list(condition["oneOf"]).flatMap(requiredOf)
      : [];
    for (const key of rest) if (key !== taken) others.add(key);
  }
  const object: Record<string, unknown> = {};
  const required = new Set(
    [schema, ...list(schema.allOf)].flatMap((part) => [
      ...requiredOf(part),
      ...(isPlainObject(part) ? requiredOf(list(part["anyOf"])[0]) : []),
    ]),
  );
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (Object.hasOwn(otherSpellings, key) || others.has(key) || !isPlainObject(property)) continue;
    if (keys === "required" && !required.has(key)) continue;
    object[key] = sampleOf(property, keys, root);
  }
  const { additionalProperties: item } = schema;
  if (isPlainObject(item) && keys === "most") object["a"] = sampleOf(item, keys, root);
  addBranches(schema, keys, root, object);
  return object;
}

/** The schemas that `tagged` adds for the tags of the object. */
function addBranches(
  schema: JsonSchema,
  keys: Keys,
  root: JsonSchema,
  object: Record<string, unknown>,
): void {
  for (const branch of list(schema.allOf)) {
    if (!isPlainObject(branch) || !isPlainObject(branch["if"])) continue;
    const { properties } = branch["if"];
    if (!isPlainObject(properties) || !isPlainObject(branch["then"])) continue;
    const isTaken = Object.entries(properties).every(
      ([key, value]) => isPlainObject(value) && value["const"] === object[key],
    );
    if (!isTaken) continue;
    const then =
      branch["then"]["$ref"] === undefined ? branch["then"] : sampleOf(branch["then"], keys, root);
    if (then === branch["then"]) Object.assign(object, sampleObject(branch["then"], keys, root));
    else Object.assign(object, then);
  }
}

function requiredOf(schema: unknown): string[] {
  return isPlainObject(schema) ? list(schema["required"]).map(String) : [];
}

function fits(text: string, schema: JsonSchema): boolean {
  if (schema["contentEncoding"] === "base64" && text !== "YWI=") return false;
  const patterns = [schema, ...list(schema.allOf)].flatMap((part) =>
    isPlainObject(part) && typeof part["pattern"] === "string"
      ? [new RegExp(part["pattern"], "u")]
      : [],
  );
  return (
    text.length >= numberOf(schema["minLength"], 0) &&
    patterns.every((pattern) => pattern.test(text))
  );
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
