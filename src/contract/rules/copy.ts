import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { maxDepth } from "../../wire/elements.js";
import { type Context, maxIssues } from "../base/context.js";
import { isPlainObject } from "../base/plain-data.js";
import { unsafeCast } from "../base/unsafe-cast.js";
import type { FieldKind, FieldRuleParts } from "../model/field-rule.js";

/**
 * Looks over a value before its rules do. Reports what a rule would visit in vain: a message of
 * another type, and what is nested too deeply. Plain data is returned as it is. If `context.copies`, the
 * result is a copy for which each property was read once, so that a Proxy or a list with an iterator of its
 * own cannot give another value to the writer than to the rules; if not, `context.isDoubtful` says whether
 * a copy is needed. A value of a wrong type is left to its rule. Bytes are not copied.
 */
export type Copy = (value: unknown, context: Context) => unknown;

/** How a part of a message is copied; undefined for scalars. */
export function copyOf({ copy, kind }: FieldRuleParts): Copy | undefined {
  return copy ?? copyOfKind(kind);
}

function copyOfKind(kind: FieldKind): Copy | undefined {
  switch (kind.kind) {
    case "list": {
      const item = copyOfKind(kind.item);
      return (list, context) => copyList(list, item, context);
    }
    case "map": {
      const item = copyOfKind(kind.item);
      return (map, context) => copyMap(map, item, context);
    }
    case "message":
      return copyOfType(kind.message);
    case "scalar":
    case "enum":
    case "oneof":
      return undefined;
  }
}

function copyOfType(schema: DescMessage): Copy {
  if (schema.typeName === "google.protobuf.Struct") return copyStruct;
  // Scalars are copied with the message. A message of scalars, such as a Timestamp, needs no more.
  const isScalar = schema.fields.every(({ fieldKind }) => /scalar|enum/.test(fieldKind));
  return isScalar
    ? (message, context) => copyMessage(message, schema, context, () => {})
    : (message, context) => copyByDescriptor(message, schema, context);
}

/** A message without field rules of its own, such as google.protobuf.Value. */
function copyByDescriptor(message: unknown, schema: DescMessage, context: Context): unknown {
  return copyMessage(message, schema, context, (copy) => {
    for (const member of schema.members) {
      const value = copy[member.localName];
      if (typeof value !== "object" || value === null) continue;
      const copied =
        member.kind === "oneof"
          ? copyOneof(value, (name) => copyOfMember(member, name), context)
          : (copyOfField(member)?.(value, context) ?? value);
      if (context.copies) copy[member.localName] = copied;
    }
  });
}

function copyOfMember({ fields }: DescOneof, name: unknown): Copy | undefined {
  const field = fields.find(({ localName }) => localName === name);
  return field && copyOfField(field);
}

function copyOfField(field: DescField): Copy | undefined {
  const { message } = field;
  // protobuf-es has a Struct as plain JSON except in a Value.
  const item: Copy | undefined =
    message === undefined || field.parent.typeName !== "google.protobuf.Value"
      ? message && copyOfType(message)
      : (value, context) => copyByDescriptor(value, message, context);
  if (field.fieldKind === "list") return (list, context) => copyList(list, item, context);
  if (field.fieldKind === "map") return (map, context) => copyMap(map, item, context);
  return item;
}

/**
 * Copies the properties of a message, which `copyParts` then replaces with copies. Reports a message of
 * another type, of a class, or nested too deeply.
 */
export function copyMessage(
  message: unknown,
  { typeName }: DescMessage,
  context: Context,
  copyParts: (copy: Record<string, unknown>) => void,
): unknown {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return message;
  const properties = unsafeCast<Record<string, unknown>>(message);
  const name = properties["$typeName"];
  if (name !== typeName) {
    context.mismatch("type", typeName, typeof name === "string" ? name : message);
  } else if (context.copies && !isPlainObject(message)) {
    context.mismatch("type", "a plain object", message);
  } else if (context.messages >= maxDepth) {
    context.fault("input.depth", `nested more deeply than ${maxDepth} messages`);
  } else {
    if (isProxy(message)) context.isDoubtful = true;
    const copy = context.copies ? copyProperties(properties) : properties;
    context.messages++;
    copyParts(copy);
    context.messages--;
    return copy;
  }
  return message;
}

function copyProperties(message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...message };
  const unknown = copy["$unknown"];
  if (Array.isArray(unknown)) copy["$unknown"] = Array.from(unknown, copyUnknown);
  return copy;
}

