import type { DescField, DescFile, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { Edition, FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { localName, messagesOf } from "./names.js";

/** Names that TypeScript takes for itself where a type stands, and that protoc-gen-es writes as they are. */
const typeNames = new Set(
  "any as await infer keyof never readonly symbol undefined unique unknown".split(" "),
);

/** Throws for a file that the plugin has no codecs for, saying what in it is the reason. */
export function refuseUnsupported(file: DescFile, target: "ts" | "js"): void {
  const syntax = otherSyntaxOf(file);
  if (syntax !== undefined) refuse(file, `is ${syntax}`);
  for (const message of messagesOf(file)) {
    for (const field of message.fields) {
      refuseForeign(file, field);
      refuseInherited(file, field);
    }
    if (target === "ts" && typeNames.has(localName(message))) {
      throw new Error(
        `${file.name}.proto: a type cannot be called ${localName(message)} in TypeScript; target=js takes ${message.typeName}`,
      );
    }
    if (target === "ts") for (const member of message.members) refuseNameless(file, member);
    refuseSameName(file, message, message.members);
    for (const oneof of message.oneofs) refuseSameName(file, message, oneof.fields);
  }
}

/** What a file is written in, unless that is proto3. */
function otherSyntaxOf(file: DescFile): string | undefined {
  if (file.edition === Edition.EDITION_PROTO3) return undefined;
  return file.edition === Edition.EDITION_PROTO2 ? "proto2" : "an edition of protobuf";
}

/** A proto3 file may import others, whose messages and enums follow other rules. */
function refuseForeign(file: DescFile, field: DescField): void {
  const type = field.message ?? field.enum;
  const syntax = type === undefined ? undefined : otherSyntaxOf(type.file);
  if (type === undefined || syntax === undefined) return;
  const name = `${field.parent.typeName}.${field.name}`;
  refuse(file, `has the field ${name}, whose type ${type.typeName} is ${syntax}`);
}

/** Where a message has no such field, m.hasOwnProperty is what it inherits. */
function refuseInherited(file: DescFile, field: DescField): void {
  const isAlwaysThere =
    field.oneof !== undefined ||
    field.fieldKind === "list" ||
    field.fieldKind === "map" ||
    field.presence === FeatureSet_FieldPresence.IMPLICIT;
  if (isAlwaysThere || !(field.localName in Object.prototype)) return;
  throw new Error(
    `${file.name}.proto: ${field.name} of ${field.parent.typeName} may be absent, but every object has ${field.localName} in JavaScript`,
  );
}

/** Protoc-gen-es takes an underscore at the beginning away, and writes what is left as it is into the types. */
function refuseNameless(file: DescFile, { localName, name, parent }: DescField | DescOneof): void {
  if (!/^(?:$|\d+\D)/.test(localName)) return;
  throw new Error(
    `${file.name}.proto: ${name} of ${parent.typeName} is ${JSON.stringify(localName)} in JavaScript, which is no name in TypeScript; target=js takes it`,
  );
}

/** foo_bar and fooBar are one name in JavaScript; protobuf-es has no answer to that either. */
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
        `${file.name}.proto: ${other} and ${name} of ${message.typeName} are both ${JSON.stringify(localName)} in JavaScript`,
      );
    }
    seen.set(localName, name);
  }
}

function refuse(file: DescFile, reason: string): never {
  throw new Error(`${file.name}.proto ${reason}; protoc-gen-es-codec supports proto3 files`);
}
