import type { Any } from "@bufbuild/protobuf/wkt";
import { EventBatchCodec, EventCodec } from "../../../gen/jimbot/events/v1/event_codec.js";
import {
  type EventBatch as EventBatchMessage,
  EventBatchSchema,
  type Event as EventMessage,
  EventSchema,
  EventType,
  EventTypeSchema,
} from "../../../gen/jimbot/events/v1/event_pb.js";
import type { Context } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { keyRequired, noSuchKey } from "../../contract/base/texts.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { WireForm } from "../../contract/model/definition.js";
import { withUnrepresentable } from "../../contract/model/json-schema-keywords.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { reportId, uuid4 } from "../../contract/rules/ids.js";
import { reportUnknownFields } from "../../contract/rules/unknown-fields.js";
import { timestampParts } from "../../contract/rules/well-known.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import { setEntry } from "../../wire/map.js";
import { maxMessageBytes } from "../deployment/message-limit.js";
import { define, dialect } from "../dialect.js";
import { count64, reportEmptyKey } from "../fields.js";
import { anyKind, anyRule, anySteps, contractOf } from "./any.js";
import {
  canKeepEventKey,
  eventPrefix,
  type KeptKeys,
  keepEventKeys,
  keepPayloadKeys,
  sortKeptKeys,
} from "./kept-keys.js";
import {
  type EventHead,
  type EventWire,
  type PayloadRoute,
  payloadContracts,
  payloadSchema,
  routesOf,
} from "./payload.js";
import { ScoringEvent } from "./scoring.js";

const schemaVersion = 1;

const epoch = timestampParts(dialect.time);

const eventKeys: ReadonlySet<string> = new Set(EventSchema.fields.map(({ name }) => name));

/** The routes of the event's type; none if the JSON did not name a type, because the enum's zero is a type too. */
function routesNamed(json: Readonly<Record<string, unknown>>, event: EventMessage) {
  const named = json["type"] === EventType[event.type];
  return named ? routesOf(event.type) : [];
}

function hasSubtypes(routes: readonly PayloadRoute[]): boolean {
  return routes.some(({ subtype }) => subtype !== undefined);
}

const payloadByType: WireForm<EventMessage, EventWire> = {
  claims: canKeepEventKey,
  read(json, event, context) {
    if ((json["version"] ?? null) === null) event.version = schemaVersion;
    const routes = routesNamed(json, event);
    const isRead = (key: string): boolean =>
      eventKeys.has(key) || (key === "subtype" && hasSubtypes(routes));
    const toKeep = unknownKeysOf(json, isRead).filter(canKeepEventKey);
    keepEventKeys(json, toKeep, event.metadata, context);
    const route = json["payload"] === undefined ? undefined : chooseRoute(routes, json, context);
    if (route === undefined) return;
    context.enter("payload");
    const payload = readPayload(json["payload"], route, event, context);
    if (payload !== undefined) event.payload = payload;
    context.leave();
  },
  write(event, json, context) {
    const { correlation_id, timestamp } = json;
    const head: EventHead = {
      source: event.source,
      event_id: event.eventId,
      ...(correlation_id === undefined ? {} : { correlation_id: event.correlationId }),
      timestamp: typeof timestamp === "number" ? timestamp : null,
      version: event.version,
    };
    context.enter("payload");
    const { route, opened } = openPayload(event, context);
    const whole: EventWire = opened.write(head);
    context.leave();
    const kept = keptKeysOf(event, route);
    if (Object.keys(kept.metadata).length > 0) whole.metadata = kept.metadata;
    for (const key of Object.keys(kept.event)) setEntry(whole, key, kept.event[key]);
    for (const key of Object.keys(kept.payload)) {
      setEntry(whole.payload, key, kept.payload[key]);
    }
    return whole;
  },
  text(message, _, out) {
    const { type, source, eventId, correlationId, timestamp, version, metadata } = message;
    const names = Object.keys(metadata);
    if (names.some((name) => name.startsWith(eventPrefix))) {
      out.value(event.write(message, out.context));
      return;
    }
    const { route, opened } = openPayload(message, out.context);
    const text = (key: string, value: string): void => {
      out.entry(key);
      out.string(value);
    };
    out.openObject();
    text("type", EventType[type] ?? "");
    if (route.subtype !== undefined) text("subtype", route.subtype);
    text("source", source);
    text("event_id", eventId);
    if (correlationId !== "") text("correlation_id", correlationId);
    out.entry("timestamp");
    out.value(timestamp === undefined ? null : epoch.write(timestamp, out.context));
    out.entry("version");
    out.number(version);
    out.entry("payload");
    opened.text(out);
    if (names.length > 0) {
      out.entry("metadata");
      out.openObject();
      for (const name of names) text(name, metadata[name] ?? "");
      out.closeObject();
    }
    out.closeObject();
  },
  schema: (own, context) =>
    withUnrepresentable(payloadSchema(own, context, completedKeys), "depth", "kept"),
};

