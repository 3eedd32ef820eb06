import { ScalarType } from "@bufbuild/protobuf";
import { GameStateEventSchema } from "../../../gen/jimbot/events/v1/game_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { setEntry } from "../../wire/map.js";
import type { RepairContext } from "./repairs.js";
import { type Repaired, repairScalar } from "./scalars.js";

type JsonObject = Readonly<Record<string, unknown>>;

/** Repairs a field's value as the field's descriptor says. */
type Plain = (json: unknown) => Repaired;

/** Repairs a field that the mod writes in another shape. */
export type Shape = (json: JsonObject, plain: Plain, context: RepairContext) => Repaired;

const { typeName } = GameStateEventSchema;

/** The fields that the mod writes in another shape, by full name. */
export const shapes: ReadonlyMap<string, Shape> = new Map([
  [`${typeName}.deck`, repairDeck],
  [`${typeName}.shop_items`, repairShop],
  [`${typeName}.score_history`, repairScores],
]);

/** The mod's deck is an object: the whole deck, a preview of the draw pile, and the size of that pile. */
function repairDeck(json: JsonObject, plain: Plain, context: RepairContext): Repaired {
  const key = ["full_deck", "cards_remaining"].find((name) => isFilledList(json[name]));
  const list = key ?? (json["full_deck"] === undefined ? undefined : "full_deck");
  if (list === undefined) return plain(json);
  context.repaired("reshaped", `object read as its ${list}`);
  const path = context.path();
  context.enter(list);
  context.moved(path);
  const { value, rest } = plain(json[list]);
  context.leave();
  const others: Record<string, unknown> = {};
  for (const name of Object.keys(json)) {
    const left = name === list ? rest : json[name];
    if (left !== undefined) setEntry(others, name, left);
  }
  return Object.keys(others).length === 0 ? { value } : { value, rest: others };
}

function isFilledList(json: unknown): boolean {
  return Array.isArray(json) && json.length > 0;
}

/** The mod's shop is an object of slots (`joker_1`), each an object with the name and cost of its item. */
function repairShop(json: JsonObject, plain: Plain, context: RepairContext): Repaired {
  const slots = Object.keys(json).filter((slot) => isPlainObject(json[slot]));
  if (slots.length === 0) return plain(json);
  context.repaired("reshaped", "slots read as prices by the item's name");
  const names = slots.map((slot) => propertyOf(json[slot], "name"));
  const prices: Record<string, unknown> = {};
  for (const slot of Object.keys(json)) {
    const item = json[slot];
    const name = propertyOf(item, "name");
    const named = typeof name === "string" && name !== "" && !Object.hasOwn(json, name);
    const isUnique = named && names.indexOf(name) === names.lastIndexOf(name);
    const key = isUnique ? name : slot;
    setEntry(prices, key, repairPrice(item, slot, key, context));
  }
  return { value: prices, rest: json };
}

function repairPrice(item: unknown, slot: string, key: string, context: RepairContext): unknown {
  const cost = propertyOf(item, "cost");
  const path = context.path(key);
  context.enter(slot);
  if (cost !== undefined) context.enter("cost");
  context.moved(path);
  const { value } = repairScalar(ScalarType.INT32, cost ?? item, context);
  if (cost !== undefined) context.leave();
  context.leave();
  return value;
}

/** A score of the mod may be an object with the number under `amt`. */
function repairScores(json: JsonObject, plain: Plain, context: RepairContext): Repaired {
  const records = Object.keys(json).filter((name) => isPlainObject(json[name]));
  if (records.length === 0) return plain(json);
  const scores: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(json)) {
    const record = json[name];
    const found = propertyOf(record, "amt");
    const amount = isPlainObject(found) ? undefined : found;
    const path = context.path(name);
    context.enter(name);
    if (isPlainObject(record)) {
      setEntry(rest, name, record);
      const what = amount === undefined ? "object without amt left out" : "object read as its amt";
      context.repaired("reshaped", what);
    }
    if (amount !== undefined) context.enter("amt");
    context.moved(path);
    const { value, rest: original } = repairScalar(ScalarType.FLOAT, amount ?? record, context);
    if (amount !== undefined) context.leave();
    context.leave();
    if (original !== undefined && !isPlainObject(record)) setEntry(rest, name, original);
    if (!isPlainObject(value)) setEntry(scores, name, value);
  }
  return { value: scores, rest };
}

function propertyOf(json: unknown, key: string): unknown {
  return isPlainObject(json) && Object.hasOwn(json, key) ? (json[key] ?? undefined) : undefined;
}
