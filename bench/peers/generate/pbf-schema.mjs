import protobufjs from "protobufjs";
import { flat } from "./messages.mjs";

/**
 * The schema of these messages and of all they refer to, in the form that pbf compiles. Pbf's own parser
 * does not resolve names of other packages, so each type stands at the top with its whole name as its name.
 */
export function toPbfSchema(root, typeNames) {
  const schema = { syntax: 3, messages: [], enums: [] };
  const seen = new Set();
  const add = (type) => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type instanceof protobufjs.Enum) {
      const values = Object.entries(type.values).map(([name, value]) => [name, { value }]);
      schema.enums.push({ name: nameOf(type), values: Object.fromEntries(values) });
      return;
    }
    schema.messages.push({ name: nameOf(type), fields: type.fieldsArray.map(toPbfField) });
    for (const { resolvedType } of type.fieldsArray) if (resolvedType) add(resolvedType);
  };
  for (const name of typeNames) add(root.lookupType(name));
  return schema;
}

function nameOf({ fullName }) {
  return flat(fullName.slice(1));
}

function toPbfField(field) {
  const type = field.resolvedType ? nameOf(field.resolvedType) : field.type;
  const { name, id, partOf, options } = field;
  const oneof = partOf && options?.["proto3_optional"] !== true ? partOf.name : null;
  const common = { name, tag: id, oneof, repeated: field.repeated, options: {} };
  return field.map
    ? { ...common, type: "map", map: { from: field.keyType, to: type } }
    : { ...common, type };
}
