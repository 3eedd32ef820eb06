import { create, isMessage } from "@bufbuild/protobuf";
import { type Any, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { EventType } from "../../../gen/jimbot/events/v1/event_pb.js";
import type { Context } from "../../contract/base/context.js";
import { didYouMean } from "../../contract/base/nearest.js";
import { expectedObject, isPlainObject } from "../../contract/base/plain-data.js";
import { guarded } from "../../contract/base/result.js";
import { readOptions, reportKind } from "../../contract/base/settings.js";
import { keyRequired } from "../../contract/base/texts.js";
import { unsafeCast } from "../../contract/base/unsafe-cast.js";
import { fromEpochMillis } from "../../contract/rules/time.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { preview } from "../../wire/preview.js";
import { contractOf } from "./any.js";
import { callNewId, callNow } from "./callbacks.js";
import { Event, holds, wrongPayload } from "./event.js";
import { type PayloadRoute, payloadContracts, routesOf } from "./payload.js";

/**
 * The content of an event: its type, the subtype if the type has several messages, and the message. The
 * messages of SCORING are the steps, as in the JSON.
 */
export type EventPayload = NonNullable<ReturnType<PayloadRoute["unpack"]>>;

/** The name of an event type, as wire JSON spells it: `GAME_STATE`. */
export type EventTypeName = EventPayload["type"];

/** The message that an event of this type holds; a union if the type has several. */
export type PayloadOf<T extends EventTypeName> = Extract<EventPayload, { type: T }>["payload"];

/** An unknown payload: of an unknown type URL, or of an event type without a name. */
export interface UnknownPayload {
  readonly type: undefined;
  /** The payload, unchanged. */
  readonly payload: Any;
}

/** The fields of an event other than type and payload. */
export interface EventHeadOptions {
  /** The component that sends the event, such as `BalatroMCP`. */
  readonly source: string;
  /** The correlation with other events. Default empty: none. */
  readonly correlationId?: string;
  /** Further entries, such as the trace context. Default none. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Unique id of the event. Default the result of `newId`. */
  readonly eventId?: string;
  /** Milliseconds since 1970, an integer. Default the result of `now`. */
  readonly timestamp?: number;
  /** Creates the id of an event. Default a random UUID version 4. */
  readonly newId?: () => string;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link EventHeadOptions}. */
export const eventDefaults: Readonly<Required<Pick<EventHeadOptions, "newId" | "now">>> =
  Object.freeze({
    newId: () => globalThis.crypto.randomUUID(),
    now: () => Date.now(),
  });

/**
 * Makes the event that holds a message. The type decides which messages are accepted, at compile time and
 * at run time. Throws ContractError `config` for wrong options and for options without a source, `enum` for
 * an unknown type, `payload.type` for a message that does not belong to the type, and what `Event.check` throws. Document: the JimBot specification, "Base Event Structure".
 *
 *     const state = GameStateEvent.create({ gameId: "seed_12345", ante: 3 });
 *     const event = packEvent("GAME_STATE", state, { source: "BalatroMCP" });
 */
export function packEvent<T extends EventTypeName>(
  type: T,
  message: PayloadOf<T>,
  options: EventHeadOptions,
): Event {
  return guarded("check", Event.typeName, () => {
    const { source, correlationId = "", metadata = {}, ...rest } = readHeadOptions(options);
    if (typeof source !== "string")
      throw refusal(mismatch("source", "config", sourceNeeded, source));
    const { newId = eventDefaults.newId, now = eventDefaults.now } = rest;
    const { eventId = callNewId(Event.typeName, newId) } = rest;
    const { timestamp = callNow(Event.typeName, now) } = rest;
    const head = { source, eventId, correlationId, metadata: { ...metadata } };
    return Event.check(
      Event.create({
        ...head,
        type: EventType[type],
        timestamp: toTimestamp(timestamp),
        payload: toPayload(type, message),
      }),
    );
  });
}

const sourceNeeded = 'the option source, the component that sends the event, such as "BalatroMCP"';
const eventTypeNames = Object.keys(EventType).filter((name) => /^[A-Z]/.test(name));

/**
 * A copy of the options for an event's head; none is like an empty object. Throws ContractError `config`.
 * Their values are those of the event's fields, whose rules are enforced with the event's.
 */
export function readHeadOptions<O extends Partial<EventHeadOptions>>(options: O): O {
  const given = options ?? unsafeCast<O>({});
  return readOptions(Event.typeName, given, ({ newId, now, metadata }, context) => {
    reportKind(context, "newId", newId, "function");
    reportKind(context, "now", now, "function");
    reportRecord(context, "metadata", metadata);
  });
}

/** Reports an option that is neither undefined nor a plain object: spread, it would be lost in silence. */
export function reportRecord(context: Context, key: string, value: unknown): void {
  if (value === undefined || isPlainObject(value)) return;
  context.mismatch("config", expectedObject(value), value, key);
}

function toTimestamp(millis: number): Timestamp {
  const instant = fromEpochMillis(millis);
  if (instant !== undefined) return create(TimestampSchema, instant);
  const rule = typeof millis === "number" ? "range" : "type";
  throw refusal(mismatch("timestamp", rule, "whole milliseconds since 1970", millis));
}

function toPayload(type: EventTypeName, message: unknown): Any {
  const routes = routesOf(EventType[type]);
  for (const route of routes) {
    const payload = route.pack(message);
    if (payload !== undefined) return payload;
  }
  if (routes.length === 0) {
    const hint = didYouMean(type, eventTypeNames);
    throw refusal(mismatch("type", "enum", "an event type such as GAME_STATE", type, hint));
  }
  const expected = routes.map(({ contract }) => contract.typeName).join(" or ");
  const received = isMessage(message) ? message.$typeName : preview(message);
  const text = `expected ${expected}, got ${received}`;
  throw refusal({ path: "payload", rule: "payload.type", message: text, expected, received });
}

function refusal(issue: ContractIssue): ContractError {
  return new ContractError("check", Event.typeName, issue);
}

/**
 * The content of an event, with the decoded message. An unknown payload is returned unchanged, with the
 * type undefined. Throws ContractError `required` for an event without a payload, `payload.type` for a
 * payload that belongs to another event type, and what the payload's own `decode` throws.
 *
 *     const content = unpackEvent(event);
 *     switch (content.type) {
 *       case "GAME_STATE":
 *         return content.payload.ante;
 *       case "LEARNING_DECISION":
 *         return content.subtype === "REQUEST" ? content.payload.availableActions : content.payload.selectedAction;
 *       case undefined:
 *         return content.payload.typeUrl;
 *     }
 */
export function unpackEvent(event: Event): EventPayload | UnknownPayload {
  return guarded("check", Event.typeName, () => {
    if (!Event.is(event)) throw refusal(mismatch("", "type", `a ${Event.typeName} message`, event));
    const { type, payload } = event;
    if (payload === undefined) {
      throw refusal({ path: "payload", rule: "required", message: keyRequired });
    }
    const routes = routesOf(type);
    const known = contractOf(payload.typeUrl, payloadContracts) !== undefined;
    if (routes.length === 0 || !known) return { type: undefined, payload };
    for (const route of routes) {
      const content = holds(route, payload) ? route.unpack(payload) : undefined;
      if (content !== undefined) return content;
    }
    throw refusal(wrongPayload(event));
  });
}
