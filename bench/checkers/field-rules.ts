import type { DescField, DescMessage, JsonObject } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import type { AnyContract } from "../../src/contract/contract.js";
import type { Definition } from "../../src/contract/model/definition.js";
import type { FieldRule } from "../../src/contract/model/field-rule.js";
import {
  type JsonSchema,
  type SchemaContext,
  withUnrepresentable,
} from "../../src/contract/model/json-schema-keywords.js";
import { maxTextLength } from "../../src/contract/rules/scalars.js";

import { messageTypes } from "../limits/descriptors.js";
import { type ValueSource, valueRules } from "./value-rules.js";

/** The rules of one field, as protovalidate expresses them. */
export interface FieldRules {
  readonly field: DescField;
  /** The JSON of a buf.validate.FieldRules. */
  readonly json: JsonObject;
  /** The number of rules. */
  readonly count: number;
  /** Field values that violate them, each derived from the value in a message. */
  readonly outside: readonly ((value: unknown) => unknown)[];
}

/** The part of a contract that protovalidate can express. */
export interface CarriedRules {
  readonly fields: readonly FieldRules[];
  /** The rules that it does not run, with their fields. */
  readonly leftOut: readonly string[];
}

/**
 * The rules of a contract, and of all its nested messages, that protovalidate can express: bounds
 * of numbers, finite floats, texts and bytes that are not empty, bytes of a text, patterns, closed sets
 * of texts, enums without their zero, numbers of items, and required messages. Rules that relate several
 * fields, rules of the well-known types and of messages in an Any are omitted.
 */
export function carriedRules({ definition }: Pick<AnyContract, "definition">): CarriedRules {
  const types = new Set(messageTypes(definition.schema).map(({ typeName }) => typeName));
  const definitions = new Map<string, Definition>();
  const add = (other: Definition): JsonSchema => {
    const { typeName } = other.schema;
    if (types.has(typeName) && !definitions.has(typeName)) definitions.set(typeName, other);
    return {};
  };
  const context: SchemaContext = { refer: add, whole: add, translate };
  add(definition);
  const fields: FieldRules[] = [];
  const leftOut: string[] = [];
  for (const each of definitions.values()) {
    const { typeName } = each.schema;
    if (each.hasRefinement) leftOut.push(`${typeName}: its rules across fields`);
    for (const [field, fieldRule] of fieldRulesOf(each.schema, each.fieldRules())) {
      const schema = fieldRule.parts.wireSchema(context);
      const rules = fieldRules(field, fieldRule, schema);
      if (rules !== undefined) fields.push(rules);
      const words = unsayable(field, schema);
      if (words !== undefined) leftOut.push(`${typeName}.${field.name}: ${words}`);
    }
  }
  return { fields, leftOut };
}

/** The JSON Schema of a rule for values in messages. */
function translate(rule: z.ZodMiniType): JsonSchema {
  const schema = z.toJSONSchema(rule, { unrepresentable: "any" });
  const isChecked = rule.def.checks?.some(({ _zod }) => _zod.def.check === "custom") ?? false;
  return isChecked && !z.globalRegistry.has(rule) ? withUnrepresentable(schema, "check") : schema;
}

/** The rules of a field's values that protovalidate cannot express. */
function unsayable(field: DescField, schema: JsonSchema): string | undefined {
  const { maxLength, $comment = "" } = schema;
  const type = field.message?.typeName ?? "";
  if (type.startsWith("google.protobuf.")) return `the rules of ${type}`;
  if ($comment.includes("check")) return "a rule in code";
  // Every text has the default bound, which is no rule of the field.
  if (typeof maxLength !== "number" || maxLength === maxTextLength) return undefined;
  if ($comment.includes("utf8")) return undefined;
  return `at most ${maxLength} UTF-16 units`;
}

function fieldRulesOf(
  { members }: DescMessage,
  fieldRules: Readonly<Record<string, FieldRule>>,
): (readonly [DescField, FieldRule])[] {
  return members.flatMap((member) => {
    const fieldRule = fieldRules[member.localName];
    if (fieldRule === undefined) return [];
    if (member.kind === "field") return [[member, fieldRule] as const];
    const { kind } = fieldRule.parts;
    if (kind.kind !== "oneof") return [];
    return member.fields.flatMap((field) => {
      const inner = kind.members[field.localName];
      return inner === undefined ? [] : [[field, inner] as const];
    });
  });
}

function fieldRules(
  field: DescField,
  fieldRule: FieldRule,
  schema: JsonSchema,
): FieldRules | undefined {
  const rule = fieldRule.parts.rule();
  const accepts = (value: unknown): boolean => rule.safeParse(value).success;
  switch (field.fieldKind) {
    case "list":
      return listRules(field, { schema, accepts });
    case "map":
      return mapRules(field, { schema, accepts });
    case "message":
      if (field.oneof !== undefined || !fieldRule.presence.required || accepts(undefined))
        return undefined;
      return { field, json: { required: true }, count: 1, outside: [() => undefined] };
    default: {
      const rules = valueRules(field, { schema, accepts });
      return rules && { ...rules, field, outside: [() => rules.outside] };
    }
  }
}

function listRules(field: DescField, { schema, accepts }: ValueSource): FieldRules | undefined {
  const { minItems, maxItems, items } = schema;
  const length = typeof minItems === "number" && minItems > 1 ? minItems : 1;
  const filled = (value: unknown): unknown[] => new Array(length).fill(value);
  const own = valueRules(field, {
    schema: Object(items),
    accepts: (value) => accepts(filled(value)),
  });
  const counts = [
    ...(typeof minItems === "number" && minItems > 0 ? [["minItems", minItems] as const] : []),
    ...(typeof maxItems === "number" ? [["maxItems", maxItems] as const] : []),
  ];
  if (own === undefined && counts.length === 0) return undefined;
  const repeated = { ...Object.fromEntries(counts), ...(own && { items: own.json }) };
  const lengths = counts.map(([name, bound]) => (value: unknown): unknown => {
    const [first] = Array.isArray(value) ? value : [];
    return name === "minItems" ? [] : new Array(bound + 1).fill(first);
  });
  return {
    field,
    json: { repeated },
    count: counts.length + (own?.count ?? 0),
    outside: [...(own ? [() => filled(own.outside)] : []), ...lengths],
  };
}

function mapRules(field: DescField, { schema, accepts }: ValueSource): FieldRules | undefined {
  const own = valueRules(field, {
    schema: Object(schema["additionalProperties"]),
    accepts: (value) => accepts({ key: value }),
  });
  return (
    own && {
      field,
      json: { map: { values: own.json } },
      count: own.count,
      outside: [() => ({ key: own.outside })],
    }
  );
}
