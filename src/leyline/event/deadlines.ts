import { DeliveryGuarantee, MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { readClock } from "../../contract/base/clock.js";
import { guarded, guardedRead } from "../../contract/base/result.js";
import { SystemLimits } from "../limits.js";
import { toMillis } from "../options.js";
import { EventEnvelope } from "./event.js";
import { assertTimeOptions } from "./event-options.js";

/** Options of the functions that compare an event with the current time. */
export interface EventTimeOptions {
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link EventTimeOptions}. */
export const eventTimeDefaults: Readonly<Required<EventTimeOptions>> = Object.freeze({
  now: () => Date.now(),
});

/**
 * Time to live on the bus by priority, in milliseconds, for the option `ttlMillis` of `packEvent`. It is
 * never set automatically: an event without `ttl` does not expire. Document: the bus of the Leyline schema's authors.
 */
export const eventTtlByPriority: Readonly<Record<MessagePriority, number>> = Object.freeze({
  [MessagePriority.UNSPECIFIED]: 3_600_000,
  [MessagePriority.LOW]: 7_200_000,
  [MessagePriority.NORMAL]: 3_600_000,
  [MessagePriority.HIGH]: 1_800_000,
  [MessagePriority.CRITICAL]: 600_000,
});

/** The fields of an event that its expiry and deadline are computed from. */
type Timed = Pick<EventEnvelope, "createdAt" | "ttl" | "processingDeadline">;

/**
 * The time at which an event expires, in milliseconds since 1970; undefined if it never does. Throws
 * ContractError `input.unreadable` if reading the event throws. Document: the Leyline document,
 * "EventEnvelope" (`ttl`).
 */
export function eventExpiryOf(event: Timed): number | undefined {
  return timeAfter(event, "ttl");
}

/**
 * The time by which an event should be processed, in milliseconds since 1970; undefined if it has no
 * deadline. Throws ContractError `input.unreadable` if reading the event throws. Document: the Leyline
 * document, "EventEnvelope" (`processing_deadline`).
 */
export function eventDeadlineOf(event: Timed): number | undefined {
  return timeAfter(event, "processingDeadline");
}

/**
 * Returns whether an event is as old as its `ttl` or older. An expired event must not be delivered. Throws
 * ContractError `config` if the clock fails. Document: the Leyline document, "EventEnvelope".
 *
 *     if (isEventExpired(event)) return;
 */
export function isEventExpired(event: Timed, options: EventTimeOptions = {}): boolean {
  return hasPassed(eventExpiryOf(event), options);
}

/**
 * Returns whether the `processing_deadline` of an event has passed. A late event is still delivered, and
 * counted as late. Throws ContractError `config` if the clock fails. Document: the Leyline document, "EventEnvelope".
 */
export function isEventLate(event: Timed, options: EventTimeOptions = {}): boolean {
  return hasPassed(eventDeadlineOf(event), options);
}

/** The next delivery of an event, or the reason why there is none. */
export type NextEventAttempt =
  | {
      readonly ok: true;
      /** A copy of the event with `current_attempt` incremented. */
      readonly event: EventEnvelope;
    }
  | { readonly ok: false; readonly reason: "expired" | "at_most_once" | "attempts_exhausted" };

/**
 * What to do after a failed delivery: returns the event with the next `current_attempt`, or the reason
 * why it goes to the dead letters instead. `max_attempts` 0 means the limit of the system, 3;
 * `current_attempt` 0 means the first attempt. Throws what `EventEnvelope.check` throws, and ContractError
 * `config` if the clock fails.
 * Document: the Leyline document, "EventEnvelope", and SystemLimits.max_retry_attempts.
 *
 *     const next = nextEventAttempt(event);
 *     if (next.ok) publish(next.event);
 *     else publishDeadLetter(event, next.reason);
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
  const maximum = checked.maxAttempts || SystemLimits.create().maxRetryAttempts;
  const current = checked.currentAttempt || 1;
  if (current >= maximum) return { ok: false, reason: "attempts_exhausted" };
  const next = EventEnvelope.clone(checked);
  next.currentAttempt = current + 1;
  return { ok: true, event: next };
}

function timeAfter(event: Timed, key: "ttl" | "processingDeadline"): number | undefined {
  return guardedRead("check", EventEnvelope.typeName, () => {
    const { createdAt, [key]: span } = event;
    if (createdAt === undefined || span === undefined) return undefined;
    return toMillis(createdAt) + toMillis(span);
  });
}

function hasPassed(time: number | undefined, options: EventTimeOptions): boolean {
  assertTimeOptions(options);
  if (time === undefined) return false;
  const { typeName } = EventEnvelope;
  return guarded("check", typeName, () => {
    return readClock("check", typeName, options.now ?? eventTimeDefaults.now) >= time;
  });
}
