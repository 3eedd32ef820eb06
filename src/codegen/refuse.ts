import type { DescEnum, DescField, DescFile, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { Edition, FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { messagesOf } from "./safe-name.js";

type Target = "ts" | "js" | "dts";

/** Names that TypeScript reserves for types, and that protoc-gen-es does not escape. */
const typeNames = new Set(
  "any await infer keyof never readonly symbol undefined unique unknown".split(" "),
);
/** Names that strict JavaScript reserves for values, and that protoc-gen-es does not escape. */
const valueNames = new Set("arguments await eval".split(" "));

/** Throws for a file for which the plugin cannot generate codecs. The error names the reason. */
export function refuseUnsupported(file: DescFile, target: Target): void {
  const syntax = otherSyntaxOf(file);
  if (syntax !== undefined) refuse(file, `is ${syntax}`);
  for (const type of [...file.messages, ...file.enums]) refuseReserved(file, type, target);
  for (const message of messagesOf(file)) {
    for (const field of message.fields) {
      refuseForeign(file, field);
      refuseInherited(file, field);
    }
    if (target === "ts") for (const member of message.members) refuseNameless(file, member);
    refuseSameName(file, message, message.members);
    for (const oneof of message.oneofs) refuseSameName(file, message, oneof.fields);
  }
}

/** The syntax of a file, or undefined for proto3. */
function otherSyntaxOf(file: DescFile): string | undefined {
  if (file.edition === Edition.EDITION_PROTO3) return undefined;
  return file.edition === Edition.EDITION_PROTO2 ? "proto2" : "an edition of protobuf";
}

/** Throws for a type that protoc-gen-es would declare under a reserved name. A nested type has a longer name. */
function refuseReserved(file: DescFile, type: DescMessage | DescEnum, target: Target): void {
  const { kind, name } = type;
  const isValue = kind === "enum" && valueNames.has(name);
  // TypeScript reads `export type as` as the export of a type without braces.
  const isType = typeNames.has(name) || (kind === "message" && name === "as");
  if (!isValue && (target === "js" || !isType)) return;
  const declaration = kind === "enum" ? "enum" : "type";
  const language = isValue ? "JavaScript reserves" : "TypeScript reserves; use target=js";
  throw new Error(
    `${file.proto.name}: ${type.typeName} would be the ${declaration} ${name}, a name that ${language}`,
  );
}

/** Throws for a field whose type is in a file that is not proto3: other rules apply to its messages and enums. */
function refuseForeign(file: DescFile, field: DescField): void {
  const type = field.message ?? field.enum;
  const syntax = type === undefined ? undefined : otherSyntaxOf(type.file);
  if (type === undefined || syntax === undefined) return;
  const name = `${field.parent.typeName}.${field.name}`;
  refuse(file, `has the field ${name}, whose type ${type.typeName} is ${syntax}`);
}

/** Throws for an optional field like `hasOwnProperty`: if it is unset, the message has the inherited property of that name. */
function refuseInherited(file: DescFile, field: DescField): void {
  const isAlwaysSet =
    field.oneof !== undefined ||
    field.fieldKind === "list" ||
    field.fieldKind === "map" ||
    field.presence === FeatureSet_FieldPresence.IMPLICIT;
  if (isAlwaysSet || !(field.localName in Object.prototype)) return;
  throw new Error(
    `${file.proto.name}: ${field.name} of ${field.parent.typeName} is optional, but every JavaScript object has ${field.localName}`,
  );
}

/** Throws for a field like `_1a`: protoc-gen-es removes the leading underscore, and the rest is not a valid TypeScript property name. */
function refuseNameless(file: DescFile, { localName, name, parent }: DescField | DescOneof): void {
  if (!/^(?:$|\d+\D)/.test(localName)) return;
  throw new Error(
    `${file.proto.name}: ${name} of ${parent.typeName} is ${JSON.stringify(localName)} in JavaScript, which is not a valid name in TypeScript; use target=js`,
  );
}

/** Throws for two members with the same JavaScript name, e.g. foo_bar and fooBar. protobuf-es does not support them either. */
function refuseSameName(
  file: DescFile,
  message: DescMessage,
  members: readonly (DescField | DescOneof)[],
): void {
  const seen = new Map<string, string>();
  for (const { localName, name } of members) {
    const other = seen.get(localName);
    if (other !== undefined) {
      throw new Error(
        `${file.proto.name}: ${other} and ${name} of ${message.typeName} are both ${JSON.stringify(localName)} in JavaScript`,
      );
    }
    seen.set(localName, name);
  }
}

function refuse(file: DescFile, reason: string): never {
  throw new Error(`${file.proto.name} ${reason}; protoc-gen-es-codec supports proto3 files`);
}
