import { create, type DescField, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import type { Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { expectedObject, isPlainObject } from "../base/plain-data.js";
import { unsafeCast } from "../base/unsafe-cast.js";
import type { Definition, Renamed, Report, RuleOptions, WireForm } from "../model/definition.js";
import type { FieldRule } from "../model/field-rule.js";
import type { Composite, FieldPlan, Plan } from "../model/plan.js";
import type { JsonWriter } from "../model/value-writer.js";

import { type Copy, copyMessage, copyOf, copyOneof } from "./copy.js";
import { assertMatches, assertNames } from "./descriptor-check.js";
import { fieldsText, planField, readFields, strictFields, writeFields } from "./fields.js";
import { isTolerated, type RefinementFault } from "./issues.js";
import { reportUnknownFields, unknownFieldsRule } from "./unknown-fields.js";

/** Makes a definition from a message's field rules. Nothing is built before its first use. */
export function buildDefinition<Desc extends DescMessage, W>(
  schema: Desc,
  dialect: Dialect,
  rules: () => Readonly<Record<string, FieldRule>>,
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
  const { refine, strict, wire } = options;
  const definition: Definition<M, W> = {
    schema,
    dialect,
    constants: options.constants ?? {},
    fieldRules: () => plans().fieldRules,
    fields: () => plans().fields,
    hasRefinement: refine !== undefined,
    describe: wire && ((own, context) => wire.schema(own, context)),
    createWith(create) {
      empty = create;
    },
    rule() {
      rule ??= messageRule<M>(schema, plans(), refine);
      return rule;
    },
    read(json, context) {
      if (!isPlainObject(json)) {
        context.mismatch("type", expectedObject(json), json);
        return undefined;
      }
      const message = empty();
      context.messages++;
      readFields(json, unsafeCast(message), plans(), dialect, context, wire?.claims);
      wire?.read(json, message, context);
      context.messages--;
      return message;
    },
    write(message, context) {
      reportUnknownFields(message, context);
      const json = writeFields(unsafeCast(message), plans(), context);
      return wire === undefined
        ? unsafeCast<W>(json)
        : wire.write(unsafeCast<M>(message), json, context);
    },
    text(message, out) {
      if (wire !== undefined && wire.text === undefined) {
        out.value(definition.write(message, out.context));
      } else {
        writeText(unsafeCast<M>(message), plans(), wire, out);
      }
    },
    copy: (message, context) =>
      copyMessage(message, schema, context, (copy) => {
        for (const { property, copy: copyPart } of plans().composites) {
          const part = copy[property];
          if (typeof part !== "object" || part === null) continue;
          const copied = copyPart(part, context);
          if (context.copies) copy[property] = copied;
        }
      }),
    strict(message, context) {
      strictFields(unsafeCast(message), plans(), context);
      strict?.(unsafeCast<M>(message), context);
    },
    steps: (path) => toWireSteps(plans(), path),
  };
  return definition;
}

function writeText<M, W>(
  message: M,
  plan: Plan,
  wire: WireForm<M, W> | undefined,
  out: JsonWriter,
): void {
  reportUnknownFields(message, out.context);
  const own = (): void => fieldsText(unsafeCast(message), plan, out);
  if (wire?.text !== undefined) {
    wire.text(message, own, out);
    return;
  }
  out.openObject();
  own();
  out.closeObject();
}

function makePlan(
  schema: DescMessage,
  dialect: Dialect,
  fieldRules: Readonly<Record<string, FieldRule>>,
  renamed: Renamed,
): Plan {
  assertMatches(schema, fieldRules);
  if (dialect.keys === "json") assertNames(schema, renamed);
  const fields: FieldPlan[] = [];
  const add = (field: DescField, fieldRule: FieldRule, oneof: string | undefined): void => {
    const { name, jsonName } = field;
    const keys =
      dialect.keys === "proto" ? ([name, jsonName] as const) : ([jsonName, name] as const);
    fields.push(planField(keys, field.localName, fieldRule, oneof));
  };
  for (const member of schema.members) {
    const fieldRule = fieldRules[member.localName];
    if (fieldRule === undefined) continue;
    if (member.kind === "field") {
      add(member, fieldRule, undefined);
    } else if (fieldRule.presence.custom) {
      const { name, localName } = member;
      fields.push(planField([name, name], localName, fieldRule));
    } else if (fieldRule.parts.kind.kind === "oneof") {
      for (const field of member.fields) {
        const inner = fieldRule.parts.kind.members[field.localName];
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
    fieldRules,
    fields,
    byKey,
    required: fields.filter((field) => field.fieldRule.presence.required),
    composites: compositesOf(fields),
  };
}

function compositesOf(fields: readonly FieldPlan[]): Composite[] {
  const composites = new Map<string, Composite>();
  for (const field of fields) {
    const property = field.oneof ?? field.property;
    if (composites.has(property)) continue;
    const copy = field.oneof === undefined ? copyWithPath(field) : copyOfOneof(fields, property);
    if (copy !== undefined) composites.set(property, { property, copy });
  }
  return [...composites.values()];
}

function copyWithPath({ key, fieldRule }: FieldPlan): Copy | undefined {
  const copy = copyOf(fieldRule.parts);
  if (copy === undefined) return undefined;
  return (value, context) => {
    context.enter(key);
    const copied = copy(value, context);
    context.leave();
    return copied;
  };
}

function copyOfOneof(fields: readonly FieldPlan[], oneof: string): Copy {
  const members = fields.filter((field) => field.oneof === oneof);
  const copies = new Map<unknown, Copy | undefined>(
    members.map((field) => [field.property, copyWithPath(field)]),
  );
  return (value, context) => copyOneof(value, (name) => copies.get(name), context);
}

function messageRule<M>(
  schema: DescMessage,
  plan: Plan,
  refine: RuleOptions<M, unknown>["refine"],
): z.ZodMiniType<M> {
  const shape: Record<string, z.ZodMiniType> = {
    $typeName: z.literal(schema.typeName),
    $unknown: z.optional(unknownFieldsRule),
  };
  for (const [property, fieldRule] of Object.entries(plan.fieldRules)) {
    const member = schema.members.find((candidate) => candidate.localName === property);
    const rule = fieldRule.parts.rule();
    const unset =
      member?.kind === "field" &&
      !fieldRule.presence.required &&
      fieldRule.parts.isDefault(undefined);
    shape[property] = unset ? z.optional(rule) : rule;
  }
  let object: z.ZodMiniType = z.strictObject(shape);
  if (refine !== undefined) {
    object = object.check((context) => {
      const reporter =
        (tolerated: boolean): Report =>
        (at, rule, message) => {
          const params: RefinementFault = { at, rule, isTolerated: tolerated };
          context.issues.push({
            code: "custom",
            input: undefined,
            path: [],
            message,
            params: { ...params },
            // Otherwise zod would not run the rules between fields of the message around this one.
            continue: tolerated,
          });
        };
      // A rule between fields may rely on each of them, so it only runs if all are valid.
      if (!context.issues.every(isTolerated)) return;
      refine(unsafeCast<M>(context.value), reporter(false), reporter(true));
    });
  }
  return unsafeCast<z.ZodMiniType<M>>(object);
}

function toWireSteps(plan: Plan, path: readonly Step[]): readonly Step[] {
  const [property, ...rest] = path;
  if (typeof property !== "string") return path;
  const fieldRule = plan.fieldRules[property];
  if (fieldRule === undefined) return path;
  if (fieldRule.parts.kind.kind === "oneof" && !fieldRule.presence.custom) {
    const member = plan.fields.find((field) => field.property === rest[0]);
    const inner = fieldRule.parts.steps?.(rest) ?? [];
    return member === undefined ? [property] : [member.key, ...inner];
  }
  const key = plan.fields.find((field) => field.property === property)?.key ?? property;
  return [key, ...(fieldRule.parts.steps?.(rest) ?? rest)];
}
