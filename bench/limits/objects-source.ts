import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { functionName, isImplicit, isJsonObject, messageTypes } from "./descriptors.js";

/** What a generated module exports that makes the objects of a message again. */
export interface ObjectsModule {
  /** Gives a message that equals another, in objects of its own, with its texts, numbers and byte arrays. */
  build(message: object): object;
}

/** Copies a plain JSON value: a copy in one step, then the objects in it. */
const runtime = `function json(x) {
  if (typeof x !== "object" || x === null) return x;
  if (Array.isArray(x)) {
    const items = x.slice();
    for (let i = 0; i < items.length; i++) {
      if (typeof items[i] === "object") items[i] = json(items[i]);
    }
    return items;
  }
  const object = { ...x };
  for (const key in object) {
    if (typeof object[key] === "object") object[key] = json(object[key]);
  }
  return object;
}
`;

/** The source text of a module that makes messages of a type: each is one object literal, where all its messages are set. */
export function objectsSource(schema: DescMessage): string {
  const functions = messageTypes(schema).flatMap((type) => [
    ...type.oneofs.map((oneof) => oneofFunction(type, oneof)),
    messageFunction(type),
    ...type.fields.flatMap(itemsFunction),
  ]);
  return `${runtime}${functions.join("")}
exports.build = ${functionName("build", schema)};
`;
}

function messageFunction(type: DescMessage): string {
  const always = type.members.filter((member) => !mayBeMissing(member)).map(property);
  const others = type.members.filter(mayBeMissing);
  const name = JSON.stringify(type.typeName);
  const literal = (more: readonly string[]): string =>
    `{ ${[`$typeName: ${name}`, ...always, ...more].join(", ")} }`;
  const isSet = ({ localName }: DescField | DescOneof): string => `m.${localName} !== undefined`;
  const whole =
    others.length === 0
      ? []
      : [`  if (${others.map(isSet).join(" && ")}) return ${literal(others.map(property))};`];
  const rest = others.map(
    (member) => `  if (${isSet(member)}) o.${member.localName} = ${memberValue(member)};`,
  );
  const lines =
    others.length === 0
      ? [`  return ${literal([])};`]
      : [...whole, `  const o = ${literal([])};`, ...rest, "  return o;"];
  return `
function ${functionName("build", type)}(m) {
${lines.join("\n")}
}
`;
}

/** True for a member that messages have no property for when nobody sets it. */
function mayBeMissing(member: DescField | DescOneof): boolean {
  if (member.kind === "oneof") return false;
  return (
    (member.fieldKind === "message" ||
      member.fieldKind === "scalar" ||
      member.fieldKind === "enum") &&
    !isImplicit(member)
  );
}

function property(member: DescField | DescOneof): string {
  return `${member.localName}: ${memberValue(member)}`;
}

/** The expression that makes the value of a member again. */
function memberValue(member: DescField | DescOneof): string {
  const value = `m.${member.localName}`;
  if (member.kind === "oneof")
    return `${functionName(`oneof_${member.localName}`, member.parent)}(${value})`;
  if (member.fieldKind === "list") {
    return member.listKind === "message" ? `${itemsName(member)}(${value})` : `${value}.slice()`;
  }
  if (member.fieldKind === "map") {
    return member.mapKind === "message" ? `${itemsName(member)}(${value})` : `{ ...${value} }`;
  }
  return buildOf(member, value);
}

/** The expression that makes one value of a field again. */
function buildOf(field: DescField, value: string): string {
  if (field.message === undefined) return value;
  return isJsonObject(field)
    ? `json(${value})`
    : `${functionName("build", field.message)}(${value})`;
}

function oneofFunction(type: DescMessage, oneof: DescOneof): string {
  const cases = oneof.fields.map(
    (field) =>
      `    case "${field.localName}":\n      return { case: "${field.localName}", value: ${buildOf(field, "x.value")} };`,
  );
  return `
function ${functionName(`oneof_${oneof.localName}`, type)}(x) {
  switch (x.case) {
${cases.join("\n")}
  }
  return { case: undefined };
}
`;
}

function itemsName(field: DescField): string {
  return functionName(`items_${field.localName}`, field.parent);
}

/** The function that makes the list or map of a field that has messages; it needs none for others. */
function itemsFunction(field: DescField): string[] {
  const { message } = field;
  if (message === undefined || (field.fieldKind !== "list" && field.fieldKind !== "map")) return [];
  const [copy, loop] =
    field.fieldKind === "list"
      ? ["x.slice()", "let i = 0; i < items.length; i++"]
      : ["{ ...x }", "const i in items"];
  return [
    `
function ${itemsName(field)}(x) {
  const items = ${copy};
  for (${loop}) items[i] = ${buildOf(field, "items[i]")};
  return items;
}
`,
  ];
}
