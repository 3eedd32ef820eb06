import { isPlainObject } from "./bounds.js";
import type { Dialect } from "./dialect.js";
import { type JsonWriter, keyBytes, type ValueWriter, valueWriter } from "./json-writer.js";
import type { Leaf } from "./leaf.js";
import type { Walk } from "./walk.js";

/** One field with all that reading and writing need, looked up once. */
export interface FieldPlan {
  readonly key: string;
  readonly otherKey: string;
  readonly property: string;
  readonly leaf: Leaf;
  /** The oneof that has the field, by property name. */
  readonly oneof: string | undefined;
  /** Neither a member of a oneof nor read and written by hand. */
  readonly simple: boolean;
  readonly keyBytes: Uint8Array;
  readonly isDefault: (value: unknown) => boolean;
  readonly text: ValueWriter;
}

/** Looks up all that reading and writing a field need. */
export function planField(
  [key, otherKey]: readonly [key: string, otherKey: string],
  property: string,
  leaf: Leaf,
  oneof?: string,
): FieldPlan {
  const { parts, presence } = leaf;
  return {
    key,
    otherKey,
    property,
    leaf,
    oneof,
    simple: oneof === undefined && !presence.byHand,
    keyBytes: keyBytes(key),
    isDefault: parts.isDefault,
    text: valueWriter(parts),
  };
}

/** All fields of a message, in the order in which they are written. */
export interface Plan {
  readonly leaves: Readonly<Record<string, Leaf>>;
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  readonly required: readonly FieldPlan[];
}

/** Reads the keys of a message into it; reports those that it does not have and those that are missing. */
export function readFields(
  json: Record<string, unknown>,
  message: Record<string, unknown>,
  { fields, byKey, required }: Plan,
  dialect: Dialect,
  walk: Walk,
): void {
  let next = 0;
  let found = 0;
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (value === undefined) continue;
    // Keys mostly come in the order in which they are written.
    let field = fields[next];
    if (field?.key === key) {
      next++;
    } else {
      field = byKey.get(key);
      if (field === undefined) {
        if (dialect.unknownKeys === "reported") walk.unknownKeys.push(walk.path(key));
        else walk.fault("unknown_key", "the message has no such key", key);
        continue;
      }
      next = fields.indexOf(field) + 1;
      if (key !== field.key && Object.hasOwn(json, field.key)) {
        walk.fault("duplicate_key", `the same field as ${field.key}`, key);
        continue;
      }
    }
    const { presence } = field.leaf;
    if (presence.required) found++;
    if (presence.byHand) continue;
    walk.enter(key);
    readField(value, field, message, dialect, walk);
    walk.leave();
  }
  if (found === required.length) return;
  for (const field of required) {
    if (json[field.key] === undefined && !hasOther(json, field, dialect)) {
      walk.fault("required", "this key is required", field.key);
    }
  }
}

function hasOther(json: Record<string, unknown>, field: FieldPlan, dialect: Dialect): boolean {
  return dialect.readsBothSpellings && json[field.otherKey] !== undefined;
}

function readField(
  value: unknown,
  { leaf, oneof, property }: FieldPlan,
  message: Record<string, unknown>,
  dialect: Dialect,
  walk: Walk,
): void {
  const { parts, presence } = leaf;
  if (value === null && !takesNull(leaf)) {
    if (presence.nullable || (dialect.nulls === "unset" && !presence.required)) return;
  }
  const read = parts.read(value, walk);
  if (oneof === undefined) {
    if (read !== undefined) message[property] = read;
    return;
  }
  const other = message[oneof];
  if (isPlainObject(other) && other["case"] !== undefined) {
    walk.fault("duplicate_key", `only one key of the oneof ${oneof} may be there`);
    return;
  }
  message[oneof] = { case: property, value: read };
}

function takesNull(leaf: Leaf): boolean {
  const { kind } = leaf.parts;
  if (kind.kind === "message") return kind.message.typeName === "google.protobuf.Value";
  return kind.kind === "enum" && kind.enum.typeName === "google.protobuf.NullValue";
}

/** Stands for the value of a field whose key is not written. */
const leftOut = Symbol("left out");

/** The value of a field as it is to be written: null for an unset one that is written so. */
function valueToWrite(
  message: Record<string, unknown>,
  { leaf: { parts, presence }, oneof, property }: FieldPlan,
): unknown {
  if (presence.byHand) return leftOut;
  if (oneof !== undefined) {
    const member = message[oneof];
    return isPlainObject(member) && member["case"] === property ? member["value"] : leftOut;
  }
  const value = message[property];
  if (!parts.isDefault(value)) return value;
  if (!presence.written) return leftOut;
  if (presence.nullable) return null;
  if (value !== undefined) return value;
  return parts.empty === undefined ? leftOut : parts.empty();
}

/** Writes the fields of a checked message. */
export function writeFields(
  message: Record<string, unknown>,
  plan: Plan,
  walk: Walk,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const field of plan.fields) {
    const value = valueToWrite(message, field);
    if (value === leftOut) continue;
    if (value === null) {
      json[field.key] = null;
      continue;
    }
    walk.enter(field.key);
    json[field.key] = field.leaf.parts.write(value, walk);
    walk.leave();
  }
  return json;
}

/** Writes the text of {@link writeFields}, without the braces. */
export function fieldsText(message: Record<string, unknown>, plan: Plan, out: JsonWriter): void {
  for (const field of plan.fields) {
    // Most fields are set and stand by themselves.
    let value = field.simple ? message[field.property] : leftOut;
    if (value === leftOut || field.isDefault(value)) value = valueToWrite(message, field);
    if (value === leftOut) continue;
    out.key(field.keyBytes);
    if (value === null) out.raw("null");
    else field.text(value, out);
  }
}

/** Reports what only `strict` refuses in the values of a message. */
export function strictFields(message: Record<string, unknown>, plan: Plan, walk: Walk): void {
  for (const { key, property, leaf, oneof } of plan.fields) {
    let value = message[property];
    if (oneof !== undefined) {
      const member = message[oneof];
      value = isPlainObject(member) && member["case"] === property ? member["value"] : undefined;
    }
    if (value === undefined || leaf.parts.strict === undefined) continue;
    walk.enter(key);
    leaf.parts.strict(value, walk);
    walk.leave();
  }
}
