import { guarded } from "../../contract/base/result.js";
import { Event } from "./event.js";
import {
  type EventHeadOptions,
  type EventTypeName,
  type PayloadOf,
  packEvent,
  readHeadOptions,
  unpackEvent,
} from "./pack-event.js";

/** The metadata keys that carry the trace; their values are those of W3C Trace Context. */
export const traceMetadataKeys = ["traceparent", "tracestate"] as const;

/** Options of {@link makeFollowUp}; the correlation is always that of the other event. */
export type FollowUpOptions = Omit<EventHeadOptions, "correlationId">;

/**
 * The correlation of an event: its correlation_id, or its event_id if that is empty. Throws what
 * `Event.check` throws. Document: the JimBot specification, "Base Event Structure".
 */
export function correlationOf(event: Event): string {
  const { correlationId, eventId } = Event.check(event);
  return correlationId === "" ? eventId : correlationId;
}

/**
 * Makes an event that follows from another one: an answer, a decision, an error. It has the other's
 * correlation and continues its trace ({@link traceMetadataKeys}), unless the options' metadata has a
 * `traceparent`. Throws what {@link packEvent} throws. Document: the JimBot specification, "Distributed
 * Tracing".
 *
 *     const answer = makeFollowUp(question, "LEARNING_DECISION", response, { source: "ray_rllib" });
 *     correlationOf(answer) === correlationOf(question); // true
 */
export function makeFollowUp<T extends EventTypeName>(
  cause: Event,
  type: T,
  message: PayloadOf<T>,
  options: FollowUpOptions,
): Event {
  return guarded("check", Event.typeName, () => {
    const { metadata = {}, ...head } = readHeadOptions(options);
    const correlationId = correlationOf(cause);
    const carried = Object.hasOwn(metadata, "traceparent") ? {} : traceOf(cause);
    return packEvent(type, message, {
      ...head,
      correlationId,
      metadata: { ...carried, ...metadata },
    });
  });
}

function traceOf({ metadata }: Event): Record<string, string> {
  const trace: Record<string, string> = {};
  for (const key of traceMetadataKeys) {
    const value = metadata[key];
    if (value !== undefined) trace[key] = value;
  }
  return trace;
}

/**
 * Groups events by {@link correlationOf}, each group in the order of the events. It keeps nothing after
 * its return. Throws what that throws, and `input.unreadable` for what cannot be iterated.
 */
export function groupByCorrelation(events: Iterable<Event>): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of guarded("check", Event.typeName, () => [...events])) {
    const key = correlationOf(event);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return groups;
}

/** The request_id or query_id of an event that asks or answers; undefined for all other events. Throws what {@link unpackEvent} throws. */
export function requestIdOf(event: Event): string | undefined {
  return idIn(unpackEvent(event));
}

function idIn({ type, payload }: ReturnType<typeof unpackEvent>): string | undefined {
  switch (type) {
    case "LEARNING_DECISION":
    case "STRATEGY_REQUEST":
    case "STRATEGY_RESPONSE":
      return payload.requestId;
    case "KNOWLEDGE_QUERY":
      return payload.queryId;
    default:
      return undefined;
  }
}

/**
 * Whether one event answers another: a decision answers a request for a decision, a strategy response a
 * strategy request, if both have the same request_id. The answer's correlation must be that of the
 * question, or empty. Throws what {@link unpackEvent} throws. Document: the JimBot specification,
 * "Learning Events" and "LLM Integration Interface".
 */
export function isAnswer(question: Event, answer: Event): boolean {
  const asked = unpackEvent(question);
  const answered = unpackEvent(answer);
  const pairs =
    (asked.type === "LEARNING_DECISION" &&
      asked.subtype === "REQUEST" &&
      answered.type === "LEARNING_DECISION" &&
      answered.subtype === "RESPONSE") ||
    (asked.type === "STRATEGY_REQUEST" && answered.type === "STRATEGY_RESPONSE");
  if (!pairs || idIn(asked) !== idIn(answered)) return false;
  return answer.correlationId === "" || answer.correlationId === correlationOf(question);
}