function chooseRoute(
  routes: readonly PayloadRoute[],
  json: Readonly<Record<string, unknown>>,
  context: Context,
): PayloadRoute | undefined {
  if (!hasSubtypes(routes)) return routes[0];
  const subtype = json["subtype"];
  const route = routes.find((candidate) => candidate.subtype === subtype);
  if (route !== undefined) return route;
  if ((subtype ?? null) === null) {
    context.fault("required", keyRequired, "subtype");
    return undefined;
  }
  context.mismatch(
    "enum",
    routes.map((candidate) => candidate.subtype).join(" or "),
    subtype,
    "subtype",
  );
  return undefined;
}

function readPayload(
  json: unknown,
  route: PayloadRoute,
  event: EventMessage,
  context: Context,
): Any | undefined {
  if (!isPlainObject(json)) return route.read(json, context);
  const toKeep = unknownKeysOf(json, (key) => route.keys.has(key));
  const payload = route.read(completed(without(json, toKeep), event), context);
  keepPayloadKeys(json, toKeep, event.metadata, context);
  return payload;
}

function without(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  if (keys.length === 0) return json;
  const rest = { ...json };
  for (const key of keys) delete rest[key];
  return rest;
}

function unknownKeysOf(
  json: Readonly<Record<string, unknown>>,
  isKnown: (key: string) => boolean,
): string[] {
  return Object.keys(json).filter((key) => json[key] !== undefined && !isKnown(key));
}

/** The keys that an error without them gets from its event. */
const completedKeys = ["error_id", "source_component"];

/** The payload's JSON. An error without a source or an id gets those of its event. */
function completed(json: Readonly<Record<string, unknown>>, event: EventMessage): unknown {
  if (event.type !== EventType.ERROR) return json;
  return {
    ...json,
    error_id: json["error_id"] ?? event.eventId,
    source_component: json["source_component"] ?? event.source,
  };
}

/** The route of an event's payload, and the payload opened for writing. */
function openPayload(event: EventMessage, context: Context) {
  const { type, payload } = event;
  if (payload !== undefined) {
    reportUnknownFields(payload, context);
    for (const route of routesOf(type)) {
      const opened = holds(route, payload) ? route.open(payload, context) : undefined;
      if (opened !== undefined) return { route, opened };
    }
  }
  throw new ContractError("encode to JSON", EventSchema.typeName, wrongPayload(event));
}

/** The keys of metadata in which unknown keys of the event and of its payload are kept. */
function keptKeysOf({ metadata }: EventMessage, { keys, subtype }: PayloadRoute): KeptKeys {
  const isEventKey = (key: string): boolean =>
    eventKeys.has(key) || (key === "subtype" && subtype !== undefined);
  return sortKeptKeys(metadata, isEventKey, (key) => keys.has(key));
}

