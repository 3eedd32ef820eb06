import { create, isMessage } from "@bufbuild/protobuf";
import { type Any, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { EventType } from "../../../gen/jimbot/events/v1/event_pb.js";
import { guarded } from "../../contract/base/result.js";
import { keyRequired } from "../../contract/base/texts.js";
import { fromEpochMillis } from "../../contract/rules/time.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { preview } from "../../wire/preview.js";
import { contractOf } from "./any.js";
import { Event, holds, wrongPayload } from "./event.js";
import { type PayloadRoute, payloadContracts, routesOf } from "./payload.js";

/**
 * What an event tells: its type, the subtype where the type has several messages, and the message. The
 * messages of SCORING are the steps, as in the JSON.
 */
export type EventPayload = NonNullable<ReturnType<PayloadRoute["unpack"]>>;

/** The name of an event type, as wire JSON spells it: `GAME_STATE`. */
export type EventTypeName = EventPayload["type"];

/** The message that an event of this type holds; of several, each of them. */
export type PayloadOf<T extends EventTypeName> = Extract<EventPayload, { type: T }>["payload"];

/** What nobody here can read: a payload of another type URL, or of an event type without a name. */
export interface UnknownPayload {
  readonly type: undefined;
  /** The payload as it came. */
  readonly payload: Any;
}

/** What stands around the payload of an event. */
export interface EventHeadOptions {
  /** The component that sends the event, such as `BalatroMCP`. */
  readonly source: string;
  /** What relates it to other events. Default empty: it stands alone. */
  readonly correlationId?: string;
  /** Further notes, such as the trace context. Default none. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Identity of the event. Default what `newId` gives. */
  readonly eventId?: string;
  /** Milliseconds since 1970, a whole number. Default what `now` gives. */
  readonly timestamp?: number;
  /** Makes the id of an event. Default a random UUID version 4. */
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
 * The event that holds a message. The type decides which messages it takes, when compiled and when run.
 * Throws ContractError `enum` for a type that is none, `payload.type` for a message of another type,
 * and what `Event.check` throws. Document: the JimBot specification, "Base Event Structure".
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
    const { source, correlationId = "", metadata = {}, ...rest } = options;
    const { newId = eventDefaults.newId, now = eventDefaults.now } = rest;
    const { eventId = newId(), timestamp = now() } = rest;
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
    throw refusal(mismatch("type", "enum", "an event type such as GAME_STATE", type));
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
 * What an event tells, with the message of its payload. A payload that nobody here can read is given as
 * it came, under the type undefined; the event keeps its bytes. Throws ContractError `required` for an
 * event without a payload, `payload.type` for a payload that belongs to another event type, and what the
 * payload's own `decode` throws.
 *
 *     const told = unpackEvent(event);
 *     switch (told.type) {
 *       case "GAME_STATE":
 *         return told.payload.ante;
 *       case "LEARNING_DECISION":
 *         return told.subtype === "REQUEST" ? told.payload.availableActions : told.payload.selectedAction;
 *       case undefined:
 *         return told.payload.typeUrl;
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
      const told = holds(route, payload) ? route.unpack(payload) : undefined;
      if (told !== undefined) return told;
    }
    throw refusal(wrongPayload(event));
  });
}
