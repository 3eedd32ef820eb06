import type { Context } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { isPlainObject } from "../base/plain-data.js";
import { keyRequired, noSuchKey } from "../base/texts.js";
import type { FieldRule } from "../model/field-rule.js";
import type { FieldPlan, Plan } from "../model/plan.js";
import { type JsonWriter, keyBytes, valueWriter } from "../model/value-writer.js";

/** Looks up everything that reading and writing a field needs. */
export function planField(
  [key, otherKey]: readonly [key: string, otherKey: string],
  property: string,
  fieldRule: FieldRule,
  oneof?: string,
): FieldPlan {
  const { parts, presence } = fieldRule;
  return {
    key,
    otherKey,
    property,
    fieldRule,
    oneof,
    simple: oneof === undefined && !presence.custom,
    keyBytes: keyBytes(key),
    isDefault: parts.isDefault,
    text: valueWriter(parts),
  };
}

/**
 * Reads the keys of a message into it. Reports missing keys, and keys that neither the message has nor
 * its wire form claims.
 */
export function readFields(
  json: Record<string, unknown>,
  message: Record<string, unknown>,
  { fields, byKey, required }: Plan,
  dialect: Dialect,
  context: Context,
  claims?: (key: string) => boolean,
): void {
  let next = 0;
  let found = 0;
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (value === undefined) continue;
    // Most senders write keys in the order of the fields.
    let field = fields[next];
    if (field?.key === key) {
      next++;
    } else {
      field = byKey.get(key);
      if (field === undefined) {
        if (claims?.(key)) continue;
        if (!context.refusesUnknownKeys(dialect)) context.unknownKeys.push(context.path(key));
        else if (context.full) return;
        else context.unknownKey("unknown_key", noSuchKey, key, keysOf(fields));
        continue;
      }
      next = fields.indexOf(field) + 1;
      if (key !== field.key && Object.hasOwn(json, field.key)) {
        context.fault("duplicate_key", `the same field as ${field.key}`, key);
        continue;
      }
    }
    const { presence } = field.fieldRule;
    if (presence.required) found++;
    if (presence.custom) continue;
    context.enter(key);
    readField(value, field, message, dialect, context);
    context.leave();
  }
  if (found === required.length) return;
  for (const field of required) {
    if (json[field.key] === undefined && !hasOther(json, field, dialect)) {
      context.fault("required", keyRequired, field.key);
    }
  }
}

function keysOf(fields: readonly FieldPlan[]): string[] {
  return fields.map(({ key }) => key);
}

function hasOther(json: Record<string, unknown>, field: FieldPlan, dialect: Dialect): boolean {
  return dialect.readsBothSpellings && json[field.otherKey] !== undefined;
}

function readField(
  value: unknown,
  { fieldRule, oneof, property }: FieldPlan,
  message: Record<string, unknown>,
  dialect: Dialect,
  context: Context,
): void {
  const { parts, presence } = fieldRule;
  if (value === null && !takesNull(fieldRule)) {
    if (presence.nullable || (dialect.nulls === "unset" && !presence.required)) return;
  }
  const read = parts.read(value, context);
  if (oneof === undefined) {
    if (read !== undefined) message[property] = read;
    return;
  }
  const other = message[oneof];
  if (isPlainObject(other) && other["case"] !== undefined) {
    context.fault("duplicate_key", `only one key of the oneof ${oneof} may be there`);
    return;
  }
  message[oneof] = { case: property, value: read };
}

function takesNull(fieldRule: FieldRule): boolean {
  const { kind } = fieldRule.parts;
  if (kind.kind === "message") return kind.message.typeName === "google.protobuf.Value";
  return kind.kind === "enum" && kind.enum.typeName === "google.protobuf.NullValue";
}

/** The value of a field whose key is not written. */
const omitted = Symbol("omitted");

/** The value of a field for writing: null for an unset field that is written as null. */
function valueToWrite(
  message: Record<string, unknown>,
  { fieldRule: { parts, presence }, oneof, property }: FieldPlan,
): unknown {
  if (presence.custom) return omitted;
  if (oneof !== undefined) {
    const member = message[oneof];
    return isPlainObject(member) && member["case"] === property ? member["value"] : omitted;
  }
  const value = message[property];
  if (!parts.isDefault(value)) return value;
  if (!presence.written) return omitted;
  if (presence.nullable) return null;
  if (value !== undefined) return value;
  return parts.empty === undefined ? omitted : parts.empty();
}

/** Writes the fields of a checked message. */
export function writeFields(
  message: Record<string, unknown>,
  plan: Plan,
  context: Context,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const field of plan.fields) {
    const value = valueToWrite(message, field);
    if (value === omitted) continue;
    if (value === null) {
      json[field.key] = null;
      continue;
    }
    context.enter(field.key);
    json[field.key] = field.fieldRule.parts.write(value, context);
    context.leave();
  }
  return json;
}

/** Writes the text of what {@link writeFields} returns, without braces. */
export function fieldsText(message: Record<string, unknown>, plan: Plan, out: JsonWriter): void {
  for (const field of plan.fields) {
    // The usual case first: the field is set and not a member of a oneof.
    let value = field.simple ? message[field.property] : omitted;
    if (value === omitted || field.isDefault(value)) value = valueToWrite(message, field);
    if (value === omitted) continue;
    out.key(field.keyBytes);
    if (value === null) out.raw("null");
    else field.text(value, out);
  }
}

/** Reports what only `strict` refuses in the values of a message. */
export function strictFields(message: Record<string, unknown>, plan: Plan, context: Context): void {
  for (const { key, property, fieldRule, oneof } of plan.fields) {
    let value = message[property];
    if (oneof !== undefined) {
      const member = message[oneof];
      value = isPlainObject(member) && member["case"] === property ? member["value"] : undefined;
    }
    if (value === undefined || fieldRule.parts.strict === undefined) continue;
    context.enter(key);
    fieldRule.parts.strict(value, context);
    context.leave();
  }
}
