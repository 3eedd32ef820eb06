import { type DescField, type DescMessage, isMessage, type Message } from "@bufbuild/protobuf";
import { isPlainObject } from "../base/plain-data.js";

/**
 * Whether two messages of a type have equal fields, unknown fields included. NaN equals NaN everywhere. -0
 * equals 0 except as a field of its own, because 0 is not written in binary and -0 is.
 */
export function areEqual(schema: DescMessage, a: unknown, b: unknown): boolean {
  if (!isMessage(a, schema) || !isMessage(b, schema)) return isSame(a, b);
  if (a === b) return true;
  return (
    schema.members.every((member) => {
      const one = ownValue(a, member.localName);
      const other = ownValue(b, member.localName);
      return member.kind === "oneof"
        ? areEqualOneofs(member.fields, one, other)
        : areEqualFields(member, one, other);
    }) && areEqualUnknown(a, b)
  );
}

/** The value of an own property: a prototype has only defaults. */
function ownValue(message: object, property: string): unknown {
  return Object.hasOwn(message, property) ? Reflect.get(message, property) : undefined;
}

function areEqualFields(field: DescField, a: unknown, b: unknown): boolean {
  if (field.fieldKind === "list") {
    return areEqualLists(a, b, (one, other) => areEqualItems(field, one, other));
  }
  if (field.fieldKind === "map") {
    return areEqualObjects(a, b, (one, other) => areEqualItems(field, one, other));
  }
  return typeof a === "number" ? Object.is(a, b) : areEqualItems(field, a, b);
}

function areEqualOneofs(fields: readonly DescField[], a: unknown, b: unknown): boolean {
  if (!isPlainObject(a) || !isPlainObject(b)) return isSame(a, b);
  if (a["case"] !== b["case"]) return false;
  const field = fields.find(({ localName }) => localName === a["case"]);
  return field === undefined || areEqualFields(field, a["value"], b["value"]);
}

/** A value of its own, an item, or an entry. */
function areEqualItems({ message }: DescField, a: unknown, b: unknown): boolean {
  if (message !== undefined && isMessage(a, message)) return areEqual(message, a, b);
  return isSame(a, b);
}

/** Scalars, bytes and the plain JSON of a google.protobuf.Struct. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((byte, index) => byte === b[index]);
  }
  return Array.isArray(a) ? areEqualLists(a, b, isSame) : areEqualObjects(a, b, isSame);
}

type Equal = (a: unknown, b: unknown) => boolean;

function areEqualLists(a: unknown, b: unknown, equal: Equal): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  if (a.length !== b.length) return false;
  // Not `every`, which passes over holes.
  for (let index = 0; index < a.length; index++) if (!equal(a[index], b[index])) return false;
  return true;
}

function areEqualObjects(a: unknown, b: unknown, equal: Equal): boolean {
  if (!isPlainObject(a) || !isPlainObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  );
}

/** Unknown fields, in their order. */
function areEqualUnknown({ $unknown: a = [] }: Message, { $unknown: b = [] }: Message): boolean {
  return areEqualLists(a, b, (one, other) => areEqualObjects(one, other, isSame));
}
