import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/contract/guard/guard.js";
import { Event } from "../../src/jimbot/index.js";
import { SeedState, SystemStatePacket } from "../../src/leyline/index.js";
import { instrument, instrumentJimBot } from "../../src/otel/index.js";
import { createMeter, createTracer, pointsOf, ticking } from "./sdk.js";

const message_type = "esper.leyline.v1.SystemStatePacket";
const packet = SystemStatePacket.create({ packetId: "p-1" });
const wrong = SystemStatePacket.create({ packetId: "p-1", version: 2 });
const bytes = SystemStatePacket.encode(packet);
const now = ticking(62.5);

describe("an instrumented guard", () => {
  it("measures each message type", async () => {
    const { meter, collect } = createMeter();
    const { tracer, spans } = createTracer();
    const guard = createGuard();
    const measured = instrument(guard, { meter, tracer, now });
    expect(measured.encode(SystemStatePacket, packet)).toEqual(bytes);
    expect(measured.safeEncode(SystemStatePacket, packet)).toEqual({ ok: true, value: bytes });
    const parts = measured.encodeParts(SeedState, SeedState.create({ seedId: "s" }));
    const safeParts = measured.safeEncodeParts(SeedState, SeedState.create({ seedId: "s" }));
    expect(safeParts.ok && safeParts.value.length).toBe(1);
    expect(parts).toHaveLength(1);
    const collected = await collect();
    expect(pointsOf(collected, "leyline.serialization.duration_us")).toMatchObject([
      [{ message_type }, { count: 2, sum: 125 }],
      [{ message_type: "esper.leyline.v1.SeedState" }, { count: 2, sum: 125 }],
    ]);
    expect(pointsOf(collected, "leyline.message.size_bytes")).toMatchObject([
      [{ message_type }, { count: 2, sum: 2 * bytes.length }],
      [{}, { count: 2, sum: 2 * (parts[0]?.length ?? 0) }],
    ]);
    expect(spans().map(({ attributes }) => attributes["message_type"])).toEqual([
      message_type,
      message_type,
      "esper.leyline.v1.SeedState",
      "esper.leyline.v1.SeedState",
    ]);
    expect(guard.stats().messages[message_type]?.encoded).toBe(2);
    expect(measured.stats()).toEqual(guard.stats());
  });

  it("counts rejected messages, and rejections by the breaker as failures", async () => {
    const { meter, collect } = createMeter();
    const { tracer, spans } = createTracer();
    const measured = instrument(createGuard(), { meter, tracer, now });
    for (let times = 0; times < 3; times++) measured.safeEncode(SystemStatePacket, wrong);
    expect(() => measured.encode(SystemStatePacket, packet)).toThrow("[breaker.open]");
    expect(() => measured.decode(SystemStatePacket, SystemStatePacket.codec.encode(wrong))).toThrow(
      "version: expected a number of at most 1, got 2 [range]",
    );
    measured.safeDecode(SystemStatePacket, bytes, { maxBytes: 2 });
    const collected = await collect();
    expect(pointsOf(collected, "leyline.serialization.failures")).toEqual([
      [{ message_type, code: "range" }, 3],
      [{ message_type, code: "breaker.open" }, 1],
    ]);
    expect(pointsOf(collected, "leyline.version.mismatches")).toEqual([
      [{ message_type, code: "range" }, 4],
    ]);
    expect(pointsOf(collected, "leyline.limit.exceeded")).toEqual([
      [{ message_type, code: "input.bytes" }, 1],
    ]);
    expect(spans().map(({ status }) => status.message)).toEqual([
      "range",
      "range",
      "range",
      "breaker.open",
    ]);
  });

  it("uses the guard's budgets of size and time", async () => {
    const { meter, collect } = createMeter();
    const guard = createGuard({ max_message_size: 20, serialization_timeout_us: 60 });
    const measured = instrument(guard, { meter, now });
    const larger = SystemStatePacket.create({ packetId: "p-1", experimentName: "e".repeat(40) });
    expect(() => measured.encode(SystemStatePacket, larger)).toThrow("exceed the budget of 20");
    measured.encode(SystemStatePacket, packet);
    expect(pointsOf(await collect(), "leyline.budget.violations")).toEqual([
      [{ message_type, budget: "max_bytes" }, 1],
      [{ message_type, budget: "encode_us" }, 1],
    ]);
  });

  it("measures an instrumented contract once, and keeps the metrics of instrumentJimBot", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(createGuard(), { meter, now });
    const contract = instrument(instrument(SystemStatePacket, { meter, now }), { meter, now });
    measured.encode(contract, packet);
    measured.decode(contract, bytes);
    measured.safeDecode(contract, SystemStatePacket.codec.encode(wrong));
    const event = instrumentJimBot(Event, { meter, destination: "event_bus", now });
    const state = { type: "GAME_STATE", source: "mcp", event_id: "e-1", payload: {} };
    measured.encode(event, Event.fromJson(state));
    const collected = await collect();
    expect(pointsOf(collected, "leyline.serialization.duration_us")).toMatchObject([
      [{ message_type }, { count: 1 }],
      [{ message_type: "jimbot.events.v1.Event" }, { count: 1 }],
    ]);
    expect(pointsOf(collected, "leyline.version.mismatches")).toMatchObject([[{}, 1]]);
    expect(pointsOf(collected, "jimbot_event_bus_messages_total")).toMatchObject([[{}, 1]]);
  });

  it("has the same other methods as the original", () => {
    const { meter } = createMeter();
    const guard = createGuard();
    const measured = instrument(guard, { meter });
    expect(Object.keys(measured).sort()).toEqual(Object.keys(guard).sort());
    expect(measured.config).toBe(guard.config);
    expect(measured.breakerOf(SystemStatePacket)).toBe(guard.breakerOf(SystemStatePacket));
    expect(measured.maxBytesOf(SystemStatePacket)).toBe(280);
    expect(measured.decode(SystemStatePacket, bytes)).toEqual(packet);
    expect(measured.safeDecode(SystemStatePacket, bytes)).toEqual({ ok: true, value: packet });
    expect(Object.isFrozen(measured)).toBe(true);
  });

  it("throws what the original throws for a value that is not a contract", () => {
    const { meter } = createMeter();
    const guard = createGuard();
    const measured = instrument(guard, { meter });
    for (const target of [undefined, null, 5, {}]) {
      const plain = Reflect.apply(guard.safeEncode, guard, [target, packet]);
      expect(Reflect.apply(measured.safeEncode, measured, [target, packet])).toEqual(plain);
    }
  });
});
