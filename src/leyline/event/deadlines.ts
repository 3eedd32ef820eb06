import { DeliveryGuarantee, MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { readClock } from "../../contract/base/clock.js";
import { guarded } from "../../contract/base/result.js";
import { SystemLimits } from "../limits.js";
import { toMillis } from "../options.js";
import { EventEnvelope } from "./event.js";

/** What everything that asks for the time takes. */
export interface EventTimeOptions {
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link EventTimeOptions}. */
export const eventTimeDefaults: Readonly<Required<EventTimeOptions>> = Object.freeze({
  now: () => Date.now(),
});

/**
 * How long messages of each priority live on the bus, in milliseconds, for `packEvent`'s `ttlMillis`; no
 * envelope has one unless its sender says so. Document: the bus of the Leyline schema's authors.
 */
export const eventTtlByPriority: Readonly<Record<MessagePriority, number>> = Object.freeze({
  [MessagePriority.UNSPECIFIED]: 3_600_000,
  [MessagePriority.LOW]: 7_200_000,
  [MessagePriority.NORMAL]: 3_600_000,
  [MessagePriority.HIGH]: 1_800_000,
  [MessagePriority.CRITICAL]: 600_000,
});

/** The part of an event that its times are told by. */
type Timed = Pick<EventEnvelope, "createdAt" | "ttl" | "processingDeadline">;

/**
 * When an event expires, in milliseconds since 1970; undefined for one that never does. Document: the
 * Leyline document, "EventEnvelope" (`ttl`).
 */
export function eventExpiryOf(event: Timed): number | undefined {
  return timeAfter(event, "ttl");
}

/**
 * By when an event should be processed, in milliseconds since 1970; undefined without a deadline.
 * Document: the Leyline document, "EventEnvelope" (`processing_deadline`).
 */
export function eventDeadlineOf(event: Timed): number | undefined {
  return timeAfter(event, "processingDeadline");
}

/**
 * Whether an event has lived for its `ttl` or longer: it is worth nothing and is not delivered any more.
 * Throws ContractError `config` when the clock fails. Document: the Leyline document, "EventEnvelope".
 *
 *     if (isEventExpired(event)) return;
 */
export function isEventExpired(event: Timed, options: EventTimeOptions = {}): boolean {
  return hasPassed(eventExpiryOf(event), options);
}

/**
 * Whether an event is past its `processing_deadline`. It is delivered all the same, and counted as late.
 * Document: the Leyline document, "EventEnvelope".
 */
export function isEventLate(event: Timed, options: EventTimeOptions = {}): boolean {
  return hasPassed(eventDeadlineOf(event), options);
}

/** The next delivery of an event, or why there is none. */
export type NextEventAttempt =
  | {
      readonly ok: true;
      /** A copy of the event with its `current_attempt` raised. */
      readonly event: EventEnvelope;
    }
  | { readonly ok: false; readonly reason: "expired" | "at_most_once" | "attempts_exhausted" };

/**
 * What follows a delivery that failed: the event again with the next `current_attempt`, or the reason
 * why it goes to the dead letters instead. `max_attempts` 0 means the 3 of the system's limits, and
 * `current_attempt` 0, which is not counted, was the first. Throws what `EventEnvelope.check` throws.
 * Document: the Leyline document, "EventEnvelope", and SystemLimits.max_retry_attempts.
 *
 *     const next = nextEventAttempt(event);
 *     if (next.ok) publish(next.event);
 *     else bury(event, next.reason);
 */
export function nextEventAttempt(
  event: EventEnvelope,
  options: EventTimeOptions = {},
): NextEventAttempt {
  const checked = EventEnvelope.check(event);
  if (isEventExpired(checked, options)) return { ok: false, reason: "expired" };
  if (checked.deliveryGuarantee === DeliveryGuarantee.AT_MOST_ONCE) {
    return { ok: false, reason: "at_most_once" };
  }
  const most = checked.maxAttempts || SystemLimits.create().maxRetryAttempts;
  const current = checked.currentAttempt || 1;
  if (current >= most) return { ok: false, reason: "attempts_exhausted" };
  const next = EventEnvelope.clone(checked);
  next.currentAttempt = current + 1;
  return { ok: true, event: next };
}

function timeAfter(event: Timed, key: "ttl" | "processingDeadline"): number | undefined {
  return guarded("check", EventEnvelope.typeName, () => {
    const { createdAt, [key]: span } = event;
    if (createdAt === undefined || span === undefined) return undefined;
    return toMillis(createdAt) + toMillis(span);
  });
}

function hasPassed(time: number | undefined, options: EventTimeOptions): boolean {
  if (time === undefined) return false;
  const { typeName } = EventEnvelope;
  return guarded("check", typeName, () => {
    return readClock("check", typeName, options.now ?? eventTimeDefaults.now) >= time;
  });
}