function copyUnknown(field: unknown): unknown {
  if (!isPlainObject(field)) return field;
  const { no, wireType, data } = field;
  return { no, wireType, data };
}

/** Copies a oneof; `copyMember` gives the way to copy the value of a case. */
export function copyOneof(
  oneof: unknown,
  copyMember: (name: unknown) => Copy | undefined,
  context: Context,
): unknown {
  if (!isPlainObject(oneof)) return oneof;
  if (isProxy(oneof)) context.isDoubtful = true;
  const { case: name, value } = oneof;
  const isScalar = typeof value !== "object" || value === null;
  const copied = isScalar ? value : (copyMember(name)?.(value, context) ?? value);
  return context.copies ? { case: name, value: copied } : oneof;
}

/** Node knows a Proxy from a plain object; elsewhere none is found. Looked up at run time: an import would break browser bundles. */
const isProxy: (value: unknown) => boolean = findIsProxy() ?? (() => false);

function findIsProxy(): ((value: unknown) => boolean) | undefined {
  return globalThis.process?.getBuiltinModule?.("node:util")?.types?.isProxy;
}

/** Copies a list; one that is longer than `max` is left to its rule. */
export function copyList(
  list: unknown,
  copyItem: Copy | undefined,
  context: Context,
  max = Number.POSITIVE_INFINITY,
): unknown {
  if (!Array.isArray(list) || list.length > max) return list;
  if (isUnusual(list)) context.isDoubtful = true;
  const copy = context.copies ? copyItems(list) : list;
  if (copyItem === undefined) return copy;
  for (let index = 0; index < copy.length && !context.full; index++) {
    const item = copy[index];
    if (typeof item !== "object" || item === null) continue;
    context.enter(index);
    const copied = copyItem(item, context);
    if (context.copies) copy[index] = copied;
    context.leave();
  }
  return copy;
}

/** Up to this length a list is copied by the engine, holes included. */
const longestSlice = 1_000;

const arrayIterator = Array.prototype[Symbol.iterator];

/** Whether a list is a Proxy, of a class of its own, or has another iterator. */
function isUnusual(list: readonly unknown[]): boolean {
  return list.constructor !== Array || list[Symbol.iterator] !== arrayIterator || isProxy(list);
}

function copyItems(list: readonly unknown[]): unknown[] {
  if (list.length <= longestSlice && !isUnusual(list)) return list.slice();
  const copy: unknown[] = [];
  let missing = 0;
  // Every rule refuses an item that is undefined, and a list of holes may be endless.
  for (let index = 0; index < list.length && missing < maxIssues; index++) {
    const item = list[index];
    copy.push(item);
    if (item === undefined) missing++;
  }
  return copy;
}

/** Copies a map. `__proto__` is an ordinary key. */
export function copyMap(map: unknown, copyItem: Copy | undefined, context: Context): unknown {
  if (isProxy(map)) context.isDoubtful = true;
  // A map of scalars that nothing copies has nothing to look over.
  if ((copyItem === undefined && !context.copies) || !isPlainObject(map)) return map;
  const copy: Record<string, unknown> = context.copies ? { ...map } : map;
  if (copyItem === undefined) return copy;
  for (const key of Object.keys(copy)) {
    if (context.full) break;
    context.enter(key);
    const copied = copyItem(copy[key], context);
    if (context.copies) copy[key] = copied;
    context.leave();
  }
  return copy;
}

/** Looks over the plain JSON of a google.protobuf.Struct, whose depth is known only after a visit. */
function copyStruct(value: unknown, context: Context): unknown {
  if (isTooDeep(value, context.messages + 1)) {
    context.fault("input.depth", `nested more deeply than ${maxDepth} messages`);
    return value;
  }
  return context.copies ? copyPlain(value) : value;
}

/** In binary an object or list is a message, and each value in it is one more. */
function isTooDeep(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (isItemTooDeep(value[index], depth)) return true;
    }
  } else if (isPlainObject(value)) {
    for (const key in value) if (isItemTooDeep(value[key], depth)) return true;
  }
  return false;
}

function isItemTooDeep(value: unknown, depth: number): boolean {
  if (depth >= maxDepth) return true;
  return typeof value === "object" && value !== null && isTooDeep(value, depth + 2);
}

function copyPlain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, at) => copyPlain(value[at]));
  }
  if (!isPlainObject(value)) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) copy[key] = copyPlain(copy[key]);
  return copy;
}
