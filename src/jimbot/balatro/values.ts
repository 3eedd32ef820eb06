import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { GameStateEvent_JokerSchema } from "../../../gen/jimbot/events/v1/game_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { noSuchKey } from "../../contract/base/texts.js";
import { setEntry } from "../../wire/map.js";
import { repairDifference } from "./differences.js";
import type { RepairContext } from "./repairs.js";
import { type Repaired, repairScalar } from "./scalars.js";
import { shapes } from "./shapes.js";

/** Repairs an object for a message. `rest` has the keys that the message does not have. */
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
    const repaired = repairField(field, json[key], context);
    context.leave();
    value[key] = repaired.value;
    if (repaired.rest !== undefined) rest[key] = repaired.rest;
  }
  if (schema.typeName === GameStateEvent_JokerSchema.typeName) keepJokerId(value, rest, context);
  repairDifference(schema.typeName, value, rest, context);
  return withRest(value, rest);
}

/** A joker's message has no `id`, so the game's id is kept in its properties. */
function keepJokerId(
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

/** Repairs a value for a field. */
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
    const isWellKnown = field.message.typeName.startsWith("google.protobuf.");
    if (isWellKnown) return { value: json };
    const repaired = repairMessage(field.message, json, context);
    reportUnknownKeys(field.message, repaired, context);
    return repaired;
  }
  if (field.scalar === undefined) return { value: json };
  const isNote = field.fieldKind === "map" && field.scalar === ScalarType.STRING;
  return isNote && isContainer(json)
    ? { value: repairNote(json, context) }
    : repairScalar(field.scalar, json, context);
}

/** Reports the keys that a message within a payload does not have, if they are refused: its contract never sees them. */
function reportUnknownKeys(
  { fields }: DescMessage,
  { rest }: Repaired,
  context: RepairContext,
): void {
  if (context.unknownKeyMode !== "refuse" || !isPlainObject(rest)) return;
  const names = fields.map(({ name }) => name);
  for (const key of Object.keys(rest)) {
    if (!names.includes(key)) context.unknownKey("unknown_key", noSuchKey, key, names);
  }
}

/** In a map of strings, an object or list is kept as JSON text. */
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
    const repaired = repairOne(json[index]);
    context.leave();
    value.push(repaired.value);
    rest.push(repaired.rest ?? null);
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
    const repaired = repairOne(json[key]);
    context.leave();
    setEntry(value, key, repaired.value);
    if (repaired.rest !== undefined) setEntry(rest, key, repaired.rest);
  }
  return withRest(value, rest);
}

function withRest(value: object, rest: object): Repaired {
  return isEmpty(rest) ? { value } : { value, rest };
}

/** An object, or an empty one in place of anything else. */
export function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(value) ? value : {};
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isContainer(json: unknown): json is object {
  return Array.isArray(json) || isPlainObject(json);
}
