import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { isImplicit, isJsonObject, valueType } from "../limits/descriptors.js";
import { isObject, type PlainShape } from "./plain.js";

/** A type of Avro as JSON writes it, or the name of one. A list is a union. */
export type AvroType =
  | string
  | { readonly type: "record"; readonly name: string; readonly fields: AvroField[] }
  | { readonly type: "array"; readonly items: AvroType }
  | { readonly type: "map"; readonly values: AvroType };

interface AvroField {
  readonly name: string;
  readonly type: AvroType | AvroType[];
}

/** The name of the type that holds integers of 64 bits as bigint. The reader of the schema defines it. */
export const int64 = "int64";

const avroTypes: Readonly<Record<ScalarType, string>> = {
  [ScalarType.DOUBLE]: "double",
  [ScalarType.FLOAT]: "float",
  [ScalarType.INT64]: int64,
  [ScalarType.UINT64]: int64,
  [ScalarType.INT32]: "int",
  [ScalarType.FIXED64]: int64,
  // Avro's int has a sign.
  [ScalarType.FIXED32]: "long",
  [ScalarType.BOOL]: "boolean",
  [ScalarType.STRING]: "string",
  [ScalarType.BYTES]: "bytes",
  [ScalarType.UINT32]: "long",
  [ScalarType.SFIXED32]: "int",
  [ScalarType.SFIXED64]: int64,
  [ScalarType.SINT32]: "int",
  [ScalarType.SINT64]: int64,
};

/** A value of JSON. It is a record because only those can hold themselves. */
const jsonValue: AvroType = {
  type: "record",
  name: "JsonValue",
  fields: [
    {
      name: "value",
      type: [
        ...["null", "boolean", "double", "string"],
        { type: "map", values: "JsonValue" },
        { type: "array", items: "JsonValue" },
      ],
    },
  ],
};

/** The Avro schema of a message, and of all that it can hold: a record for each type of message. */
export function toAvroSchema(schema: DescMessage, seen: Set<string> = new Set()): AvroType {
  const name = schema.typeName.replaceAll(".", "_");
  if (seen.has(name)) return name;
  seen.add(name);
  const fields = schema.fields.map((field) => ({
    name: field.localName,
    type: fieldType(field, seen),
  }));
  return { type: "record", name, fields };
}

function fieldType(field: DescField, seen: Set<string>): AvroField["type"] {
  const type = elementType(field, seen);
  if (field.fieldKind === "list") return { type: "array", items: type };
  if (field.fieldKind === "map") return { type: "map", values: type };
  // Whatever can be unset is a union with null: messages, optional fields, the members of a oneof.
  return isImplicit(field) ? type : ["null", type];
}

function elementType(field: DescField, seen: Set<string>): AvroType {
  if (isJsonObject(field)) return { type: "map", values: jsonType(seen) };
  if (field.message !== undefined) return toAvroSchema(field.message, seen);
  const type = valueType(field);
  if (type === undefined) throw new Error(`Avro has no type for ${field}`);
  return avroTypes[type];
}

function jsonType(seen: Set<string>): AvroType {
  if (seen.has("JsonValue")) return "JsonValue";
  seen.add("JsonValue");
  return jsonValue;
}

/** Messages as that schema describes them. */
export const avroShape: PlainShape = {
  integer: (value) => value,
  // Avsc takes nothing else for bytes.
  bytes: (value) => Buffer.from(value),
  json: membersOf,
  absent: "null",
};

function membersOf(value: unknown): unknown {
  if (!isObject(value)) throw new Error("a Struct is no object");
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonRecord(item)]));
}

function jsonRecord(value: unknown): unknown {
  if (Array.isArray(value)) return { value: value.map(jsonRecord) };
  return { value: isObject(value) ? membersOf(value) : value };
}
