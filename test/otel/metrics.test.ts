import { describe, expect, it } from "vitest";
import { HeartbeatEvent } from "../../src/jimbot/index.js";
import { EventEnvelope, SeedState, SystemStatePacket } from "../../src/leyline/index.js";
import { instrument } from "../../src/otel/index.js";
import { createMeter, pointsOf, ticking } from "./sdk.js";

const message_type = "esper.leyline.v1.SystemStatePacket";
const packet = SystemStatePacket.create({ packetId: "p-1" });
/** 62.5 µs, which a float represents exactly. */
const now = ticking(62.5);

describe("the measured serialization", () => {
  it("is a histogram of microseconds and one of bytes, with the documented limits as buckets", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    const bytes = measured.encode(packet);
    measured.safeEncode(packet);
    const attributes = { message_type };
    expect(await collect()).toEqual({
      "leyline.serialization.duration_us": {
        kind: "histogram",
        unit: "us",
        points: [
          {
            attributes,
            value: {
              count: 2,
              sum: 125,
              min: 62.5,
              max: 62.5,
              buckets: {
                boundaries: [1, 2, 5, 10, 20, 40, 80, 120, 250, 500, 1000, 10_000],
                counts: [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0],
              },
            },
          },
        ],
      },
      "leyline.message.size_bytes": {
        kind: "histogram",
        unit: "By",
        points: [
          {
            attributes,
            value: {
              count: 2,
              sum: 2 * bytes.length,
              min: bytes.length,
              max: bytes.length,
              buckets: {
                boundaries: [
                  32, 64, 128, 200, 280, 512, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576,
                ],
                counts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
              },
            },
          },
        ],
      },
    });
  });

  it("puts a message of exactly its budget into the bucket up to the budget", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    const full = SystemStatePacket.create({ packetId: "p-1", experimentName: "e".repeat(270) });
    expect(measured.encode(full).length).toBe(280);
    const [point] = pointsOf(await collect(), "leyline.message.size_bytes");
    expect(point).toMatchObject([
      {},
      { buckets: { counts: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] } },
    ]);
  });

  it("records one duration and one size for a message in parts", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    const seeds = Array.from({ length: 30 }, (_, index) =>
      SeedState.create({ seedId: `seed-${index}` }),
    );
    const large = SystemStatePacket.create({ packetId: "p-1", seedStates: seeds });
    const parts = measured.encodeParts(large);
    const result = measured.safeEncodeParts(large);
    expect(parts.length).toBeGreaterThan(1);
    expect(result.ok && result.value.length).toBe(parts.length);
    const sum = 2 * parts.reduce((total, part) => total + part.length, 0);
    const collected = await collect();
    expect(pointsOf(collected, "leyline.message.size_bytes")).toMatchObject([
      [{}, { count: 2, sum }],
    ]);
    expect(pointsOf(collected, "leyline.serialization.duration_us")).toMatchObject([
      [{}, { count: 2, sum: 125 }],
    ]);
    expect(pointsOf(collected, "leyline.budget.violations")).toEqual([]);
  });

  it("uses the clock of the platform by default", async () => {
    const { meter, collect } = createMeter();
    instrument(SystemStatePacket, { meter }).encode(packet);
    const [point] = pointsOf(await collect(), "leyline.serialization.duration_us");
    expect(point).toMatchObject([{}, { count: 1, sum: expect.any(Number) }]);
    expect(JSON.stringify(point)).not.toContain('"sum":0,');
  });

  it("does not record JSON and reading methods", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    measured.decode(SystemStatePacket.encode(packet));
    measured.fromJson(measured.toJson(packet));
    measured.fromJsonText(measured.toJsonText(packet));
    measured.check(packet);
    expect(await collect()).toEqual({});
  });

  it("shares its instruments with the other contracts of a meter", async () => {
    const { meter, collect } = createMeter();
    instrument(SystemStatePacket, { meter, now }).encode(packet);
    instrument(EventEnvelope, { meter, now }).safeEncode(EventEnvelope.create());
    instrument(SeedState, { meter, now }).encode(SeedState.create({ seedId: "s" }));
    expect(pointsOf(await collect(), "leyline.serialization.duration_us")).toMatchObject([
      [{ message_type }, { count: 1 }],
      [{ message_type: "esper.leyline.v1.SeedState" }, { count: 1 }],
    ]);
  });
});

