import { describe, expect, it } from "vitest";
import { RouteRequest } from "../../../src/beamline/index.js";
import type { Result } from "../../../src/index.js";
import { EventEnvelope, SystemStatePacket } from "../../../src/leyline/index.js";
import { ControlCommand } from "../../../src/sim/index.js";
import { Liar, lying, nested, unsafe, verdicts } from "../../support/all-verdicts.js";

describe("every method that takes a message", () => {
  it("counts the depth of a Struct as the binary form does", () => {
    const command = ControlCommand.fromJson({ command: "start", parameters: {} });
    for (const levels of [49, 50, 51, 60, 200]) {
      const json = { command: "start", parameters: nested(levels) };
      const expected = levels <= 50 ? "ok" : "parameters: input.depth";
      const seen = verdicts(ControlCommand, { ...command, parameters: nested(levels) });
      expect(new Set(seen), `${levels} levels`).toEqual(new Set([expected]));
      expect(ControlCommand.safeFromJson(json).ok, `${levels} levels`).toBe(levels <= 50);
    }
    const message = { ...command, parameters: unsafe<Record<string, never>>(nested(50)) };
    expect(ControlCommand.decode(ControlCommand.encode(message))).toEqual(message);
  });

  it("writes the items of a list, whatever its iterator says", () => {
    const envelope = EventEnvelope.create({ eventId: "e", eventType: "t" });
    for (const routingKeys of [
      Liar.from(["a", "b"]),
      lying(["a", "b"]),
      new Proxy(["a", "b"], {}),
    ]) {
      const message = unsafe<EventEnvelope>({ ...envelope, routingKeys });
      expect(EventEnvelope.safeToJson(message)).toMatchObject({
        value: { routing_keys: ["a", "b"] },
      });
      expect(EventEnvelope.safeToJsonText(message)).toMatchObject({ ok: true });
      expect(JSON.parse(EventEnvelope.toJsonText(message))).toEqual(EventEnvelope.toJson(message));
      expect(EventEnvelope.decode(EventEnvelope.encode(message)).routingKeys).toEqual(["a", "b"]);
    }
  });

  it("takes a Proxy that reads like plain data", () => {
    const packet = SystemStatePacket.create({
      packetId: "p",
      seedStates: [{ seedId: "s", stage: 1 }],
    });
    const deep = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null) return value;
      return new Proxy(value, { get: (target, key) => deep(Reflect.get(target, key)) });
    };
    const state = unsafe<SystemStatePacket>(deep(packet));
    expect(SystemStatePacket.encode(state)).toEqual(SystemStatePacket.encode(packet));
    expect(SystemStatePacket.toJsonText(state)).toBe(SystemStatePacket.toJsonText(packet));
    expect(SystemStatePacket.check(state)).toBe(state);
  });

  it("reads each property of a Proxy once before it writes what it has read", () => {
    const packet = SystemStatePacket.create({ packetId: "p" });
    for (let good = 0; good < 12; good++) {
      let reads = 0;
      const changing = new Proxy(packet, {
        get: (target, key, receiver) =>
          key === "validationAccuracy" && reads++ >= good ? 7 : Reflect.get(target, key, receiver),
      });
      for (const write of [SystemStatePacket.safeEncode, SystemStatePacket.safeToJson]) {
        reads = 0;
        const result = write(changing);
        if (result.ok)
          expect(JSON.stringify(SystemStatePacket.toJson(packet))).toContain("packet_id");
      }
      reads = 0;
      const json = SystemStatePacket.safeToJson(changing);
      if (json.ok) expect(SystemStatePacket.safeFromJson(json.value).ok).toBe(true);
      reads = 0;
      const bytes = SystemStatePacket.safeEncode(changing);
      if (bytes.ok) expect(SystemStatePacket.safeDecode(bytes.value).ok).toBe(true);
    }
  });
});

describe("a wrong value", () => {
  const foreign = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]),
  );
  const large = new Uint8Array(3_000_000);
  const values = [large, foreign, new Float64Array(400_000)];

  it("is refused before it is read through, where a message or a oneof belongs", () => {
    const route = RouteRequest.create();
    const packet = SystemStatePacket.create();
    const methods: ((value: unknown) => Result<unknown>)[] = [
      (value) => SystemStatePacket.safeCheck(value),
      (value) => RouteRequest.safeCheck({ ...route, message: value }),
      (value) => RouteRequest.safeEncode(unsafe({ ...route, message: value })),
      (value) => SystemStatePacket.safeCheck({ ...packet, seedStates: [value] }),
      (value) => SystemStatePacket.safeToJson(unsafe({ ...packet, hardwareContext: value })),
    ];
    for (const method of methods) {
      for (const value of values) {
        expect(method(value)).toMatchObject({ ok: false, error: { code: "type" } });
        const start = performance.now();
        method(value);
        expect(performance.now() - start).toBeLessThan(5);
      }
    }
  });
});
