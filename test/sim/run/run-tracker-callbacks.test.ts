import { describe, expect, it } from "vitest";
import {
  createRunTracker,
  type Envelope,
  makeCommand,
  makeStatus,
} from "../../../src/sim/index.js";

const at = (millis: number) => ({ now: () => millis });

/** An envelope in which reading a property of the payload does something first. */
function reading(envelope: Envelope, key: string, act: () => void): Envelope {
  const payload: { case: string | undefined; value: object } = JSON.parse("{}");
  Object.assign(payload, envelope.payload);
  const value = { ...payload.value };
  const read: unknown = Reflect.get(value, key);
  let isDone = false;
  Object.defineProperty(value, key, {
    enumerable: true,
    get() {
      if (!isDone) {
        isDone = true;
        act();
      }
      return read;
    },
  });
  return Object.assign({ ...envelope }, { payload: { ...payload, value } });
}

describe("a run tracker that an envelope's getter calls back", () => {
  it("accepts a status once, the inner one first", () => {
    const tracker = createRunTracker();
    const inner: unknown[] = [];
    const running = makeStatus("r", { status: "running" }, at(5));
    const outer = reading(running, "status", () => inner.push(tracker.take(running).kind));
    expect(tracker.take(outer).kind).toBe("repeated");
    expect(inner).toEqual(["accepted"]);
  });

  it("judges a command by the state after the inner one", () => {
    const tracker = createRunTracker();
    const stop = makeCommand("r", "stop", {}, at(5));
    const pause = makeCommand("r", "pause", {}, at(9));
    const outer = reading(pause, "command", () => tracker.take(stop));
    expect(tracker.take(outer).kind).toBe("after_end");
    expect(tracker.get("r")?.order).toBe("stop");
  });

  it("changes nothing if a getter throws", () => {
    const tracker = createRunTracker();
    const running = makeStatus("r", { status: "running" }, at(5));
    const outer = reading(running, "status", () => {
      throw new Error("no");
    });
    expect(tracker.safeTake(outer)).toMatchObject({
      ok: false,
      error: { code: "input.unreadable" },
    });
    expect([tracker.size, tracker.take(running).kind]).toEqual([0, "accepted"]);
  });
});
