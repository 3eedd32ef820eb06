import { create, type DescField, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import { z } from "zod";
import { isPlainObject } from "./bounds.js";
import type { Dialect } from "./dialect.js";
import type { CrossFieldFault } from "./issues.js";
import type { Leaf } from "./leaf.js";
import { holdAgainst, holdNames } from "./proof.js";
import type { Definition, Renamed, Report, RuleOptions } from "./rules.js";
import { refuseUnknownFields } from "./unknown-fields.js";
import type { Step, Walk } from "./walk.js";

/** One field with all that reading and writing need, looked up once. */
interface FieldPlan {
  readonly key: string;
  readonly otherKey: string;
  readonly property: string;
  readonly leaf: Leaf;
  /** The oneof that has the field, by property name. */
  readonly oneof: string | undefined;
}

interface Plan {
  readonly leaves: Readonly<Record<string, Leaf>>;
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  readonly required: readonly FieldPlan[];
}

/** Makes a definition of a message's leaves. Nothing is built before it is used. */
export function buildDefinition<Desc extends DescMessage, W>(
  schema: Desc,
  dialect: Dialect,
  rules: () => Readonly<Record<string, Leaf>>,
  options: RuleOptions<MessageShape<Desc>, W>,
  renamed: Renamed = {},
): Definition<MessageShape<Desc>, W> {
  type M = MessageShape<Desc>;
  let plan: Plan | undefined;
  let rule: z.ZodType<M> | undefined;
  const plans = (): Plan => {
    plan ??= makePlan(schema, dialect, rules(), renamed);
    return plan;
  };
  const { across, wire } = options;
  return {
    schema,
    dialect,
    constants: options.constants ?? {},
    leaves: () => plans().leaves,
    rule() {
      rule ??= messageRule<M>(schema, plans(), across);
      return rule;
    },
    read(json, walk) {
      if (!isPlainObject(json)) {
        walk.mismatch("type", "an object", json);
        return undefined;
      }
      const message = create(schema);
      readFields(json, message, plans(), dialect, walk);
      wire?.read(json, message, walk);
      return message;
    },
    write(message, walk) {
      refuseUnknownFields(message, walk);
      const json = writeFields(proven(message), plans(), walk);
      return wire === undefined ? proven<W>(json) : wire.write(proven<M>(message), json, walk);
    },
    steps: (path) => toWireSteps(plans(), path),
  };
}

/** A value that the rules have proven to be of this type. */
function proven<T>(value: unknown): T;
function proven(value: unknown): unknown {
  return value;
}

function makePlan(
  schema: DescMessage,
  dialect: Dialect,
  leaves: Readonly<Record<string, Leaf>>,
  renamed: Renamed,
): Plan {
  holdAgainst(schema, leaves);
  if (dialect.keys === "json") holdNames(schema, renamed);
  const fields: FieldPlan[] = [];
  const add = (field: DescField, leaf: Leaf, oneof: string | undefined): void => {
    const [key, otherKey] =
      dialect.keys === "proto" ? [field.name, field.jsonName] : [field.jsonName, field.name];
    fields.push({ key, otherKey, property: field.localName, leaf, oneof });
  };
  for (const member of schema.members) {
    const leaf = leaves[member.localName];
    if (leaf === undefined) continue;
    if (member.kind === "field") {
      add(member, leaf, undefined);
    } else if (leaf.presence.byHand) {
      const { name, localName } = member;
      fields.push({ key: name, otherKey: name, property: localName, leaf, oneof: undefined });
    } else if (leaf.parts.kind.kind === "oneof") {
      for (const field of member.fields) {
        const inner = leaf.parts.kind.members[field.localName];
        if (inner !== undefined) add(field, inner, member.localName);
      }
    }
  }
  const byKey = new Map<string, FieldPlan>();
  for (const field of fields) {
    byKey.set(field.key, field);
    if (dialect.readsBothSpellings) byKey.set(field.otherKey, field);
  }
  return {
    leaves,
    fields,
    byKey,
    required: fields.filter((field) => field.leaf.presence.required),
  };
}

function messageRule<M>(
  schema: DescMessage,
  plan: Plan,
  across: ((message: M, report: Report) => void) | undefined,
): z.ZodType<M> {
  const shape: Record<string, z.ZodType> = {
    $typeName: z.literal(schema.typeName),
    $unknown: z.any().optional(),
  };
  for (const [property, leaf] of Object.entries(plan.leaves)) {
    const member = schema.members.find((candidate) => candidate.localName === property);
    const rule = leaf.parts.rule();
    const unset =
      member?.kind === "field" && !leaf.presence.required && leaf.parts.isDefault(undefined);
    shape[property] = unset ? rule.optional() : rule;
  }
  let object: z.ZodType = z.strictObject(shape);
  if (across !== undefined) {
    object = object.check((context) => {
      const report: Report = (at, rule, message) => {
        const params: CrossFieldFault = { at, rule };
        context.issues.push({
          code: "custom",
          input: undefined,
          path: [],
          message,
          params: { ...params },
        });
      };
      // A rule across fields may rely on each of them, so it waits until all are right.
      if (context.issues.length === 0) across(proven<M>(context.value), report);
    });
  }
  return proven<z.ZodType<M>>(object);
}

function readFields(
  json: Record<string, unknown>,
  message: Record<string, unknown>,
  plan: Plan,
  dialect: Dialect,
  walk: Walk,
): void {
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (value === undefined) continue;
    const field = plan.byKey.get(key);
    if (field === undefined) {
      if (dialect.unknownKeys === "reported") walk.unknownKeys.push(walk.path(key));
      else walk.fault("unknown_key", "the message has no such key", key);
      continue;
    }
    if (key !== field.key && Object.hasOwn(json, field.key)) {
      walk.fault("duplicate_key", `the same field as ${field.key}`, key);
      continue;
    }
    if (field.leaf.presence.byHand) continue;
    walk.enter(key);
    readField(value, field, message, dialect, walk);
    walk.leave();
  }
  for (const field of plan.required) {
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
  field: FieldPlan,
  message: Record<string, unknown>,
  dialect: Dialect,
  walk: Walk,
): void {
  const { parts, presence } = field.leaf;
  if (value === null && !takesNull(field.leaf)) {
    if (presence.nullable || (dialect.nulls === "unset" && !presence.required)) return;
  }
  const read = parts.read(value, walk);
  if (field.oneof === undefined) {
    if (read !== undefined) message[field.property] = read;
    return;
  }
  const other = message[field.oneof];
  if (isPlainObject(other) && other["case"] !== undefined) {
    walk.fault("duplicate_key", `only one key of the oneof ${field.oneof} may be there`);
    return;
  }
  message[field.oneof] = { case: field.property, value: read };
}

function takesNull(leaf: Leaf): boolean {
  const { kind } = leaf.parts;
  if (kind.kind === "message") return kind.message.typeName === "google.protobuf.Value";
  return kind.kind === "enum" && kind.enum.typeName === "google.protobuf.NullValue";
}

function writeFields(
  message: Record<string, unknown>,
  plan: Plan,
  walk: Walk,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const field of plan.fields) {
    const { parts, presence } = field.leaf;
    if (presence.byHand) continue;
    let value = message[field.property];
    if (field.oneof !== undefined) {
      const member = message[field.oneof];
      if (!isPlainObject(member) || member["case"] !== field.property) continue;
      value = member["value"];
    } else if (parts.isDefault(value)) {
      if (!presence.written) continue;
      if (presence.nullable) {
        json[field.key] = null;
        continue;
      }
      if (value === undefined) {
        if (parts.empty !== undefined) json[field.key] = parts.empty();
        continue;
      }
    }
    walk.enter(field.key);
    json[field.key] = parts.write(value, walk);
    walk.leave();
  }
  return json;
}

function toWireSteps(plan: Plan, path: readonly Step[]): readonly Step[] {
  const [property, ...rest] = path;
  if (typeof property !== "string") return path;
  const leaf = plan.leaves[property];
  if (leaf === undefined) return path;
  if (leaf.parts.kind.kind === "oneof" && !leaf.presence.byHand) {
    const member = plan.fields.find((field) => field.property === rest[0]);
    const inner = leaf.parts.steps?.(rest) ?? [];
    return member === undefined ? [property] : [member.key, ...inner];
  }
  const key = plan.fields.find((field) => field.property === property)?.key ?? property;
  return [key, ...(leaf.parts.steps?.(rest) ?? rest)];
}
