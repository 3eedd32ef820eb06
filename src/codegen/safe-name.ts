import { type DescField, type DescFile, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { partsOf } from "./binary/fields.js";

/** What generated code declares for a message. */
type MessageRole = "fields" | "create" | "step" | "read" | "write" | "Codec";
/** What generated code declares for a field. */
type FieldRole = "text" | "keys" | "put" | "readAll" | "readEntry";

/**
 * The identifier of a declaration for a message. It is never a reserved word, a parameter or a variable of
 * generated code, because it has an underscore or ends with "Codec". No other declaration of the file has it.
 */
export function nameOf(role: MessageRole, message: DescMessage): string {
  return withRole(role, localName(message));
}

/** The identifier of a declaration for a field, with the promises of {@link nameOf}. */
export function fieldNameOf(role: FieldRole, { parent, localName: name }: DescField): string {
  return withFieldRole(role, localName(parent), name);
}

/** The identifier of the function that writes one part of a large message, with the promises of {@link nameOf}. */
export function partNameOf(index: number, message: DescMessage): string {
  return withPart(index, localName(message));
}

function withRole(role: MessageRole, name: string): string {
  return role === "Codec" ? `${name}Codec` : `${role}_${name}`;
}

function withFieldRole(role: FieldRole, name: string, field: string): string {
  return `${role}_${name}_${field}`;
}

function withPart(index: number, name: string): string {
  return `writePart${index}_${name}`;
}

const namesOfFiles = new WeakMap<DescFile, ReadonlyMap<DescMessage, string>>();

/**
 * The name of a message in generated code: the names of its enclosing messages and its own, joined by
 * underscores as in protobuf-es. If two messages of a file would declare the same name (A.B and A_B), the
 * later one gets a dollar sign, which names in .proto files cannot contain.
 */
function localName(message: DescMessage): string {
  let names = namesOfFiles.get(message.file);
  if (names === undefined) {
    names = nameMessages(message.file);
    namesOfFiles.set(message.file, names);
  }
  return names.get(message) ?? plainName(message);
}

function nameMessages(file: DescFile): ReadonlyMap<DescMessage, string> {
  const names = new Map<DescMessage, string>();
  const taken = new Set<string>();
  for (const message of messagesOf(file)) {
    const plain = plainName(message);
    let name = plain;
    for (let salt = 0; declared(name, message).some((one) => taken.has(one)); salt++) {
      name = salt === 0 ? `${plain}$` : `${plain}$${salt}`;
    }
    for (const one of declared(name, message)) taken.add(one);
    names.set(message, name);
  }
  return names;
}

function plainName(message: DescMessage): string {
  const { parent } = message;
  return parent === undefined ? message.name : `${plainName(parent)}_${message.name}`;
}

const messageRoles: readonly MessageRole[] = ["fields", "create", "step", "read", "write", "Codec"];
const mapRoles: readonly FieldRole[] = ["keys", "put", "readAll", "readEntry"];

/** All names that a generated file declares for a message of this name. */
function declared(name: string, message: DescMessage): string[] {
  const maps = message.fields.filter(({ fieldKind }) => fieldKind === "map");
  const texts = message.fields.filter(isText);
  const parts = partsOf(message);
  return [
    ...messageRoles.map((role) => withRole(role, name)),
    ...texts.map((field) => withFieldRole("text", name, field.localName)),
    ...maps.flatMap((field) => mapRoles.map((role) => withFieldRole(role, name, field.localName))),
    ...(parts.length > 1 ? parts.map((_, index) => withPart(index, name)) : []),
  ];
}

/** Whether a field is a single string. Such a field has a cache of its last text. */
export function isText(field: DescField): boolean {
  return field.fieldKind === "scalar" && field.scalar === ScalarType.STRING;
}

/** All messages of a file; nested ones come after their enclosing message. */
export function messagesOf({
  messages,
}: {
  readonly messages: readonly DescMessage[];
}): DescMessage[] {
  return messages.flatMap((message) => [
    message,
    ...messagesOf({ messages: message.nestedMessages }),
  ]);
}

/** A message's full name as part of an identifier. It is unique because names in .proto files have no dollar sign. */
export function fullNameOf(message: DescMessage): string {
  return message.typeName.replaceAll(".", "$");
}

/** A text as a string literal, without the percent sign that printing replaces and without line ends of any kind. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[%\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A property name in an object literal. */
export function key(name: string): string {
  return isIdentifier(name) ? name : literal(name);
}

/** The expression for a property of the message `m`. */
export function property(name: string): string {
  return isIdentifier(name) ? `m.${name}` : `m[${literal(name)}]`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** The path of the codecs of a file, without its extension. */
export function codecFile(file: DescFile): string {
  return `${file.name}_codec`;
}