describe("the counter of", () => {
  const large = SystemStatePacket.create({ packetId: "p-1", experimentName: "e".repeat(400) });

  it("failures counts encodings that threw, by code", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    expect(() => measured.encode(SystemStatePacket.create())).toThrow("[length]");
    measured.safeEncode(SystemStatePacket.create());
    measured.safeEncodeParts(SystemStatePacket.create());
    measured.safeEncode(large);
    measured.safeToJson(SystemStatePacket.create());
    measured.safeDecode(new Uint8Array([8]));
    expect((await collect())["leyline.serialization.failures"]).toEqual({
      kind: "sum",
      unit: "{failure}",
      points: [
        { attributes: { message_type, code: "length" }, value: 3 },
        { attributes: { message_type, code: "budget.size" }, value: 1 },
      ],
    });
  });

  it("violations counts messages that exceed their size budget, unless the caller disabled it", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    measured.safeEncode(large);
    measured.safeEncode(SystemStatePacket.create());
    measured.encode(large, { budget: false });
    expect((await collect())["leyline.budget.violations"]).toEqual({
      kind: "sum",
      unit: "{violation}",
      points: [{ attributes: { message_type, budget: "max_bytes" }, value: 1 }],
    });
  });

  it("violations counts messages that exceed their time budget, which are still encoded", async () => {
    const { meter, collect } = createMeter();
    const exact = instrument(SystemStatePacket, { meter, now: ticking(80) });
    const slow = instrument(SystemStatePacket, { meter, now: ticking(93.75) });
    const unlimited = instrument(SeedState, { meter, now: ticking(93.75) });
    exact.encode(packet);
    unlimited.encode(SeedState.create({ seedId: "s" }));
    expect(slow.encode(packet)).toEqual(SystemStatePacket.encode(packet));
    expect(pointsOf(await collect(), "leyline.budget.violations")).toEqual([
      [{ message_type, budget: "encode_us" }, 1],
    ]);
  });

  it("mismatches counts each rejected message with a wrong constant version, once", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    const second = SystemStatePacket.create({ packetId: "p-1", version: 2 });
    const bytes = SystemStatePacket.codec.encode(second);
    measured.safeEncode(second);
    measured.safeDecode(bytes);
    expect(() => measured.decode(bytes)).toThrow("version: expected a number of at most 1, got 2");
    measured.safeFromJson({ packet_id: "p-1", version: 0 });
    measured.safeFromJson({ packet_id: "p-1" });
    measured.safeFromJson({ packet_id: "", version: 1 });
    expect((await collect())["leyline.version.mismatches"]).toEqual({
      kind: "sum",
      unit: "{message}",
      points: [
        { attributes: { message_type, code: "range" }, value: 4 },
        { attributes: { message_type, code: "required" }, value: 1 },
      ],
    });
  });

  it("mismatches ignores versions that are not a constant of the contract", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(HeartbeatEvent, { meter, now });
    const result = measured.safeEncode(HeartbeatEvent.create());
    expect(result.ok || result.error.issues.map(({ path }) => path)).toContain("version");
    const collected = await collect();
    expect(pointsOf(collected, "leyline.version.mismatches")).toEqual([]);
    expect(pointsOf(collected, "leyline.serialization.failures")).toHaveLength(1);
  });

  it("invalid enums counts unknown names, and numbers that are not accepted", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SeedState, { meter, now });
    const unnamed = SeedState.fromJson({ seed_id: "s", stage: 99 });
    measured.safeFromJson({ seed_id: "s", stage: "SEED_STAGE_FOO" });
    measured.safeFromJsonText('{"seed_id":"s","stage":"SEED_STAGE_BAR"}');
    measured["~standard"].validate({ seed_id: "s", stage: {} });
    measured.safeEncode(unnamed, { strict: true });
    expect(measured.decode(measured.encode(unnamed)).stage).toBe(99);
    const attributes = { message_type: "esper.leyline.v1.SeedState" };
    expect((await collect())["leyline.enum.invalid"]).toEqual({
      kind: "sum",
      unit: "{message}",
      points: [
        { attributes: { ...attributes, code: "enum" }, value: 3 },
        { attributes: { ...attributes, code: "enum.unknown" }, value: 1 },
      ],
    });
  });

  it("limits counts inputs that are too long or nested too deeply", async () => {
    const { meter, collect } = createMeter();
    const measured = instrument(SystemStatePacket, { meter, now });
    const bytes = SystemStatePacket.encode(packet);
    measured.safeDecode(bytes, { maxBytes: bytes.length - 1 });
    measured.safeDecode(bytes, { maxBytes: bytes.length });
    // Nested groups of an unknown field 20.
    measured.safeDecode(new Uint8Array(Array.from({ length: 200 }, () => [163, 1]).flat()));
    expect((await collect())["leyline.limit.exceeded"]).toEqual({
      kind: "sum",
      unit: "{message}",
      points: [
        { attributes: { message_type, code: "input.bytes" }, value: 1 },
        { attributes: { message_type, code: "input.depth" }, value: 1 },
      ],
    });
  });
});
