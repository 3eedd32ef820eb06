import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { GameStateEvent_JokerSchema } from "../../gen/jimbot/events/v1/game_pb.js";
import { isPlainObject } from "../contract/bounds.js";
import { setEntry } from "../wire/map.js";
import type { RepairWalk } from "./balatro-repairs.js";
import { type Mended, mendScalar } from "./balatro-scalars.js";
import { shapes } from "./balatro-shapes.js";

/** An object of the mod's JSON as the message takes it; `rest` has the keys that the message has not. */
export function mendMessage(schema: DescMessage, json: unknown, walk: RepairWalk): Mended {
  if (!isPlainObject(json)) return { value: json };
  const value: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(json)) {
    const field = schema.fields.find(({ name }) => name === key);
    if (field === undefined) {
      if (json[key] !== undefined) setEntry(rest, key, json[key]);
      continue;
    }
    walk.enter(key);
    const mended = mendField(field, json[key], walk);
    walk.leave();
    value[key] = mended.value;
    if (mended.rest !== undefined) rest[key] = mended.rest;
  }
  if (schema.typeName === GameStateEvent_JokerSchema.typeName) nameJoker(value, rest, walk);
  return withRest(value, rest);
}

/** The game's identity of a joker has its place among the joker's properties. */
function nameJoker(
  joker: Record<string, unknown>,
  rest: Record<string, unknown>,
  walk: RepairWalk,
): void {
  const { id } = rest;
  const properties = joker["properties"] ?? {};
  if (typeof id !== "string" && typeof id !== "number") return;
  if (!isPlainObject(properties) || Object.hasOwn(properties, "id")) return;
  walk.enter("id");
  walk.repaired("reshaped", "kept among the properties");
  walk.leave();
  joker["properties"] = { ...properties, id: String(id) };
  delete rest["id"];
}

/** A value of the mod's JSON as the field takes it. */
function mendField(field: DescField, json: unknown, walk: RepairWalk): Mended {
  const plain = (value: unknown): Mended => mendPlain(field, value, walk);
  const shape = shapes.get(`${field.parent.typeName}.${field.name}`);
  return shape === undefined || !isPlainObject(json) || isEmpty(json)
    ? plain(json)
    : shape(json, plain, walk);
}

function mendPlain(field: DescField, json: unknown, walk: RepairWalk): Mended {
  switch (field.fieldKind) {
    case "list":
      return mendList(json, walk, (item) => mendItem(field, item, walk));
    case "map":
      return mendMap(json, walk, (item) => mendItem(field, item, walk));
    default:
      return mendItem(field, json, walk);
  }
}

function mendItem(field: DescField, json: unknown, walk: RepairWalk): Mended {
  if (field.message !== undefined) {
    const foreign = field.message.typeName.startsWith("google.protobuf.");
    return foreign ? { value: json } : mendMessage(field.message, json, walk);
  }
  if (field.scalar === undefined) return { value: json };
  const note = field.fieldKind === "map" && field.scalar === ScalarType.STRING;
  return note && isContainer(json)
    ? { value: mendNote(json, walk) }
    : mendScalar(field.scalar, json, walk);
}

/** A map of texts holds what has parts of its own as JSON text. */
function mendNote(json: object, walk: RepairWalk): string {
  walk.repaired("text_from_value", `${Array.isArray(json) ? "list" : "object"} read as JSON text`);
  return JSON.stringify(json);
}

function mendList(json: unknown, walk: RepairWalk, mendOne: (item: unknown) => Mended): Mended {
  if (isPlainObject(json) && isEmpty(json)) {
    walk.repaired("empty_list", "empty object read as empty list");
    return { value: [] };
  }
  if (!Array.isArray(json)) return { value: json };
  const value: unknown[] = [];
  const rest: unknown[] = [];
  for (let index = 0; index < json.length; index++) {
    walk.enter(index);
    const mended = mendOne(json[index]);
    walk.leave();
    value.push(mended.value);
    rest.push(mended.rest ?? null);
  }
  return rest.every((item) => item === null) ? { value } : { value, rest };
}

function mendMap(json: unknown, walk: RepairWalk, mendOne: (item: unknown) => Mended): Mended {
  if (!isPlainObject(json)) return { value: json };
  const value: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(json)) {
    walk.enter(key);
    const mended = mendOne(json[key]);
    walk.leave();
    setEntry(value, key, mended.value);
    if (mended.rest !== undefined) setEntry(rest, key, mended.rest);
  }
  return withRest(value, rest);
}

function withRest(value: object, rest: object): Mended {
  return isEmpty(rest) ? { value } : { value, rest };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isContainer(json: unknown): json is object {
  return Array.isArray(json) || isPlainObject(json);
}
