import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts } from "../../src/all.js";
import { validMessagesOf, wireJsonOf } from "../../src/testing/index.js";
import { jsonContracts } from "../support/json-contracts.js";

const runs = { numRuns: 8, seed: 4 };
/** A message without fields has one value. */
const empty = new Set(["jimbot.rest.v1.PollCommandsRequest"]);

const cases = [...contracts].flatMap((contract) =>
  [false, true].map((strict) => ({ name: contract.typeName, strict, contract })),
);

describe("validMessagesOf, without examples", () => {
  it.each(cases)("gives varied $name that survive every method, strict: $strict", (one) => {
    const { name, contract, strict } = one;
    const options = { strict };
    const messages = fc.sample(validMessagesOf(contract, options), runs);
    const texts = new Set<string>();
    for (const message of messages) {
      const bytes = contract.encode(message, { strict, budget: false });
      expect(contract.equals(contract.decode(bytes, options), message)).toBe(true);
      const text = contract.toJsonText(message, options);
      expect(contract.equals(contract.fromJsonText(text, options), message)).toBe(true);
      const json = contract.toJson(message, options);
      expect(contract.equals(contract.fromJson(json, options), message)).toBe(true);
      texts.add(text);
    }
    expect(texts.size).toBeGreaterThanOrEqual(empty.has(name) ? 1 : 5);
  });
});

describe("wireJsonOf, without examples", () => {
  it.each(jsonContracts.map((contract) => ({ name: contract.typeName, contract })))(
    "gives JSON of $name, which exists in JSON only",
    ({ contract }) => {
      for (const strict of [false, true]) {
        const texts = fc.sample(wireJsonOf(contract, { strict }), runs).map((json) => {
          contract.fromJson(json, { strict });
          return JSON.stringify(json);
        });
        expect(new Set(texts).size).toBeGreaterThan(3);
      }
    },
  );
});
