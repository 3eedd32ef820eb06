import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import {
  EventBatchSchema,
  EventSchema,
  EventTypeSchema,
} from "../../gen/jimbot/events/v1/event_pb.js";
import { isPlainObject } from "../contract/bounds.js";
import { setEntry } from "../wire/map.js";
import type { RepairWalk } from "./balatro-repairs.js";
import { mendScalar } from "./balatro-scalars.js";
import { mendMessage } from "./balatro-values.js";
import { routesOf } from "./event-payload.js";
import { eventStart, keepEventKeys, keepPayloadKeys, payloadStart } from "./kept-keys.js";

/** Where an event gets from what it lacks. */
export interface Fillings {
  readonly newId: () => string;
  readonly now: () => number;
  /** The keys of the batch that the event stands in. */
  readonly batch?: Json;
}

type Json = Readonly<Record<string, unknown>>;
type Metadata = { [key: string]: string };

/** The first millisecond that counts from 1970, in September 2001; smaller ones count from the start of the game. */
const firstEpochMillis = 1e12;

const typeNumbers: ReadonlyMap<unknown, number> = new Map(
  EventTypeSchema.values.map(({ localName, number }) => [localName, number]),
);

/** The JSON of a batch as its contract reads it. */
export function mendBatch(json: Json, walk: RepairWalk, fillings: Fillings): unknown {
  const { events, ...head } = json;
  const { value, rest } = mendMessage(EventBatchSchema, head, walk);
  // A batch has no metadata that could keep what gets lost, so that is left for the contract to refuse.
  const batch = { ...toJson(value), ...toJson(rest) };
  if (!Array.isArray(events)) return { ...batch, events };
  walk.enter("events");
  const mended = events.map((event: unknown, index) => {
    walk.enter(index);
    const one = mendEvent(event, walk, { ...fillings, batch });
    walk.leave();
    return one;
  });
  walk.leave();
  return { ...batch, events: mended };
}

/** The JSON of an event as its contract reads it. */
export function mendEvent(json: unknown, walk: RepairWalk, fillings: Fillings): unknown {
  if (!isPlainObject(json)) return json;
  const { payload, ...head } = respelled(json, walk);
  const kept: Metadata = {};
  const { value, rest } = mendMessage(EventSchema, head, walk);
  const event = { ...toJson(value) };
  settle(EventSchema, event, toJson(rest), (keys) => {
    keepEventKeys(toJson(rest), keys, kept, walk);
    for (const key of keys) walk.kept(key, `${eventStart}${key}`);
  });
  mendTimestamp(event, kept, walk);
  fill(event, walk, fillings);
  if (payload !== undefined) event["payload"] = mendPayload(event, payload, kept, walk);
  addKept(event, kept, walk);
  return event;
}

/** The mod's start-up probe has a spelling of its own. */
function respelled(json: Json, walk: RepairWalk): Json {
  if (json["type"] !== "connection_test") return json;
  walk.enter("type");
  walk.repaired("renamed", "connection_test read as CONNECTION_TEST");
  walk.leave();
  const probe: Json = { ...json, type: "CONNECTION_TEST" };
  const { data, ...others } = probe;
  if (data === undefined || json["payload"] !== undefined) return probe;
  const place = walk.path("payload");
  walk.enter("data");
  walk.moved(place);
  walk.repaired("renamed", "data read as payload");
  walk.leave();
  return { ...others, payload: data };
}

/** The mod's own clock counts from the start of the game, and has fractions of a millisecond. */
function mendTimestamp(event: Record<string, unknown>, kept: Metadata, walk: RepairWalk): void {
  if ((event["timestamp"] ?? null) === null) return;
  walk.enter("timestamp");
  const { value, rest } = mendScalar(ScalarType.INT64, event["timestamp"], walk);
  if (typeof value === "number" && value < firstEpochMillis) {
    walk.repaired("relative_time", "below 10^12: milliseconds since the game was started");
  }
  walk.leave();
  event["timestamp"] = value;
  if (rest === undefined) return;
  keepEventKeys({ timestamp: rest }, ["timestamp"], kept, walk);
  walk.kept("timestamp", `${eventStart}timestamp`);
}

function fill(event: Record<string, unknown>, walk: RepairWalk, fillings: Fillings): void {
  const one = (key: string, make: () => unknown, repair: string): void => {
    if ((event[key] ?? null) !== null) return;
    const value = make();
    if (value === undefined) return;
    event[key] = value;
    walk.enter(key);
    walk.repaired("filled", repair);
    walk.leave();
  };
  const { batch = {}, newId, now } = fillings;
  const sent = batch["timestamp"] ?? undefined;
  one("event_id", newId, "missing, given a new one");
  one("source", () => batch["source"] ?? undefined, "missing, that of the batch");
  if (sent === undefined) one("timestamp", now, "missing, the time of arrival");
  else one("timestamp", () => sent, "missing, that of the batch");
  one("version", () => 1, "missing, read as 1");
}

function mendPayload(event: Json, json: unknown, kept: Metadata, walk: RepairWalk): unknown {
  const routes = routesOf(typeNumbers.get(event["type"]) ?? Number.NaN);
  const route = routes.find(({ subtype }) => subtype === undefined || subtype === event["subtype"]);
  if (route === undefined || !isPlainObject(json)) return json;
  const { schema } = route.contract;
  walk.enter("payload");
  const { value, rest } = mendMessage(schema, json, walk);
  const payload = { ...toJson(value) };
  settle(schema, payload, toJson(rest), (keys) => {
    keepPayloadKeys(toJson(rest), keys, kept, walk);
    for (const key of keys) walk.kept(key, `${payloadStart}${key}`);
  });
  walk.leave();
  return payload;
}

/** Puts keys that the message has not back for the event's contract to keep, and has the others kept here. */
function settle(
  schema: DescMessage,
  target: Record<string, unknown>,
  rest: Json,
  keep: (keys: readonly string[]) => void,
): void {
  const names = new Set(schema.fields.map(({ name }) => name));
  const keys = Object.keys(rest);
  for (const key of keys) if (!names.has(key)) setEntry(target, key, rest[key]);
  keep(keys.filter((key) => names.has(key)));
}

function addKept(event: Record<string, unknown>, kept: Metadata, walk: RepairWalk): void {
  const given = event["metadata"] ?? {};
  if (!isPlainObject(given) || Object.keys(kept).length === 0) return;
  const metadata = { ...given };
  for (const [name, text] of Object.entries(kept)) {
    if (Object.hasOwn(metadata, name)) {
      walk.enter("metadata");
      walk.fault("duplicate_key", "this entry would keep what a field cannot hold", name);
      walk.leave();
    }
    metadata[name] = text;
  }
  event["metadata"] = metadata;
}

function toJson(value: unknown): Json {
  return isPlainObject(value) ? value : {};
}
