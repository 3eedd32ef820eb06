import { describe, expect, it } from "vitest";
import { RouteRequest } from "../../src/beamline/index.js";
import { EventEnvelope, SystemStatePacket } from "../../src/leyline/index.js";
import { ControlCommand } from "../../src/sim/index.js";
import type { ContractError } from "../../src/wire/error.js";

const packet = { ...SystemStatePacket.create({ packetId: "p" }) };
const envelope = { ...EventEnvelope.create({ eventId: "e", eventType: "t" }) };
const command = ControlCommand.fromJson({ command: "start", parameters: {} });

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: ContractError };

function textOf(outcome: Outcome): string {
  return outcome.ok ? "ok" : outcome.error.message;
}

/** Runs a method once to build its rules, then again within ten times the documented time; returns its error text. */
function within(milliseconds: number, method: () => Outcome): string {
  method();
  const start = performance.now();
  const outcome = method();
  expect(performance.now() - start).toBeLessThan(milliseconds * 10);
  if (!outcome.ok) expect(outcome.error.issues.length).toBeLessThanOrEqual(20);
  return textOf(outcome);
}

describe("a million bad items", () => {
  const objects = Array.from({ length: 1_000_000 }, () => ({}));
  const sparse: unknown[] = [];
  sparse.length = 10_000_000;

  it("are one bounded error in wire JSON", () => {
    const state = (items: unknown): object => ({ version: 1, packet_id: "p", seed_states: items });
    const event = (items: unknown): object => ({
      event_id: "e",
      event_type: "t",
      routing_keys: items,
    });
    expect(within(50, () => SystemStatePacket.safeFromJson(state(objects)))).toBe(
      "cannot decode esper.leyline.v1.SystemStatePacket from JSON: seed_states[0].seed_id: this key is required [required] (and 19 more issues)",
    );
    expect(within(50, () => SystemStatePacket.safeFromJson(state(sparse)))).toBe(
      "cannot decode esper.leyline.v1.SystemStatePacket from JSON: seed_states[0]: expected an object, got undefined [type] (and 19 more issues)",
    );
    expect(within(50, () => EventEnvelope.safeFromJson(event(objects)))).toBe(
      "cannot decode esper.leyline.v1.EventEnvelope from JSON: routing_keys[0]: expected a string, got an object [type] (and 19 more issues)",
    );
    expect(within(50, () => EventEnvelope.safeFromJson(event(sparse)))).toBe(
      "cannot decode esper.leyline.v1.EventEnvelope from JSON: routing_keys[0]: expected a string, got undefined [type] (and 19 more issues)",
    );
  });

  it("are one bounded error in a message", () => {
    const check = (items: unknown): Outcome =>
      EventEnvelope.safeCheck({ ...envelope, routingKeys: items });
    expect(within(50, () => SystemStatePacket.safeCheck({ ...packet, seedStates: objects }))).toBe(
      "cannot accept esper.leyline.v1.SystemStatePacket: seed_states: expected at most 100 items, got an array of 1000000 [length]",
    );
    expect(within(50, () => check(objects))).toBe(
      "cannot accept esper.leyline.v1.EventEnvelope: routing_keys[0]: expected a string, got an object [type] (and 19 more issues)",
    );
    expect(within(50, () => check(sparse))).toBe(
      "cannot accept esper.leyline.v1.EventEnvelope: routing_keys[0]: expected a string, got undefined [required] (and 19 more issues)",
    );
  });

  it("are one bounded error in binary", () => {
    const record = [0x1a, 0];
    const bytes = new Uint8Array(2_000_000).map((_, index) => record[index % 2] ?? 0);
    const decoded = RouteRequest.safeDecode(bytes);
    expect(textOf(decoded)).toContain("cannot decode beamline.flow.v1.RouteRequest from binary");
  });

  it("are one bounded error in a map", () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => [`k${index}`, "bad"]);
    const map: object = Object.fromEntries(entries);
    expect(
      within(50, () => SystemStatePacket.safeCheck({ ...packet, trainingMetrics: map })),
    ).toMatch(/^cannot accept .*: training_metrics\.k0: .*\(and 19 more issues\)$/);
    const json = { version: 1, packet_id: "p", training_metrics: map };
    expect(within(50, () => SystemStatePacket.safeFromJson(json))).toMatch(
      /training_metrics\.k0: expected a number, got "bad" \[type\] \(and 19 more issues\)$/,
    );
  });
});

describe("a cyclic or endless value", () => {
  const cycle: Record<string, unknown> = {};
  cycle["a"] = cycle;
  let deep: Record<string, unknown> = {};
  for (let depth = 0; depth < 50_000; depth++) deep = { a: deep };

  it.each([
    ["a cycle", cycle],
    ["50,000 levels", deep],
  ])("is refused by every method: %s", (_, parameters) => {
    const json = within(50, () => ControlCommand.safeFromJson({ command: "start", parameters }));
    expect(json).toMatch(/nested more deeply than 100/);
    const message = { ...command, parameters };
    expect(within(50, () => ControlCommand.safeCheck(message))).toMatch(
      /^cannot accept sim\.v1\.ControlCommand: parameters: /,
    );
  });

  it("is refused where a message is its own field", () => {
    const request = RouteRequest.create();
    Reflect.set(request, "message", request);
    expect(textOf(RouteRequest.safeCheck(request))).toContain(
      'message: expected beamline.flow.v1.Message, got "beamline.flow.v1.RouteRequest" [type]',
    );
  });
});

describe("an object that is not what it looks like", () => {
  const good = { tenant_id: "t", message_type: "m", payload: "p" };
  const unreadable =
    "cannot decode beamline.flow.v1.RouteRequest from JSON: reading the value threw an error [input.unreadable]";
  const plain =
    "cannot decode beamline.flow.v1.RouteRequest from JSON: expected a plain object, got an object [type]";
  const read = (value: unknown): string => textOf(RouteRequest.safeFromJson(value));

  it("is refused when reading it throws", () => {
    const fails = (): never => {
      throw new Error("a secret");
    };
    expect(
      read({
        message: good,
        get context() {
          return fails();
        },
      }),
    ).toBe(unreadable);
    expect(read(new Proxy({}, { ownKeys: fails }))).toBe(unreadable);
    expect(read(new Proxy({}, { getPrototypeOf: fails }))).toBe(unreadable);
  });

  it("is refused if it is an instance of a class, or inherits its fields", () => {
    expect(
      read(
        new (class Request {
          message = good;
        })(),
      ),
    ).toBe(plain);
    expect(read(Object.create({ message: good }))).toBe(plain);
    expect(read(new Map([["message", good]]))).toBe(plain);
    expect(read(new Date(0))).toBe(plain);
  });

  it("is refused when its keys are lies", () => {
    const lies = new Proxy(
      {},
      {
        ownKeys: () => ["message"],
        getOwnPropertyDescriptor: () => ({ value: good, configurable: true, enumerable: true }),
      },
    );
    expect(read(lies)).toContain("message: this key is required [required]");
  });

  it("is taken when it reads like plain data", () => {
    expect(read(new Proxy({ message: new Proxy(good, {}) }, {}))).toBe("ok");
    expect(read(Object.assign(Object.create(null), { message: good }))).toBe("ok");
  });
});
