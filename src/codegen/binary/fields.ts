import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { asText, enumCode, type ScalarCode, scalarCode } from "./scalars.js";

/** The kind of a value in protobuf-es: a scalar or enum, a message, a plain JSON object (Struct), or the scalar of a wrapper type. */
export type Element =
  | { readonly kind: "scalar"; readonly code: ScalarCode }
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "json"; readonly message: DescMessage }
  | { readonly kind: "wrapper"; readonly message: DescMessage };

const wrappers = new Set(
  ["Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes"].map(
    (name) => `google.protobuf.${name}Value`,
  ),
);

/** How protobuf-es represents a field's value, list item or map value. */
export function elementOf(field: DescField): Element {
  if (field.message === undefined) {
    const code = field.scalar === undefined ? enumCode : scalarCode[field.scalar];
    const isText = "longAsString" in field && field.longAsString;
    return { kind: "scalar", code: isText ? asText(code) : code };
  }
  const { message } = field;
  if (message.typeName === "google.protobuf.Struct" && !isValue(field.parent)) {
    return { kind: "json", message };
  }
  const single = field.fieldKind === "message" && field.oneof === undefined;
  if (single && wrappers.has(message.typeName)) return { kind: "wrapper", message };
  return { kind: "message", message };
}

function isValue(message: DescMessage): boolean {
  return message.typeName === "google.protobuf.Value";
}

/** The wire type of a single value of an element. */
export function wireTypeOf(element: Element): number {
  return element.kind === "scalar" ? element.code.wireType : 2;
}

/** The tag of a field number and wire type. */
export function tagOf(field: number, wireType: number): number {
  return ((field << 3) | wireType) >>> 0;
}

/** The size of a tag, in bytes. */
export function tagSize(tag: number): number {
  if (tag < 0x80) return 1;
  if (tag < 0x4000) return 2;
  if (tag < 0x200000) return 3;
  return tag < 0x10000000 ? 4 : 5;
}

/** Statements that write a tag at `p` and advance `p`. */
export function writeTag(tag: number): string {
  let rest = tag;
  let statements = "";
  while (rest > 0x7f) {
    statements += `b[p++] = ${(rest & 0x7f) | 0x80}; `;
    rest >>>= 7;
  }
  return `${statements}b[p++] = ${rest};`;
}

/** A message with more fields is written by several functions: TypeScript cannot analyse longer ones. */
const maxFields = 200;

/** The fields of a message in the order of their numbers, in parts of which each is written by one function. */
export function partsOf(message: DescMessage): readonly (readonly DescField[])[] {
  const fields = [...message.fields].sort((one, other) => one.number - other.number);
  const parts: (readonly DescField[])[] = [];
  for (let from = 0; from === 0 || from < fields.length; from += maxFields) {
    parts.push(fields.slice(from, from + maxFields));
  }
  return parts;
}
