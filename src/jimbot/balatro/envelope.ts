import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { EventSchema, EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { setEntry } from "../../wire/map.js";
import { eventPrefix, keepEventKeys, keepPayloadKeys, payloadPrefix } from "../events/kept-keys.js";
import { routesOf } from "../events/payload.js";
import type { RepairContext } from "./repairs.js";
import { repairScalar } from "./scalars.js";
import { repairMessage, toObject } from "./values.js";

/** What fills in the missing keys of an event. */
export interface Defaults {
  readonly newId: () => string;
  readonly now: () => number;
  /** The keys of the batch that contains the event. */
  readonly batch?: Json;
}

type Json = Readonly<Record<string, unknown>>;
type Metadata = { [key: string]: string };

/** In September 2001. Smaller timestamps count from the start of the game, not from 1970. */
const firstEpochMillis = 1e12;

const typeNumbers: ReadonlyMap<unknown, number> = new Map(
  EventTypeSchema.values.map(({ localName, number }) => [localName, number]),
);

/** Repairs the JSON of an event so that its contract can read it. */
export function repairEvent(json: unknown, context: RepairContext, defaults: Defaults): unknown {
  if (!isPlainObject(json)) return json;
  const { payload, ...head } = renameProbe(json, context);
  const kept: Metadata = {};
  const { value, rest } = repairMessage(EventSchema, head, context);
  const event = { ...toObject(value) };
  sortRest(EventSchema, event, toObject(rest), (keys) => {
    keepEventKeys(toObject(rest), keys, kept, context);
    for (const key of keys) context.kept(key, `${eventPrefix}${key}`);
  });
  repairTimestamp(event, kept, context);
  fill(event, context, defaults);
  if (payload !== undefined) event["payload"] = repairPayload(event, payload, kept, context);
  addKept(event, kept, context);
  return event;
}

/** The mod writes its start-up probe as `connection_test` with `data`. */
function renameProbe(json: Json, context: RepairContext): Json {
  if (json["type"] !== "connection_test") return json;
  context.enter("type");
  context.repaired("renamed", "connection_test read as CONNECTION_TEST");
  context.leave();
  const probe: Json = { ...json, type: "CONNECTION_TEST" };
  const { data, ...others } = probe;
  if (data === undefined || json["payload"] !== undefined) return probe;
  const path = context.path("payload");
  context.enter("data");
  context.moved(path);
  context.repaired("renamed", "data read as payload");
  context.leave();
  return { ...others, payload: data };
}

/**
 * The mod's own clock counts from the start of the game and has fractions of a millisecond. What is not
 * finite is no time; it is filled in as a missing one is.
 */
function repairTimestamp(
  event: Record<string, unknown>,
  kept: Metadata,
  context: RepairContext,
): void {
  if ((event["timestamp"] ?? null) === null) return;
  context.enter("timestamp");
  const { value, rest } = repairScalar(ScalarType.INT64, event["timestamp"], context);
  if (typeof value === "number" && value < firstEpochMillis && typeof rest !== "string") {
    context.repaired("relative_time", "below 10^12: milliseconds since the game was started");
  }
  context.leave();
  event["timestamp"] = typeof rest === "string" ? undefined : value;
  if (rest === undefined) return;
  keepEventKeys({ timestamp: rest }, ["timestamp"], kept, context);
  context.kept("timestamp", `${eventPrefix}timestamp`);
}

function fill(event: Record<string, unknown>, context: RepairContext, defaults: Defaults): void {
  const fillKey = (key: string, create: () => unknown, repair: string): void => {
    if ((event[key] ?? null) !== null) return;
    const value = create();
    if (value === undefined) return;
    event[key] = value;
    context.enter(key);
    context.repaired("filled", repair);
    context.leave();
  };
  const { batch = {}, newId, now } = defaults;
  const sent = batch["timestamp"] ?? undefined;
  fillKey("event_id", newId, "missing, given a new one");
  fillKey("source", () => batch["source"] ?? undefined, "missing, that of the batch");
  if (sent === undefined) fillKey("timestamp", now, "missing, the time of arrival");
  else fillKey("timestamp", () => sent, "missing, that of the batch");
  fillKey("version", () => 1, "missing, read as 1");
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
  const payload = { ...toObject(value) };
  sortRest(schema, payload, toObject(rest), (keys) => {
    keepPayloadKeys(toObject(rest), keys, kept, context);
    for (const key of keys) context.kept(key, `${payloadPrefix}${key}`);
  });
  context.leave();
  return payload;
}

/**
 * Splits what the repair left over. Keys that the message does not have go back to `target`, where the
 * event's contract keeps them; `keep` gets the keys of fields that could not hold their whole value.
 */
function sortRest(
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
