import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { isPlainObject } from "../../src/contract/bounds.js";
import { contracts } from "../../src/index.js";
import { recordOf } from "../../src/testing/scalars.js";

/** What a door may change in a message. */
export interface Door {
  readonly json: boolean;
  /** Opens what is packed, which has other bytes when a float in it is rounded. */
  readonly unpack: boolean;
}

/**
 * A message as it comes back from its bytes, or from its wire JSON: floats in single precision; from JSON,
 * no negative zeros, and an empty object where an unset Struct has a key that is always written.
 * Entries of maps are in the order of their keys, which means nothing.
 */
export function comingBack(schema: DescMessage, message: object, door: Door): object {
  const entries: [string, unknown][] = [["$typeName", schema.typeName]];
  for (const member of schema.members) {
    const value: unknown = Reflect.get(message, member.localName);
    if (member.kind === "field") {
      const back = value === undefined ? unset(member, door) : ofField(member, value, door);
      if (back !== undefined) entries.push([member.localName, back]);
      continue;
    }
    const chosen = isPlainObject(value)
      ? member.fields.find(({ localName }) => localName === value["case"])
      : undefined;
    const oneof =
      chosen === undefined || !isPlainObject(value)
        ? { case: undefined }
        : { case: chosen.localName, value: ofField(chosen, value["value"], door) };
    entries.push([member.localName, oneof]);
  }
  const unknown: unknown = Reflect.get(message, "$unknown");
  if (unknown !== undefined) entries.push(["$unknown", unknown]);
  const back = recordOf(entries);
  return schema.typeName === "google.protobuf.Any" && door.unpack ? unpacked(back, door) : back;
}

function unset(field: DescField, { json }: Door): unknown {
  const isStruct = field.message?.typeName === "google.protobuf.Struct";
  if (!isStruct || !json) return undefined;
  const leaf = contracts.get(field.parent.typeName)?.definition.leaves()[field.localName];
  return leaf?.presence.written === true ? {} : undefined;
}

function ofField(field: DescField, value: unknown, door: Door): unknown {
  if (field.fieldKind === "list" && Array.isArray(value)) {
    return value.map((item) => ofElement(field, item, door));
  }
  if (field.fieldKind !== "map" || !isPlainObject(value)) return ofElement(field, value, door);
  const keys = Object.keys(value).sort();
  return recordOf(keys.map((key) => [key, ofElement(field, value[key], door)]));
}

function ofElement(field: DescField, value: unknown, door: Door): unknown {
  const { message, scalar, parent } = field;
  if (message === undefined) return ofScalar(scalar, value, door);
  const isValue = parent.typeName === "google.protobuf.Value";
  if (message.typeName === "google.protobuf.Struct" && !isValue) return ofPlain(value, door);
  return isPlainObject(value) ? comingBack(message, value, door) : value;
}

function ofScalar(scalar: ScalarType | undefined, value: unknown, { json }: Door): unknown {
  if (typeof value !== "number") return value;
  const number = scalar === ScalarType.FLOAT ? Math.fround(value) : value;
  return json ? number + 0 : number;
}

function ofPlain(value: unknown, door: Door): unknown {
  if (Array.isArray(value)) return value.map((item) => ofPlain(item, door));
  if (!isPlainObject(value)) return ofScalar(undefined, value, door);
  const keys = Object.keys(value).sort();
  return recordOf(keys.map((key) => [key, ofPlain(value[key], door)]));
}

function unpacked(any: Record<string, unknown>, door: Door): object {
  const { typeUrl, value } = any;
  const contract = contracts.get(String(typeUrl).replace(/^.*\//, ""));
  if (contract === undefined || !(value instanceof Uint8Array)) return any;
  return { ...any, value: comingBack(contract.schema, contract.codec.decode(value), door) };
}