/** Reports the unknown keys that writing JSON would restore, because strict reading refuses them. */
function reportKeptKeys(event: EventMessage, context: Context): void {
  if (context.keyMode === "report" || Object.keys(event.metadata).length === 0) return;
  const kept = keptKeysOf(event, openPayload(event, context).route);
  for (const key of Object.keys(kept.event)) context.fault("unknown_key", noSuchKey, key);
  context.enter("payload");
  for (const key of Object.keys(kept.payload)) context.fault("unknown_key", noSuchKey, key);
  context.leave();
}

/** Whether a payload has the type that this route packs. */
export function holds(route: PayloadRoute, payload: Any): boolean {
  return contractOf(payload.typeUrl, payloadContracts)?.typeName === route.packed.typeName;
}

/** The issue of an event whose payload does not belong to its type. */
export function wrongPayload({ type, payload }: EventMessage): ContractIssue {
  const name = payload === undefined ? "nothing" : payload.typeUrl.slice(0, 80);
  const message = `holds ${name}, which is no payload of ${EventType[type] ?? `type ${type}`}`;
  return { path: "payload", rule: "payload.type", message };
}

const event = /* @__PURE__ */ define(
  EventSchema,
  (t) => ({
    eventId: t.string(filled).required(),
    correlationId: t.string().omitted(),
    type: t.enum(EventTypeSchema, "EVENT_TYPE_").required(),
    source: t.string(filled).required(),
    timestamp: t.timestamp().nullable(),
    version: t.int32({ min: 1 }),
    metadata: t.map(t.string()).omitted(),
    payload: t
      .converter<Any, unknown>({
        kind: anyKind,
        rule: () => anyRule(payloadContracts),
        read: () => undefined,
        write: () => undefined,
        wireSchema: () => ({}),
        // In JSON the keys of a scoring step are those of the payload: there is no key for the step.
        steps: ([typeName, ...rest]) => {
          const steps = anySteps([typeName ?? "", ...rest], payloadContracts);
          return typeName === ScoringEvent.typeName ? steps.slice(1) : steps;
        },
      })
      .required()
      .custom(),
  }),
  {
    strict(message, context) {
      reportId(context, "event_id", message.eventId, uuid4);
      reportKeptKeys(message, context);
    },
    constants: { version: schemaVersion },
    wire: payloadByType,
    refine(message, report) {
      const { type, payload, metadata } = message;
      reportEmptyKey(metadata, "metadata", report);
      if (payload !== undefined && routesOf(type).some((route) => holds(route, payload))) return;
      const issue = wrongPayload(message);
      report([issue.path], issue.rule, issue.message);
    },
  },
);

/** The envelope of everything that components publish. Document: the JimBot specification, "Canonical Event Schema". */
export type Event = EventMessage;
/**
 * Unknown keys of an event or its payload are kept in metadata as JSON text, under `json_<key>` and
 * `json_payload.<key>`. Writing JSON restores them to their original place. With `unknownKeys: "refuse"` and
 * under `strict` they are refused, also when they were kept before.
 */
export type EventJson = Wire<typeof event>;
export const Event: Contract<Event, EventJson> = /* @__PURE__ */ createContract(
  EventSchema,
  event,
  EventCodec,
  { maxBytes: maxMessageBytes },
);

const eventBatch = /* @__PURE__ */ define(EventBatchSchema, (t) => ({
  batchId: t.string(filled).required(),
  events: t.list(t.message(Event), { min: 1 }).required(),
  source: t.string(filled).required(),
  timestamp: t.int64(count64),
}));

/** Events that are posted in one request. Document: the JimBot event bus. */
export type EventBatch = EventBatchMessage;
export type EventBatchJson = Wire<typeof eventBatch>;
export const EventBatch: Contract<EventBatch, EventBatchJson> = /* @__PURE__ */ createContract(
  EventBatchSchema,
  eventBatch,
  EventBatchCodec,
  { maxBytes: maxMessageBytes },
);
