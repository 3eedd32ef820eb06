import { describe, expect, it } from "vitest";
import { createRandom } from "../../bench/random.js";
import { createSuiteCases } from "../../bench/suite/cases.js";
import { dataExchange } from "../../bench/suite/messages.js";
import { Envelope } from "../../src/sim/index.js";
import { measureHeap } from "../support/binary/heap.js";

const names = ["state-1", "state-10", "state-10-varied", "envelope", "route-request"];
const others = ["exec-result", "game-state", "pitboss"];
const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const suiteCases = createSuiteCases(fixtures, ({ id }) => [...names, ...others].includes(id));
const random = createRandom(9);
const exchanges = Array.from({ length: 32 }, () => Envelope.fromJson(dataExchange(random, 20)));
const exchangeCase = {
  title: "DataExchange, 20 signals",
  contract: Envelope,
  encoded: exchanges.map((message) => Envelope.codec.encode(message)),
};
const cases = [...suiteCases, exchangeCase].map(({ title, contract, encoded }) => {
  const messages = encoded.map((bytes) => contract.codec.decode(bytes));
  return { title, codec: contract.codec, encoded, messages };
});

/** How many numbers are in the maps of a message. V8 boxes each of them when it is read. */
function countMapNumbers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const isMap = !("$typeName" in value) && !Array.isArray(value);
  let count = 0;
  for (const item of Object.values(value)) {
    count += isMap && typeof item === "number" ? 1 : countMapNumbers(item);
  }
  return count;
}

/** Size of a boxed number in V8. */
const boxedNumber = 16;

describe("a codec", () => {
  it.each(cases)("allocates little besides the decoded message: $title", (subject) => {
    const { title, codec, encoded } = subject;
    const { allocated, kept } = measureHeap((run) =>
      codec.decode(encoded[run % encoded.length] ?? new Uint8Array(0)),
    );
    // An object with unexpected keys grows in steps, and the smaller property arrays become garbage.
    expect(allocated / kept).toBeLessThan(title.includes("varying") ? 1.6 : 1.3);
  });

  it.each(cases)("allocates only boxed numbers when it encodes: $title", (subject) => {
    const { codec, messages } = subject;
    const target = new Uint8Array(0x10000);
    const { allocated } = measureHeap((run) => {
      const message = messages[run % messages.length];
      return message === undefined ? 0 : codec.encodeInto(message, target, 0);
    });
    const most = Math.max(...messages.map(countMapNumbers));
    expect(allocated).toBeLessThan(most * boxedNumber + 64);
  });
});
