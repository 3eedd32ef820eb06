import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { contracts } from "../../src/all.js";

import { SystemStatePacket } from "../../src/leyline/index.js";
import { Envelope } from "../../src/sim/index.js";
import { messagesOf } from "../../src/testing/index.js";

const seed = 7;

describe("messagesOf", () => {
  it("generates messages of the contract's type", () => {
    expectTypeOf(messagesOf(Envelope)).toEqualTypeOf<fc.Arbitrary<Envelope>>();
    const property = fc.property(messagesOf(Envelope), (message) => message instanceof Envelope);
    fc.assert(property, { seed });
  });

  it("accepts a schema without a contract", () => {
    const { schema } = SystemStatePacket;
    const [message] = fc.sample(messagesOf({ schema }), { numRuns: 1, seed });
    expect(message?.$typeName).toBe("esper.leyline.v1.SystemStatePacket");
  });

  it("sets every field of every message type to a value other than its default", () => {
    for (const contract of contracts) {
      const fresh = create(contract.schema);
      const unseen = new Set(contract.schema.members.map(({ localName }) => localName));
      for (const message of fc.sample(messagesOf(contract), { numRuns: 200, seed })) {
        for (const name of unseen) {
          const value: unknown = Reflect.get(message, name);
          if (JSON.stringify(value, words) !== JSON.stringify(Reflect.get(fresh, name), words)) {
            unseen.delete(name);
          }
        }
      }
      expect([...unseen], contract.typeName).toEqual([]);
    }
  });

  it("generates messages that break rules, messages that satisfy them, and messages with unknown fields", () => {
    const messages = fc.sample(messagesOf(SystemStatePacket), { numRuns: 300, seed });
    const kept = messages.filter((message) => SystemStatePacket.safeCheck(message).ok).length;
    const unknown = messages.filter(({ $unknown }) => $unknown !== undefined).length;
    expect(messages.length - kept).toBeGreaterThan(200);
    expect(unknown).toBeGreaterThan(30);
    const small = contracts.get("sim.v1.NumberList");
    const lists = fc.sample(messagesOf(small), { numRuns: 300, seed });
    expect(lists.filter((list) => small.safeCheck(list).ok).length).toBeGreaterThan(100);
  });

  it("generates the same messages for the same seed", () => {
    const [one, other] = [0, 1].map(() => fc.sample(messagesOf(Envelope), { numRuns: 50, seed }));
    expect(one).toEqual(other);
    expect(fc.sample(messagesOf(Envelope), { numRuns: 50, seed: seed + 1 })).not.toEqual(one);
  });
});

function words(_: string, value: unknown): unknown {
  if (typeof value === "bigint" || Number.isNaN(value) || Object.is(value, -0))
    return `${typeof value} ${value}`;
  return value;
}
