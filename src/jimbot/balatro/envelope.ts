import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import {
  EventBatchSchema,
  EventSchema,
  EventTypeSchema,
} from "../../../gen/jimbot/events/v1/event_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { setEntry } from "../../wire/map.js";
import { eventPrefix, keepEventKeys, keepPayloadKeys, payloadPrefix } from "../events/kept-keys.js";
import { routesOf } from "../events/payload.js";
import type { RepairContext } from "./repairs.js";
import { repairScalar } from "./scalars.js";
import { repairMessage } from "./values.js";

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
export function repairBatch(json: Json, context: RepairContext, fillings: Fillings): unknown {
  const { events, ...head } = json;
  const { value, rest } = repairMessage(EventBatchSchema, head, context);
  // A batch has no metadata that could keep what gets lost, so that is left for the contract to refuse.
  const batch = { ...toJson(value), ...toJson(rest) };
  if (!Array.isArray(events)) return { ...batch, events };
  context.enter("events");
  const repairs = events.map((event: unknown, index) => {
    context.enter(index);
    const one = repairEvent(event, context, { ...fillings, batch });
    context.leave();
    return one;
  });
  context.leave();
  return { ...batch, events: repairs };
}

/** The JSON of an event as its contract reads it. */
export function repairEvent(json: unknown, context: RepairContext, fillings: Fillings): unknown {
  if (!isPlainObject(json)) return json;
  const { payload, ...head } = respelled(json, context);
  const kept: Metadata = {};
  const { value, rest } = repairMessage(EventSchema, head, context);
  const event = { ...toJson(value) };
  settle(EventSchema, event, toJson(rest), (keys) => {
    keepEventKeys(toJson(rest), keys, kept, context);
    for (const key of keys) context.kept(key, `${eventPrefix}${key}`);
  });
  repairTimestamp(event, kept, context);
  fill(event, context, fillings);
  if (payload !== undefined) event["payload"] = repairPayload(event, payload, kept, context);
  addKept(event, kept, context);
  return event;
}

/** The mod's start-up probe has a spelling of its own. */
function respelled(json: Json, context: RepairContext): Json {
  if (json["type"] !== "connection_test") return json;
  context.enter("type");
  context.repaired("renamed", "connection_test read as CONNECTION_TEST");
  context.leave();
  const probe: Json = { ...json, type: "CONNECTION_TEST" };
  const { data, ...others } = probe;
  if (data === undefined || json["payload"] !== undefined) return probe;
  const place = context.path("payload");
  context.enter("data");
  context.moved(place);
  context.repaired("renamed", "data read as payload");
  context.leave();
  return { ...others, payload: data };
}

/** The mod's own clock counts from the start of the game, and has fractions of a millisecond. */
function repairTimestamp(
  event: Record<string, unknown>,
  kept: Metadata,
  context: RepairContext,
): void {
  if ((event["timestamp"] ?? null) === null) return;
  context.enter("timestamp");
  const { value, rest } = repairScalar(ScalarType.INT64, event["timestamp"], context);
  if (typeof value === "number" && value < firstEpochMillis) {
    context.repaired("relative_time", "below 10^12: milliseconds since the game was started");
  }
  context.leave();
  event["timestamp"] = value;
  if (rest === undefined) return;
  keepEventKeys({ timestamp: rest }, ["timestamp"], kept, context);
  context.kept("timestamp", `${eventPrefix}timestamp`);
}

function fill(event: Record<string, unknown>, context: RepairContext, fillings: Fillings): void {
  const one = (key: string, make: () => unknown, repair: string): void => {
    if ((event[key] ?? null) !== null) return;
    const value = make();
    if (value === undefined) return;
    event[key] = value;
    context.enter(key);
    context.repaired("filled", repair);
    context.leave();
  };
  const { batch = {}, newId, now } = fillings;
  const sent = batch["timestamp"] ?? undefined;
  one("event_id", newId, "missing, given a new one");
  one("source", () => batch["source"] ?? undefined, "missing, that of the batch");
  if (sent === undefined) one("timestamp", now, "missing, the time of arrival");
  else one("timestamp", () => sent, "missing, that of the batch");
  one("version", () => 1, "missing, read as 1");
}

function repairPayload(
  event: Json,
  json: unknown,
  kept: Metadata,
  context: RepairContext,
): unknown {
  const routes = routesOf(typeNumbers.get(event["type"]) ?? Number.NaN);
  const route = routes.find(({ subtype }) => subtype === undefined || subtype === event["subtype"]);
  if (route === undefined || !isPlainObject(json)) return json;
  const { schema } = route.contract;
  context.enter("payload");
  const { value, rest } = repairMessage(schema, json, context);
  const payload = { ...toJson(value) };
  settle(schema, payload, toJson(rest), (keys) => {
    keepPayloadKeys(toJson(rest), keys, kept, context);
    for (const key of keys) context.kept(key, `${payloadPrefix}${key}`);
  });
  context.leave();
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

function addKept(event: Record<string, unknown>, kept: Metadata, context: RepairContext): void {
  const given = event["metadata"] ?? {};
  if (!isPlainObject(given) || Object.keys(kept).length === 0) return;
  const metadata = { ...given };
  for (const [name, text] of Object.entries(kept)) {
    if (Object.hasOwn(metadata, name)) {
      context.enter("metadata");
      context.fault("duplicate_key", "this entry would keep what a field cannot hold", name);
      context.leave();
    }
    metadata[name] = text;
  }
  event["metadata"] = metadata;
}

function toJson(value: unknown): Json {
  return isPlainObject(value) ? value : {};
}
