import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import { functionName, isJsonObject, messageTypes, valueType } from "./descriptors.js";

/** What a generated module exports that reads messages. */
export interface ReaderModule {
  /** Reads every field of a message once and gives a sum of them. */
  read(message: object): number;
}

/** Reads a plain JSON value. */
const runtime = `function json(x) {
  switch (typeof x) {
    case "number":
      return x;
    case "string":
      return x.length;
    case "boolean":
      return x ? 1 : 0;
  }
  if (x === null) return 0;
  let s = 0;
  if (Array.isArray(x)) {
    s += x.length;
    for (let i = 0; i < x.length; i++) s += json(x[i]);
    return s;
  }
  for (const key in x) {
    s += key.length;
    s += json(x[key]);
  }
  return s;
}
`;

/**
 * The source text of a module that reads messages of a type. Its sum has the numbers, the lengths of
 * texts, byte arrays, lists and keys, and one for each thing that is true or a 64-bit integer other than 0.
 */
export function readerSource(schema: DescMessage): string {
  const functions = messageTypes(schema).map(
    (type) => `
function ${functionName("read", type)}(m) {
  let s = 0;
${type.members
  .flatMap(readMember)
  .map((line) => `  ${line}`)
  .join("\n")}
  return s;
}
`,
  );
  return `${runtime}${functions.join("")}
exports.read = ${functionName("read", schema)};
`;
}

function readMember(member: DescField | DescOneof): string[] {
  const item = `m.${member.localName}`;
  if (member.kind === "oneof") {
    const cases = member.fields.flatMap((field) => [
      `  case "${field.localName}":`,
      `    s += ${fieldValue(field, `${item}.value`)};`,
      "    break;",
    ]);
    return [`switch (${item}.case) {`, ...cases, "}"];
  }
  switch (member.fieldKind) {
    case "list":
      return [
        `s += ${item}.length;`,
        `for (let i = 0; i < ${item}.length; i++) s += ${fieldValue(member, `${item}[i]`)};`,
      ];
    case "map":
      return [
        `for (const key in ${item}) {`,
        "  s += key.length;",
        `  s += ${fieldValue(member, `${item}[key]`)};`,
        "}",
      ];
    default:
      return [`if (${item} !== undefined) s += ${fieldValue(member, item)};`];
  }
}

/** The expression that reads one value of a field. */
function fieldValue(field: DescField, item: string): string {
  if (field.message !== undefined) {
    return isJsonObject(field)
      ? `json(${item})`
      : `${functionName("read", field.message)}(${item})`;
  }
  switch (valueType(field)) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return `${item}.length`;
    case ScalarType.BOOL:
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return `(${item} ? 1 : 0)`;
    default:
      return item;
  }
}
