import { SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { SystemStatePacket } from "../../src/leyline/index.js";
import { instrument } from "../../src/otel/index.js";
import { createMeter, createTracer, ticking } from "./sdk.js";

const message_type = "esper.leyline.v1.SystemStatePacket";
const packet = SystemStatePacket.create({ packetId: "p-1" });
const now = ticking(62.5);

/** A packet that breaks a rule with a confidential value. */
function secretly(version: number): SystemStatePacket {
  return SystemStatePacket.create({
    packetId: "top secret",
    sourceSubsystem: "TOP SECRET",
    version,
  });
}

describe("the span of a serialization", () => {
  it("has the documented name, attributes and events, in this order", () => {
    const { tracer, spans } = createTracer();
    const bytes = instrument(SystemStatePacket, { tracer, now }).encode(packet);
    const [span, ...others] = spans();
    expect(others).toEqual([]);
    expect(span?.name).toBe("leyline.serialize");
    expect(span?.attributes).toEqual({ message_type, duration_us: 62.5, size_bytes: bytes.length });
    expect(span?.events.map(({ name }) => name)).toEqual([
      "serialization_start",
      "serialization_complete",
    ]);
    expect(span?.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(span?.ended).toBe(true);
  });

  it("has an error's code and path, and no value of the message", () => {
    const { tracer, spans } = createTracer();
    const measured = instrument(SystemStatePacket, { tracer, now });
    expect(() => measured.encode(secretly(1))).toThrow('got "TOP SECRET"');
    measured.safeEncode(secretly(2));
    measured.safeEncode(
      SystemStatePacket.create({ packetId: "p", experimentName: "e".repeat(400) }),
    );
    expect(spans().map(({ attributes }) => attributes)).toEqual([
      { message_type, duration_us: 62.5, code: "format", path: "source_subsystem" },
      { message_type, duration_us: 62.5, code: "range", path: "version" },
      { message_type, duration_us: 62.5, code: "budget.size", path: "" },
    ]);
    expect(spans().map(({ status }) => status)).toEqual([
      { code: SpanStatusCode.ERROR, message: "format" },
      { code: SpanStatusCode.ERROR, message: "range" },
      { code: SpanStatusCode.ERROR, message: "budget.size" },
    ]);
    const events = spans().map((span) =>
      span.events.map(({ name, attributes }) => [name, attributes]),
    );
    expect(events).toEqual(
      ["format at source_subsystem", "range at version", "budget.size"].map((text) => [
        ["serialization_start", {}],
        ["exception", { "exception.type": "ContractError", "exception.message": text }],
      ]),
    );
    const ended = spans().map(({ attributes, status }) => ({ attributes, status }));
    expect(JSON.stringify([ended, events]).toLowerCase()).not.toContain("secret");
  });

  it("is created for each call of a method that serializes, and for no other method", () => {
    const { tracer, spans } = createTracer();
    const measured = instrument(SystemStatePacket, { tracer, now });
    measured.encode(packet);
    measured.safeEncode(packet);
    measured.encodeParts(packet);
    measured.safeEncodeParts(packet);
    measured.safeEncodeParts(secretly(2));
    expect(spans()).toHaveLength(5);
    measured.safeDecode(measured.codec.encode(packet));
    measured.safeFromJson(measured.toJson(packet));
    measured.safeFromJsonText(measured.toJsonText(packet));
    measured.safeCheck(packet);
    measured.safeDecode(new Uint8Array([8]));
    expect(spans()).toHaveLength(5);
  });

  it("works together with the metrics", async () => {
    const { tracer, spans } = createTracer();
    const { meter, collect } = createMeter();
    instrument(SystemStatePacket, { meter, tracer, now }).encode(packet);
    expect(spans()).toHaveLength(1);
    expect(Object.keys(await collect())).toEqual([
      "leyline.serialization.duration_us",
      "leyline.message.size_bytes",
    ]);
  });
});
