import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { contracts } from "../../../src/all.js";
import { isPlainObject } from "../../../src/contract/base/plain-data.js";

import { recordOf } from "../../../src/testing/scalars.js";

/** How a method may change a message. */
export interface Method {
  readonly json: boolean;
  /** Decodes packed Any messages: their bytes differ if a float in them is rounded. */
  readonly unpack: boolean;
}

/**
 * The expected message after a round trip through bytes or wire JSON: floats in single precision; for JSON,
 * no negative zeros, and an empty object for an unset Struct whose key is always written. Map entries are
 * sorted by key, because their order has no meaning.
 */
export function comingBack(schema: DescMessage, message: object, method: Method): object {
  const entries: [string, unknown][] = [["$typeName", schema.typeName]];
  for (const member of schema.members) {
    const value: unknown = Reflect.get(message, member.localName);
    if (member.kind === "field") {
      const back = value === undefined ? unset(member, method) : ofField(member, value, method);
      if (back !== undefined) entries.push([member.localName, back]);
      continue;
    }
    const chosen = isPlainObject(value)
      ? member.fields.find(({ localName }) => localName === value["case"])
      : undefined;
    const oneof =
      chosen === undefined || !isPlainObject(value)
        ? unsetOneof(schema, method)
        : { case: chosen.localName, value: ofField(chosen, value["value"], method) };
    entries.push([member.localName, oneof]);
  }
  const unknown: unknown = Reflect.get(message, "$unknown");
  if (unknown !== undefined) entries.push(["$unknown", unknown]);
  const back = recordOf(entries);
  return schema.typeName === "google.protobuf.Any" && method.unpack ? unpacked(back, method) : back;
}

/** JSON has no Value without a kind; it is written as null. */
function unsetOneof({ typeName }: DescMessage, { json }: Method): object {
  const isNull = json && typeName === "google.protobuf.Value";
  return isNull ? { case: "nullValue", value: 0 } : { case: undefined };
}

function unset(field: DescField, { json }: Method): unknown {
  const isStruct = field.message?.typeName === "google.protobuf.Struct";
  if (!isStruct || !json) return undefined;
  const fieldRule = contracts.get(field.parent.typeName)?.definition.fieldRules()[field.localName];
  return fieldRule?.presence.written === true ? {} : undefined;
}

function ofField(field: DescField, value: unknown, method: Method): unknown {
  if (field.fieldKind === "list" && Array.isArray(value)) {
    return value.map((item) => ofElement(field, item, method));
  }
  if (field.fieldKind !== "map" || !isPlainObject(value)) return ofElement(field, value, method);
  const keys = Object.keys(value).sort();
  return recordOf(keys.map((key) => [key, ofElement(field, value[key], method)]));
}

function ofElement(field: DescField, value: unknown, method: Method): unknown {
  const { message, scalar, parent } = field;
  if (message === undefined) return ofScalar(scalar, value, method);
  const isValue = parent.typeName === "google.protobuf.Value";
  if (message.typeName === "google.protobuf.Struct" && !isValue) return ofPlain(value, method);
  return isPlainObject(value) ? comingBack(message, value, method) : value;
}

function ofScalar(scalar: ScalarType | undefined, value: unknown, { json }: Method): unknown {
  if (typeof value !== "number") return value;
  const number = scalar === ScalarType.FLOAT ? Math.fround(value) : value;
  return json ? number + 0 : number;
}

function ofPlain(value: unknown, method: Method): unknown {
  if (Array.isArray(value)) return value.map((item) => ofPlain(item, method));
  if (!isPlainObject(value)) return ofScalar(undefined, value, method);
  const keys = Object.keys(value).sort();
  return recordOf(keys.map((key) => [key, ofPlain(value[key], method)]));
}

function unpacked(any: Record<string, unknown>, method: Method): object {
  const { typeUrl, value } = any;
  const contract = contracts.get(String(typeUrl).replace(/^.*\//, ""));
  if (contract === undefined || !(value instanceof Uint8Array)) return any;
  return { ...any, value: comingBack(contract.schema, contract.codec.decode(value), method) };
}
