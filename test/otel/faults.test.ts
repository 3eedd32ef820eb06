import type { Meter, Tracer } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { Event } from "../../src/jimbot/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";
import {
  createJimBotMetrics,
  type InstrumentOptions,
  instrument,
  instrumentJimBot,
} from "../../src/otel/index.js";
import { refusalOf } from "../support/refusal.js";
import { createMeter, createTracer, pointsOf, ticking } from "./sdk.js";

const packet = SystemStatePacket.create({ packetId: "p-1" });
const bytes = SystemStatePacket.encode(packet);
const { meter } = createMeter();
const { tracer } = createTracer();

function fail(): never {
  throw new Error("no telemetry today");
}

/** A real object with one method replaced. */
function changed<T extends object>(real: T, method: keyof T, replacement: unknown): T {
  return new Proxy(real, {
    get(target, key) {
      if (key === method) return replacement;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A meter whose histograms throw when they record. */
const brokenMeter = changed<Meter>(meter, "createHistogram", () => ({ record: fail }));
/** A tracer whose spans throw when an event is added. */
const brokenTracer = changed<Tracer>(tracer, "startSpan", () =>
  changed(tracer.startSpan("deaf"), "addEvent", fail),
);

describe("telemetry that throws", () => {
  it.each<[string, InstrumentOptions]>([
    ["a histogram", { meter: brokenMeter }],
    ["a tracer", { tracer: changed<Tracer>(tracer, "startSpan", fail) }],
    ["a span", { tracer: brokenTracer }],
    ["a clock", { meter, now: fail }],
    ["a clock without a number", { meter, now: () => Number.NaN }],
  ])("does not affect a method when it is %s", (_, options) => {
    const reported: unknown[] = [];
    const measured = instrument(SystemStatePacket, {
      ...options,
      onFault: (fault) => {
        reported.push(fault);
        throw new Error("a listener failed");
      },
    });
    expect(measured.encode(packet)).toEqual(bytes);
    expect(reported).toHaveLength(1);
    expect(measured.safeEncode(packet)).toEqual({ ok: true, value: bytes });
    expect(reported).toHaveLength(2);
    expect(() => measured.encode(SystemStatePacket.create())).toThrow(
      'cannot encode esper.leyline.v1.SystemStatePacket: packet_id: expected a non-empty string, got "" [length]',
    );
    expect(instrument(SystemStatePacket, options).encode(packet)).toEqual(bytes);
  });

  it("is reported to onFault as it was thrown", () => {
    const reported: unknown[] = [];
    const onFault = (fault: unknown): unknown => reported.push(fault);
    instrument(SystemStatePacket, { meter: brokenMeter, onFault }).encode(packet);
    instrument(SystemStatePacket, { meter, now: () => Number.NaN, onFault }).encode(packet);
    expect(reported.map(String)).toEqual([
      "Error: no telemetry today",
      "ContractError: cannot configure telemetry: now: expected a clock that gives a finite number of milliseconds, got NaN [config]",
    ]);
  });

  it("never measures a time below zero", async () => {
    const { meter: counting, collect } = createMeter();
    let time = 10;
    instrument(SystemStatePacket, { meter: counting, now: () => time-- }).encode(packet);
    expect(pointsOf(await collect(), "leyline.serialization.duration_us")).toMatchObject([
      [{}, { count: 1, sum: 0 }],
    ]);
  });
});

describe("invalid options", () => {
  const start = "cannot configure telemetry: ";
  it.each<[unknown, string]>([
    [{}, "expected a meter, a tracer or both, got an object [config]"],
    [{ now: ticking(1) }, "expected a meter, a tracer or both, got an object [config]"],
    [{ meter: 5 }, "meter: expected an OpenTelemetry Meter, got 5 [config]"],
    [{ meter: tracer }, "meter: expected an OpenTelemetry Meter, got an object [config]"],
    [{ tracer: meter }, "tracer: expected an OpenTelemetry Tracer, got an object [config]"],
    [{ meter: null, tracer }, "meter: expected an OpenTelemetry Meter, got null [config]"],
    [{ meter, now: 5 }, "now: expected a function, got 5 [config]"],
    [
      { meter, tracer: "t", onFault: {} },
      'tracer: expected an OpenTelemetry Tracer, got "t" [config] (and 1 more issue)',
    ],
    [undefined, "expected an object, got undefined [config]"],
    [
      {
        get meter() {
          throw new Error("hidden");
        },
      },
      "reading the value threw an error [config]",
    ],
    [
      { meter: changed<Meter>(meter, "createCounter", fail) },
      "reading the value threw an error [input.unreadable]",
    ],
  ])("are refused: %#", (options, text) => {
    const refused = refusalOf(() =>
      Reflect.apply(instrument, undefined, [SystemStatePacket, options]),
    );
    expect(refused.message).toBe(start + text);
  });

  it.each([undefined, null, 5, {}, []])("are reported for a target like %j", (target) => {
    const refused = refusalOf(() => Reflect.apply(instrument, undefined, [target, { meter }]));
    expect(refused.message).toMatch(
      /^cannot configure telemetry: expected a contract or a guard, got .* \[config\]$/,
    );
  });

  it.each([undefined, null, 5, {}, []])("are reported for a contract like %j", (target) => {
    const options = { meter, service: "mcp" };
    const refused = refusalOf(() => Reflect.apply(instrumentJimBot, undefined, [target, options]));
    expect(refused.message).toMatch(
      /^cannot configure telemetry: expected a contract, got .* \[config\]$/,
    );
  });

  it("are reported for a meter that creates no gauges", () => {
    const old = { createHistogram: fail, createCounter: fail };
    const text = "meter: expected a Meter that creates gauges, got an object [config]";
    expect(refusalOf(() => Reflect.apply(createJimBotMetrics, undefined, [old])).message).toBe(
      start + text,
    );
    for (const none of [undefined, null, 5]) {
      expect(refusalOf(() => Reflect.apply(createJimBotMetrics, undefined, [none])).message).toBe(
        `${start}meter: expected an OpenTelemetry Meter, got ${none} [config]`,
      );
    }
  });

  it.each<[unknown, string]>([
    [{ destination: "bus" }, "meter: expected an OpenTelemetry Meter, got undefined [config]"],
    [{ meter }, "expected a destination, a service or a component, got an object [config]"],
    [{ meter, service: 5 }, "service: expected a string, got 5 [config]"],
    [{ meter, service: "mcp", now: 1 }, "now: expected a function, got 1 [config]"],
    [
      { meter: { createHistogram: fail, createCounter: fail, createGauge: fail }, service: "mcp" },
      "reading the value threw an error [input.unreadable]",
    ],
  ])("are refused by instrumentJimBot: %#", (options, text) => {
    const refused = refusalOf(() => Reflect.apply(instrumentJimBot, undefined, [Event, options]));
    expect(refused.message).toBe(start + text);
  });
});
