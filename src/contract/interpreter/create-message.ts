import {
  create,
  type DescField,
  type DescMessage,
  type DescOneof,
  type Message,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { maxDepth } from "../../wire/elements.js";
import { Context } from "../base/context.js";
import { expectedObject, isPlainObject } from "../base/plain-data.js";
import { guarded, refuse } from "../base/result.js";
import { noSuchProperty } from "../base/texts.js";

/**
 * `create` of protobuf-es, with documented constants. Throws ContractError `unknown_key`, `type` and
 * `input.depth` for what protobuf-es would drop or keep in the wrong shape.
 */
export function createMessage<M extends Message>(
  schema: GenMessage<M>,
  constants: Partial<M>,
  init: MessageInitShape<GenMessage<M>> | undefined,
): M {
  return guarded("create", schema.typeName, () => {
    if (init !== undefined) {
      const context = new Context();
      reportInit(schema, init, context);
      refuse("create", schema.typeName, context.issues);
    }
    const message = create(schema, init);
    for (const [property, constant] of Object.entries(constants)) {
      if (init === undefined || !(property in init)) Reflect.set(message, property, constant);
    }
    return message;
  });
}

type Member = DescField | DescOneof;
type Members = ReadonlyMap<string, Member>;

const membersByType = new WeakMap<DescMessage, Members>();

function membersOf(schema: DescMessage): Members {
  let members = membersByType.get(schema);
  if (members === undefined) {
    members = new Map(schema.members.map((member) => [member.localName, member]));
    membersByType.set(schema, members);
  }
  return members;
}

/**
 * Reports what `create` of protobuf-es would drop or keep in the wrong shape: properties that a message
 * does not have, at any depth, and values that are no message, list, map or oneof where one belongs. Paths
 * have the names of properties. Scalars are left to the rules.
 */
function reportInit(schema: DescMessage, init: unknown, context: Context): void {
  if (!isInit(schema, init)) {
    context.mismatch("type", `${expectedObject(init)} with properties of ${schema.typeName}`, init);
    return;
  }
  if (context.depth > 2 * maxDepth) {
    context.fault("input.depth", `nested more deeply than ${maxDepth} messages`);
    return;
  }
  const members = membersOf(schema);
  for (const property of Object.keys(init)) {
    if (context.full) return;
    const member = members.get(property);
    const value = init[property];
    if (member === undefined) {
      reportProperty(property, value, schema, members, context);
    } else if (
      value !== undefined &&
      (member.kind === "oneof" || member.message !== undefined || isContainer(member))
    ) {
      context.enter(property);
      if (member.kind === "oneof") reportOneof(member, value, context);
      else reportField(member, value, context);
      context.leave();
    }
  }
}

function isContainer({ fieldKind }: DescField): boolean {
  return fieldKind === "list" || fieldKind === "map";
}

/** A plain object, or a message whose prototype has its defaults (proto2 and editions). */
function isInit(schema: DescMessage, value: unknown): value is Record<string, unknown> {
  if (isPlainObject(value)) return true;
  return (
    typeof value === "object" &&
    value !== null &&
    Reflect.get(value, "$typeName") === schema.typeName
  );
}

function reportProperty(
  property: string,
  value: unknown,
  schema: DescMessage,
  members: Members,
  context: Context,
): void {
  if (property === "$unknown") return;
  if (property !== "$typeName")
    context.unknownKey("unknown_key", noSuchProperty, property, [...members.keys()]);
  else if (value !== undefined && value !== schema.typeName)
    context.mismatch("type", schema.typeName, value);
}

function reportOneof(oneof: DescOneof, value: unknown, context: Context): void {
  if (!isPlainObject(value)) {
    context.mismatch("type", expectedObject(value), value);
    return;
  }
  for (const property of Object.keys(value)) {
    if (property === "case" || property === "value") continue;
    if (context.full) return;
    context.unknownKey("unknown_key", noSuchProperty, property, ["case", "value"]);
  }
  const name = value["case"];
  if (name === undefined) return;
  const field = oneof.fields.find(({ localName }) => localName === name);
  if (field === undefined) {
    const known = oneof.fields.map(({ localName }) => localName);
    context.unknownName("type", `a member of the oneof ${oneof.localName}`, name, known);
  } else if (field.message !== undefined) {
    context.enter(field.localName);
    reportMessage(field, value["value"], context);
    context.leave();
  }
}

function reportField(field: DescField, value: unknown, context: Context): void {
  if (field.fieldKind === "list") {
    if (!Array.isArray(value)) context.mismatch("type", "an array", value);
    else if (field.listKind === "message") reportItems(field, value, context);
  } else if (field.fieldKind === "map") {
    if (!isPlainObject(value)) context.mismatch("type", expectedObject(value), value);
    else if (field.mapKind === "message") reportEntries(field, value, context);
  } else {
    reportMessage(field, value, context);
  }
}

function reportItems(field: DescField, items: readonly unknown[], context: Context): void {
  for (let index = 0; index < items.length && !context.full; index++) {
    context.enter(index);
    reportMessage(field, items[index], context);
    context.leave();
  }
}

function reportEntries(
  field: DescField,
  map: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  for (const key of Object.keys(map)) {
    if (context.full) return;
    context.enter(key);
    reportMessage(field, map[key], context);
    context.leave();
  }
}

/** A message field, an item, an entry or a member of a oneof. */
function reportMessage(field: DescField, value: unknown, context: Context): void {
  const { message } = field;
  if (message === undefined) return;
  // protobuf-es has the value of a wrapper in place of its message.
  if (field.fieldKind === "message" && field.oneof === undefined && isWrapperDesc(message)) return;
  const isJson =
    message.typeName === "google.protobuf.Struct" &&
    field.parent.typeName !== "google.protobuf.Value";
  if (!isJson) reportInit(message, value, context);
  else if (!isPlainObject(value)) context.mismatch("type", expectedObject(value), value);
}
