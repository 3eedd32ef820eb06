import { describe, expect, it } from "vitest";
import {
  DeliveryGuarantee,
  EventEnvelope,
  eventDeadlineOf,
  eventExpiryOf,
  eventTtlByPriority,
  isEventExpired,
  isEventLate,
  MessagePriority,
  nextEventAttempt,
} from "../../../src/leyline/index.js";

const created = 1737198245125;
const event = EventEnvelope.fromJson({
  event_id: "e-1",
  event_type: "training.epoch.completed",
  created_at: "2025-01-18T11:04:05.125Z",
  processing_deadline: "0.0185s",
  ttl: "60s",
  max_attempts: 3,
  current_attempt: 1,
});
const endless = EventEnvelope.create({ eventId: "e-2", eventType: "policy_updated" });

/** A clock that shows this many milliseconds after `created_at`. */
function clockAt(millis: number) {
  return { now: () => created + millis };
}

describe("an event", () => {
  it("expires when its ttl has passed", () => {
    expect(eventExpiryOf(event)).toBe(created + 60_000);
    expect([59_999, 60_000].map((millis) => isEventExpired(event, clockAt(millis)))).toEqual([
      false,
      true,
    ]);
  });

  it("is late when its deadline has passed", () => {
    expect(eventDeadlineOf(event)).toBe(created + 18.5);
    expect([18, 18.5, 19].map((millis) => isEventLate(event, clockAt(millis)))).toEqual([
      false,
      true,
      true,
    ]);
    expect(isEventExpired(event, clockAt(19))).toBe(false);
  });

  it("never expires without a ttl or without created_at", () => {
    const { createdAt: _, ...timeless } = event;
    for (const each of [endless, timeless]) {
      expect([eventExpiryOf(each), eventDeadlineOf(each)]).toEqual([undefined, undefined]);
      expect([isEventExpired(each), isEventLate(each)]).toEqual([false, false]);
    }
  });

  it("is compared with the platform's clock by default", () => {
    expect([isEventExpired(event), isEventLate(event)]).toEqual([true, true]);
  });

  it("has a documented time to live for each priority", () => {
    const { UNSPECIFIED, LOW, NORMAL, HIGH, CRITICAL } = MessagePriority;
    const minutes = [UNSPECIFIED, LOW, NORMAL, HIGH, CRITICAL].map(
      (priority) => eventTtlByPriority[priority] / 60_000,
    );
    expect(minutes).toEqual([60, 120, 60, 30, 10]);
  });

  it("is refused if the clock fails or it cannot be read", () => {
    const of = "cannot accept esper.leyline.v1.EventEnvelope: ";
    expect(() => isEventExpired(event, { now: () => Number.NaN })).toThrow(
      `${of}now: expected a clock that gives a finite number of milliseconds, got NaN [config]`,
    );
    const unreadable = `${of}reading the value threw an error [input.unreadable]`;
    const options = {
      get now() {
        throw new Error("no");
      },
    };
    expect(() => Reflect.apply(isEventExpired, undefined, [event, options])).toThrow(unreadable);
    expect(() => Reflect.apply(eventExpiryOf, undefined, [null])).toThrow(unreadable);
  });
});

describe("the next attempt", () => {
  it("is a copy with the next number, up to three", () => {
    const second = nextEventAttempt(event, clockAt(1));
    if (!second.ok) throw new Error(second.reason);
    expect(second.event).toEqual({ ...event, currentAttempt: 2 });
    expect(second.event).not.toBe(event);
    expect(event.currentAttempt).toBe(1);
    const third = nextEventAttempt(second.event, clockAt(2));
    if (!third.ok) throw new Error(third.reason);
    expect(third.event.currentAttempt).toBe(3);
    expect(nextEventAttempt(third.event, clockAt(3))).toEqual({
      ok: false,
      reason: "attempts_exhausted",
    });
  });

  it.each([
    [0, 0, 2],
    [0, 2, 3],
    [0, 3, undefined],
    [1, 1, undefined],
    [1, 0, undefined],
    [2, 1, 2],
  ])(
    "with max_attempts %i after current_attempt %i is %s",
    (maxAttempts, currentAttempt, expected) => {
      const next = nextEventAttempt(
        EventEnvelope.create({ ...endless, maxAttempts, currentAttempt }),
      );
      expect(next.ok ? next.event.currentAttempt : undefined).toBe(expected);
    },
  );

  it("does not exist for an event that has expired or is delivered at most once", () => {
    const { AT_MOST_ONCE: deliveryGuarantee } = DeliveryGuarantee;
    const once = EventEnvelope.create({ ...event, deliveryGuarantee });
    expect(nextEventAttempt(once, clockAt(0))).toEqual({ ok: false, reason: "at_most_once" });
    expect(nextEventAttempt(once, clockAt(60_000))).toEqual({ ok: false, reason: "expired" });
  });

  it("is refused for what is not an event", () => {
    expect(() => Reflect.apply(nextEventAttempt, undefined, [{}])).toThrow(
      "cannot accept esper.leyline.v1.EventEnvelope: expected a esper.leyline.v1.EventEnvelope message, got an object [type]",
    );
  });
});
