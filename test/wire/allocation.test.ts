import { describe, expect, it } from "vitest";
import { createCodecCases } from "../../bench/codec-cases.js";
import { measureHeap } from "../support/heap.js";

const cases = createCodecCases().map(({ name, contract, encoded }) => {
  const messages = encoded.map((bytes) => contract.codec.decode(bytes));
  return { name, codec: contract.codec, encoded, messages };
});

/** Numbers in all maps of a message: the engine makes an object of each when it is read. */
function countMapNumbers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const isMap = !("$typeName" in value) && !Array.isArray(value);
  let count = 0;
  for (const item of Object.values(value)) {
    count += isMap && typeof item === "number" ? 1 : countMapNumbers(item);
  }
  return count;
}

/** Bytes of a number that is an object, in V8. */
const boxedNumber = 16;

describe("a codec", () => {
  it.each(cases)("allocates little but the message that it decodes: $name", (subject) => {
    const { name, codec, encoded } = subject;
    const { allocated, kept } = measureHeap((run) =>
      codec.decode(encoded[run % encoded.length] ?? new Uint8Array(0)),
    );
    // An object whose keys the engine does not expect grows in steps, and leaves the smaller ones behind.
    expect(allocated / kept).toBeLessThan(name.includes("varying") ? 1.6 : 1.3);
  });

  it.each(cases)("allocates only boxed numbers when it encodes: $name", (subject) => {
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
