import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { FieldKind, FieldRule } from "../model/field-rule.js";

/**
 * Checks a message's field rules against its descriptor: every field has a rule of its type, and every
 * rule has a field. Throws a plain Error, because only an author of rules can cause it.
 */
export function assertMatches(
  schema: DescMessage,
  fieldRules: Readonly<Record<string, FieldRule>>,
): void {
  const names = new Set(Object.keys(fieldRules));
  for (const member of schema.members) {
    const fieldRule = fieldRules[member.localName];
    if (fieldRule === undefined) throw new Error(`${schema.typeName}.${member.name} has no rule`);
    names.delete(member.localName);
    const { kind } = fieldRule.parts;
    if (member.kind === "field") {
      assertSame(member, describeField(member), describeKind(kind));
      continue;
    }
    if (kind.kind !== "oneof") throw new Error(`${member.toString()} needs the rule of a oneof`);
    const inner = new Set(Object.keys(kind.members));
    for (const field of member.fields) {
      const part = kind.members[field.localName];
      if (part === undefined) throw new Error(`${field.toString()} has no rule`);
      inner.delete(field.localName);
      assertSame(field, describeField(field), describeKind(part.parts.kind));
    }
    for (const name of inner) throw new Error(`${member.toString()} has no member ${name}`);
  }
  for (const name of names) throw new Error(`${schema.typeName} has no field ${name}`);
}

/** Checks the JSON names that the compiler knows against those of the proto file. Throws a plain Error. */
export function assertNames(schema: DescMessage, renamed: Readonly<Record<string, string>>): void {
  for (const { localName, jsonName } of schema.fields) {
    const known = renamed[localName] ?? localName;
    if (known === jsonName) continue;
    throw new Error(`${schema.typeName}: ${localName} is ${jsonName} in JSON, not ${known}`);
  }
}

function assertSame(field: DescField, declared: string, ruled: string): void {
  if (declared === ruled) return;
  throw new Error(`${field.toString()} is declared ${declared}, but its rule is for ${ruled}`);
}

function describeField(field: DescField): string {
  switch (field.fieldKind) {
    case "scalar":
      return scalarName(field.scalar);
    case "enum":
      return field.enum.typeName;
    case "message":
      return field.message.typeName;
    case "list":
      return `list of ${elementName(field.scalar, field.enum ?? field.message)}`;
    case "map":
      return `map of ${elementName(field.scalar, field.enum ?? field.message)}`;
  }
}

function elementName(
  scalar: ScalarType | undefined,
  type: { readonly typeName: string } | undefined,
): string {
  return scalar === undefined ? (type?.typeName ?? "nothing") : scalarName(scalar);
}

function describeKind(kind: FieldKind): string {
  switch (kind.kind) {
    case "scalar":
      return scalarName(kind.scalar);
    case "enum":
      return kind.enum.typeName;
    case "message":
      return kind.message.typeName;
    case "oneof":
      return "a oneof";
    case "list":
    case "map":
      return `${kind.kind} of ${describeKind(kind.item)}`;
  }
}

function scalarName(scalar: ScalarType): string {
  return ScalarType[scalar].toLowerCase();
}
