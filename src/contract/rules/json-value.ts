import { isMessage, type JsonValue } from "@bufbuild/protobuf";
import { NullValue, type Value, ValueSchema } from "@bufbuild/protobuf/wkt";
import { setEntry } from "../../wire/map.js";

/**
 * The JSON of a google.protobuf.Value, whose numbers and texts need not be valid in JSON. One without a kind
 * is null: other implementations send it after merely reading an entry that is missing. Returns undefined for
 * what is no Value, anywhere inside.
 */
export function jsonOfValue(value: unknown): JsonValue | undefined {
  if (!isMessage(value, ValueSchema)) return undefined;
  const { kind } = value;
  switch (kind.case) {
    case undefined:
      return null;
    case "nullValue":
      // JSON has only one null, so another number would be read back as 0.
      return kind.value === NullValue.NULL_VALUE ? null : undefined;
    case "numberValue":
      return typeof kind.value === "number" ? kind.value : undefined;
    case "stringValue":
      return typeof kind.value === "string" ? kind.value : undefined;
    case "boolValue":
      return typeof kind.value === "boolean" ? kind.value : undefined;
    case "listValue":
      return jsonOfList(kind.value.values);
    case "structValue":
      return jsonOfFields(kind.value.fields);
    default:
      return undefined;
  }
}

function jsonOfList(values: readonly Value[]): JsonValue[] | undefined {
  const list: JsonValue[] = [];
  for (const value of values) {
    const json = jsonOfValue(value);
    if (json === undefined) return undefined;
    list.push(json);
  }
  return list;
}

function jsonOfFields(
  fields: Readonly<Record<string, Value>>,
): { [key: string]: JsonValue } | undefined {
  const object: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(fields)) {
    const json = jsonOfValue(fields[key]);
    if (json === undefined) return undefined;
    setEntry(object, key, json);
  }
  return object;
}
