import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { GameStateEvent_JokerSchema } from "../../../gen/jimbot/events/v1/game_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { setEntry } from "../../wire/map.js";
import type { RepairContext } from "./repairs.js";
import { type Repaired, repairScalar } from "./scalars.js";
import { shapes } from "./shapes.js";

/** An object of the mod's JSON as the message takes it; `rest` has the keys that the message has not. */
export function repairMessage(
  schema: DescMessage,
  json: unknown,
  context: RepairContext,
): Repaired {
  if (!isPlainObject(json)) return { value: json };
  const value: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(json)) {
    const field = schema.fields.find(({ name }) => name === key);
    if (field === undefined) {
      if (json[key] !== undefined) setEntry(rest, key, json[key]);
      continue;
    }
    context.enter(key);
    const repairs = repairField(field, json[key], context);
    context.leave();
    value[key] = repairs.value;
    if (repairs.rest !== undefined) rest[key] = repairs.rest;
  }
  if (schema.typeName === GameStateEvent_JokerSchema.typeName) nameJoker(value, rest, context);
  return withRest(value, rest);
}

/** The game's identity of a joker has its place among the joker's properties. */
function nameJoker(
  joker: Record<string, unknown>,
  rest: Record<string, unknown>,
  context: RepairContext,
): void {
  const { id } = rest;
  const properties = joker["properties"] ?? {};
  if (typeof id !== "string" && typeof id !== "number") return;
  if (!isPlainObject(properties) || Object.hasOwn(properties, "id")) return;
  context.enter("id");
  context.repaired("reshaped", "kept among the properties");
  context.leave();
  joker["properties"] = { ...properties, id: String(id) };
  delete rest["id"];
}

/** A value of the mod's JSON as the field takes it. */
function repairField(field: DescField, json: unknown, context: RepairContext): Repaired {
  const plain = (value: unknown): Repaired => repairPlain(field, value, context);
  const shape = shapes.get(`${field.parent.typeName}.${field.name}`);
  return shape === undefined || !isPlainObject(json) || isEmpty(json)
    ? plain(json)
    : shape(json, plain, context);
}

function repairPlain(field: DescField, json: unknown, context: RepairContext): Repaired {
  switch (field.fieldKind) {
    case "list":
      return repairList(json, context, (item) => repairItem(field, item, context));
    case "map":
      return repairMap(json, context, (item) => repairItem(field, item, context));
    default:
      return repairItem(field, json, context);
  }
}

function repairItem(field: DescField, json: unknown, context: RepairContext): Repaired {
  if (field.message !== undefined) {
    const foreign = field.message.typeName.startsWith("google.protobuf.");
    return foreign ? { value: json } : repairMessage(field.message, json, context);
  }
  if (field.scalar === undefined) return { value: json };
  const note = field.fieldKind === "map" && field.scalar === ScalarType.STRING;
  return note && isContainer(json)
    ? { value: repairNote(json, context) }
    : repairScalar(field.scalar, json, context);
}

/** A map of texts holds what has parts of its own as JSON text. */
function repairNote(json: object, context: RepairContext): string {
  context.repaired(
    "text_from_value",
    `${Array.isArray(json) ? "list" : "object"} read as JSON text`,
  );
  return JSON.stringify(json);
}

function repairList(
  json: unknown,
  context: RepairContext,
  repairOne: (item: unknown) => Repaired,
): Repaired {
  if (isPlainObject(json) && isEmpty(json)) {
    context.repaired("empty_list", "empty object read as empty list");
    return { value: [] };
  }
  if (!Array.isArray(json)) return { value: json };
  const value: unknown[] = [];
  const rest: unknown[] = [];
  for (let index = 0; index < json.length; index++) {
    context.enter(index);
    const repairs = repairOne(json[index]);
    context.leave();
    value.push(repairs.value);
    rest.push(repairs.rest ?? null);
  }
  return rest.every((item) => item === null) ? { value } : { value, rest };
}

function repairMap(
  json: unknown,
  context: RepairContext,
  repairOne: (item: unknown) => Repaired,
): Repaired {
  if (!isPlainObject(json)) return { value: json };
  const value: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(json)) {
    context.enter(key);
    const repairs = repairOne(json[key]);
    context.leave();
    setEntry(value, key, repairs.value);
    if (repairs.rest !== undefined) setEntry(rest, key, repairs.rest);
  }
  return withRest(value, rest);
}

function withRest(value: object, rest: object): Repaired {
  return isEmpty(rest) ? { value } : { value, rest };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isContainer(json: unknown): json is object {
  return Array.isArray(json) || isPlainObject(json);
}
