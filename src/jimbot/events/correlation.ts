import { guarded } from "../../contract/base/result.js";
import { Event } from "./event.js";
import {
  type EventHeadOptions,
  type EventTypeName,
  type PayloadOf,
  packEvent,
  unpackEvent,
} from "./pack-event.js";

/** The entries of metadata that carry the trace, in the words of W3C Trace Context. */
export const traceMetadataKeys = ["traceparent", "tracestate"] as const;

/** The head of an event that follows another: its correlation is that of the other one. */
export type FollowUpOptions = Omit<EventHeadOptions, "correlationId">;

/**
 * What relates an event to others: its correlation_id, or its own event_id when it stands alone so far.
 * Document: the JimBot specification, "Base Event Structure".
 */
export function correlationOf(event: Event): string {
  const { correlationId, eventId } = Event.check(event);
  return correlationId === "" ? eventId : correlationId;
}

/**
 * The event that follows from another one: an answer, a decision, an error. It has the other's
 * correlation and carries its trace on ({@link traceMetadataKeys}), unless the options' metadata has a `traceparent`. Throws
 * what {@link packEvent} throws. Document: the JimBot specification, "Distributed Tracing".
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
    const { metadata = {}, ...head } = options;
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

/** Events by their correlation, each group in the order in which its events came. */
export function groupByCorrelation(events: Iterable<Event>): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const key = correlationOf(event);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return groups;
}

/** The identity of the question that an event asks or answers; undefined for all other events. */
export function requestIdOf(event: Event): string | undefined {
  return idIn(unpackEvent(event));
}

function idIn(told: ReturnType<typeof unpackEvent>): string | undefined {
  switch (told.type) {
    case "LEARNING_DECISION":
    case "STRATEGY_REQUEST":
    case "STRATEGY_RESPONSE":
      return told.payload.requestId;
    case "KNOWLEDGE_QUERY":
      return told.payload.queryId;
    default:
      return undefined;
  }
}

/**
 * Whether one event answers the question of another: a decision a request for one, advice a request for
 * advice, with the same request_id. An answer of another correlation is none; one without a correlation
 * may be one. Throws what {@link unpackEvent} throws. Document: the JimBot specification, "Learning
 * Events" and "LLM Integration Interface".
 */
export function isAnswer(question: Event, answer: Event): boolean {
  const asked = unpackEvent(question);
  const told = unpackEvent(answer);
  const pairs =
    (asked.type === "LEARNING_DECISION" &&
      asked.subtype === "REQUEST" &&
      told.type === "LEARNING_DECISION" &&
      told.subtype === "RESPONSE") ||
    (asked.type === "STRATEGY_REQUEST" && told.type === "STRATEGY_RESPONSE");
  if (!pairs || idIn(asked) !== idIn(told)) return false;
  return answer.correlationId === "" || answer.correlationId === correlationOf(question);
}
