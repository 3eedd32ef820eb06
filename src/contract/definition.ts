import { create, type DescField, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import { isPlainObject, plainObjectWords } from "./bounds.js";
import type { Dialect } from "./dialect.js";
import {
  type FieldPlan,
  fieldsText,
  type Plan,
  planField,
  readFields,
  strictFields,
  writeFields,
} from "./fields.js";
import type { CrossFieldFault } from "./issues.js";
import type { Leaf } from "./leaf.js";
import { holdAgainst, holdNames } from "./proof.js";
import { proven } from "./proven.js";
import type { Definition, Renamed, Report, RuleOptions } from "./rules.js";
import { refuseUnknownFields } from "./unknown-fields.js";
import type { Step } from "./walk.js";

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
  let rule: z.ZodMiniType<M> | undefined;
  let empty = (): M => create(schema);
  const plans = (): Plan => {
    plan ??= makePlan(schema, dialect, rules(), renamed);
    return plan;
  };
  const { across, strict, wire } = options;
  const definition: Definition<M, W> = {
    schema,
    dialect,
    constants: options.constants ?? {},
    leaves: () => plans().leaves,
    fields: () => plans().fields,
    hasRulesAcross: across !== undefined,
    describe: wire && ((own, context) => wire.schema(own, context)),
    createWith(create) {
      empty = create;
    },
    rule() {
      rule ??= messageRule<M>(schema, plans(), across);
      return rule;
    },
    read(json, walk) {
      if (!isPlainObject(json)) {
        walk.mismatch("type", plainObjectWords(json), json);
        return undefined;
      }
      const message = empty();
      readFields(json, proven(message), plans(), dialect, walk);
      wire?.read(json, message, walk);
      return message;
    },
    write(message, walk) {
      refuseUnknownFields(message, walk);
      const json = writeFields(proven(message), plans(), walk);
      return wire === undefined ? proven<W>(json) : wire.write(proven<M>(message), json, walk);
    },
    text(message, out) {
      if (wire !== undefined && wire.text === undefined) {
        out.value(definition.write(message, out.walk));
        return;
      }
      refuseUnknownFields(message, out.walk);
      const own = (): void => fieldsText(proven(message), plans(), out);
      if (wire?.text !== undefined) {
        wire.text(proven<M>(message), own, out);
        return;
      }
      out.openObject();
      own();
      out.closeObject();
    },
    strict(message, walk) {
      strictFields(proven(message), plans(), walk);
      strict?.(proven<M>(message), walk);
    },
    steps: (path) => toWireSteps(plans(), path),
  };
  return definition;
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
    const { name, jsonName } = field;
    const keys =
      dialect.keys === "proto" ? ([name, jsonName] as const) : ([jsonName, name] as const);
    fields.push(planField(keys, field.localName, leaf, oneof));
  };
  for (const member of schema.members) {
    const leaf = leaves[member.localName];
    if (leaf === undefined) continue;
    if (member.kind === "field") {
      add(member, leaf, undefined);
    } else if (leaf.presence.byHand) {
      const { name, localName } = member;
      fields.push(planField([name, name], localName, leaf));
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
): z.ZodMiniType<M> {
  const shape: Record<string, z.ZodMiniType> = {
    $typeName: z.literal(schema.typeName),
    $unknown: z.optional(z.any()),
  };
  for (const [property, leaf] of Object.entries(plan.leaves)) {
    const member = schema.members.find((candidate) => candidate.localName === property);
    const rule = leaf.parts.rule();
    const unset =
      member?.kind === "field" && !leaf.presence.required && leaf.parts.isDefault(undefined);
    shape[property] = unset ? z.optional(rule) : rule;
  }
  let object: z.ZodMiniType = z.strictObject(shape);
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
  return proven<z.ZodMiniType<M>>(object);
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
