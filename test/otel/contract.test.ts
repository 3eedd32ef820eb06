import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts } from "../../src/all.js";
import type { AnyContract } from "../../src/contract/contract.js";

import { Event } from "../../src/jimbot/index.js";
import { SeedState, SystemStatePacket } from "../../src/leyline/index.js";
import { instrument, instrumentJimBot } from "../../src/otel/index.js";
import { messagesOf } from "../../src/testing/index.js";
import { createMeter, createTracer } from "./sdk.js";

const { meter } = createMeter();
const { tracer } = createTracer();

/** What a method returned or threw, as data. */
function outcomeOf(work: () => unknown): unknown {
  try {
    return { returned: work() };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return { threw: { ...thrown }, text: thrown.message, name: thrown.name };
  }
}

/** The outcome of every method with a message, its bytes and its JSON. */
function outcomesOf(
  contract: AnyContract,
  message: object,
  json: unknown,
): Record<string, unknown> {
  const bytes = contract.codec.encode(message);
  const text = JSON.stringify(json) ?? "";
  const options = { strict: true, budget: false, maxBytes: 64, maxLength: 64, dropUnknown: true };
  const parts = { maxBytes: 64, id: 7 };
  const work: Record<string, () => unknown> = {
    check: () => contract.check(message),
    safeCheck: () => contract.safeCheck(message, options),
    encode: () => contract.encode(message),
    encodeStrictly: () => contract.encode(message, options),
    safeEncode: () => contract.safeEncode(message),
    encodeParts: () => contract.encodeParts(message, parts),
    safeEncodeParts: () => contract.safeEncodeParts(message, parts),
    decode: () => contract.decode(bytes),
    decodeStrictly: () => contract.decode(bytes, options),
    safeDecode: () => contract.safeDecode(bytes),
    toJson: () => contract.toJson(message, options),
    safeToJson: () => contract.safeToJson(message),
    fromJson: () => contract.fromJson(json, options),
    safeFromJson: () => contract.safeFromJson(json),
    toJsonText: () => contract.toJsonText(message, options),
    safeToJsonText: () => contract.safeToJsonText(message),
    fromJsonText: () => contract.fromJsonText(text, options),
    safeFromJsonText: () => contract.safeFromJsonText(text),
    standard: () => contract["~standard"].validate(json),
  };
  return Object.fromEntries(Object.entries(work).map(([method, run]) => [method, outcomeOf(run)]));
}

describe("an instrumented contract", () => {
  const measured = instrument(SystemStatePacket, { meter, tracer });

  it("has everything that the contract has, and nothing else", () => {
    expect(Reflect.ownKeys(SystemStatePacket).filter((key) => !(key in measured))).toEqual([]);
    expect(Object.keys(measured).sort()).toEqual(Object.keys(SystemStatePacket).sort());
    const methods = /^(safe|check|encode|decode|toJson|fromJson|~standard)/;
    const own = Object.entries(measured).filter(([key]) => !methods.test(key));
    expect(own).toEqual(Object.entries(SystemStatePacket).filter(([key]) => !methods.test(key)));
    expect(measured.codec).toBe(SystemStatePacket.codec);
    expect(measured.schema).toBe(SystemStatePacket.schema);
    const wrapped = Object.entries(SystemStatePacket).filter(([key]) => methods.test(key));
    expect(wrapped).toHaveLength(17);
    for (const [key, method] of wrapped) expect(Reflect.get(measured, key), key).not.toBe(method);
  });

  it("creates messages that the original accepts, and accepts those of the original", () => {
    const packet = measured.create({ packetId: "p-1" });
    expect(packet).toEqual(SystemStatePacket.create({ packetId: "p-1" }));
    expect(packet instanceof measured && packet instanceof SystemStatePacket).toBe(true);
    expect(measured.is(packet)).toBe(true);
    expect(SeedState.create() instanceof measured).toBe(false);
    expect(measured.equals(measured.clone(packet), packet)).toBe(true);
    expect(measured.check(packet)).toBe(packet);
  });

  it.each([
    "esper.leyline.v1.SystemStatePacket",
    "esper.leyline.v1.AdaptationCommand",
    "pitboss.v1.MessageEnvelope",
    "beamline.flow.v1.RouteRequest",
    "sim.v1.Envelope",
  ])("of %s returns and throws what the original does", (typeName) => {
    const contract = contracts.get(typeName);
    if (contract === undefined) throw new Error(`no ${typeName}`);
    const wrapped = instrument(contract, { meter, tracer });
    const outcomes = new Set<string>();
    const property = fc.property(messagesOf(contract), fc.json(), (message, json) => {
      const read = contract.safeToJson(message, { dropUnknown: true });
      const given = read.ok ? read.value : JSON.parse(json);
      const plain = outcomesOf(contract, message, given);
      for (const answer of Object.values(plain)) outcomes.add(Object.keys(answer ?? {}).join());
      expect(outcomesOf(wrapped, message, given)).toEqual(plain);
    });
    fc.assert(property, { seed: 7, numRuns: 40 });
    expect([...outcomes].sort()).toEqual(["returned", "threw,text,name"]);
  });

  it("under JimBot's names returns and throws what the original does", () => {
    const options = { meter, destination: "event_bus", service: "mcp", component: "mcp" };
    const wrapped = instrumentJimBot(Event, options);
    const property = fc.property(messagesOf(Event), fc.json(), (message, json) => {
      const plain = outcomesOf(Event, message, JSON.parse(json));
      expect(outcomesOf(wrapped, message, JSON.parse(json))).toEqual(plain);
    });
    fc.assert(property, { seed: 7, numRuns: 40 });
    expect(Event.create() instanceof wrapped).toBe(true);
  });

  it("passes on an error that is not a ContractError", () => {
    const thrown = new RangeError("out of memory");
    const contract = {
      ...SeedState,
      encode: () => {
        throw thrown;
      },
    };
    const { tracer: recorded, spans } = createTracer();
    const wrapped = instrument(contract, { meter, tracer: recorded, now: () => 0 });
    expect(() => wrapped.encode(SeedState.create())).toThrow(thrown);
    const [span] = spans();
    expect(span?.attributes).toMatchObject({ code: "_OTHER", path: "" });
    expect(span?.events[1]?.attributes).toEqual({
      "exception.type": "RangeError",
      "exception.message": "_OTHER",
    });
  });
});
