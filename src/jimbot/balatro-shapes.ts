import { ScalarType } from "@bufbuild/protobuf";
import { GameStateEventSchema } from "../../gen/jimbot/events/v1/game_pb.js";
import { isPlainObject } from "../contract/bounds.js";
import { setEntry } from "../wire/map.js";
import type { RepairWalk } from "./balatro-repairs.js";
import { type Mended, mendScalar } from "./balatro-scalars.js";

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a field's value as the field's descriptor says. */
type Plain = (json: unknown) => Mended;

/** Reads a field of which the mod has another idea than the contract. */
export type Shape = (json: JsonObject, plain: Plain, walk: RepairWalk) => Mended;

const { typeName } = GameStateEventSchema;

/** What the mod writes in its own shape, by the full names of the fields. */
export const shapes: ReadonlyMap<string, Shape> = new Map([
  [`${typeName}.deck`, mendDeck],
  [`${typeName}.shop_items`, mendShop],
  [`${typeName}.score_history`, mendScores],
]);

/** The deck is an object of its whole list, a preview of the draw pile, and the size of that pile. */
function mendDeck(json: JsonObject, plain: Plain, walk: RepairWalk): Mended {
  const key = ["full_deck", "cards_remaining"].find((name) => isFilledList(json[name]));
  const list = key ?? (json["full_deck"] === undefined ? undefined : "full_deck");
  if (list === undefined) return plain(json);
  walk.repaired("reshaped", `object read as its ${list}`);
  const place = walk.path();
  walk.enter(list);
  walk.moved(place);
  const { value, rest } = plain(json[list]);
  walk.leave();
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

/** The shop is an object of slots (`joker_1`), each an object with the name and the cost of its item. */
function mendShop(json: JsonObject, plain: Plain, walk: RepairWalk): Mended {
  const slots = Object.keys(json).filter((slot) => isPlainObject(json[slot]));
  if (slots.length === 0) return plain(json);
  walk.repaired("reshaped", "slots read as prices by the item's name");
  const names = slots.map((slot) => propertyOf(json[slot], "name"));
  const prices: Record<string, unknown> = {};
  for (const slot of Object.keys(json)) {
    const item = json[slot];
    const name = propertyOf(item, "name");
    const named = typeof name === "string" && name !== "" && !Object.hasOwn(json, name);
    const alone = named && names.indexOf(name) === names.lastIndexOf(name);
    setEntry(prices, alone ? name : slot, mendPrice(item, slot, alone ? name : slot, walk));
  }
  return { value: prices, rest: json };
}

function mendPrice(item: unknown, slot: string, key: string, walk: RepairWalk): unknown {
  const cost = propertyOf(item, "cost");
  const place = walk.path(key);
  walk.enter(slot);
  if (cost !== undefined) walk.enter("cost");
  walk.moved(place);
  const { value } = mendScalar(ScalarType.INT32, cost ?? item, walk);
  if (cost !== undefined) walk.leave();
  walk.leave();
  return value;
}

/** A score may be an object of the game, with the number under `amt`. */
function mendScores(json: JsonObject, plain: Plain, walk: RepairWalk): Mended {
  const records = Object.keys(json).filter((name) => isPlainObject(json[name]));
  if (records.length === 0) return plain(json);
  const scores: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(json)) {
    const record = json[name];
    const found = propertyOf(record, "amt");
    const amount = isPlainObject(found) ? undefined : found;
    const place = walk.path(name);
    walk.enter(name);
    if (isPlainObject(record)) {
      setEntry(rest, name, record);
      const what = amount === undefined ? "object without amt left out" : "object read as its amt";
      walk.repaired("reshaped", what);
    }
    if (amount !== undefined) walk.enter("amt");
    walk.moved(place);
    const { value } = mendScalar(ScalarType.FLOAT, amount ?? record, walk);
    if (amount !== undefined) walk.leave();
    walk.leave();
    if (!isPlainObject(value)) setEntry(scores, name, value);
  }
  return { value: scores, rest };
}

function propertyOf(json: unknown, key: string): unknown {
  return isPlainObject(json) && Object.hasOwn(json, key) ? (json[key] ?? undefined) : undefined;
}
