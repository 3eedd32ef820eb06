import { ScalarType } from "@bufbuild/protobuf";

/** The files that define these messages and all that their fields refer to. */
export function filesOf(roots) {
  const found = new Set(roots.map(({ file }) => file));
  // A set also visits what is added to it on the way.
  for (const file of found) for (const other of importsOf(file)) found.add(other);
  return [...found];
}

/**
 * A proto file with the same messages on the wire, in words that a compiler of 2017 knows: without
 * options and comments, and with an optional field in a oneof of its own, which is what it is.
 */
export function toProtoText(file) {
  const imports = importsOf(file).map(({ name }) => `import "${name}.proto";\n`);
  const types = [...file.messages.map(messageText), ...file.enums.map(enumText)];
  return `syntax = "proto3";\npackage ${file.proto.package};\n${imports.join("")}${types.join("")}`;
}

function importsOf(file) {
  const used = new Set(
    file.messages
      .flatMap(fieldsOf)
      .flatMap(typesOf)
      .map((type) => type.file),
  );
  used.delete(file);
  return [...used];
}

function fieldsOf(message) {
  return [...message.fields, ...message.nestedMessages.flatMap(fieldsOf)];
}

function typesOf({ message, enum: enumeration }) {
  return [message, enumeration].filter((type) => type !== undefined);
}

function messageText(message) {
  const parts = [
    ...message.nestedMessages.map(messageText),
    ...message.nestedEnums.map(enumText),
    ...message.members.map(memberText),
  ];
  return `message ${message.name} {\n${parts.join("")}}\n`;
}

function memberText(member) {
  if (member.kind === "oneof") return oneofText(member.name, member.fields);
  return member.proto.proto3Optional ? oneofText(`_${member.name}`, [member]) : fieldText(member);
}

function oneofText(name, fields) {
  return `oneof ${name} {\n${fields.map(fieldText).join("")}}\n`;
}

function fieldText(field) {
  const { name, number, fieldKind, mapKey } = field;
  const element = elementType(field);
  const key = mapKey === undefined ? "" : ScalarType[mapKey].toLowerCase();
  const type =
    { map: `map<${key}, ${element}>`, list: `repeated ${element}` }[fieldKind] ?? element;
  return `${type} ${name} = ${number};\n`;
}

function elementType({ scalar, message, enum: enumeration }) {
  const type = message ?? enumeration;
  return type === undefined ? ScalarType[scalar].toLowerCase() : `.${type.typeName}`;
}

function enumText({ name, values }) {
  const lines = values.map((value) => `${value.name} = ${value.number};\n`);
  return `enum ${name} {\n${lines.join("")}}\n`;
}
