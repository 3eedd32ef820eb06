import { describe, expect, it } from "vitest";
import { loadCases } from "../../bench/cases.js";
import { vary } from "../../bench/vary.js";

const cases = loadCases(new URL("../../bench/fixtures/", import.meta.url));

describe("the benchmark's messages", () => {
  it.each(cases)("$system: $name has $bytes bytes", ({ contract, json, bytes }) => {
    const message = contract.fromJson(json);
    expect(contract.codec.encode(message).length).toBe(bytes);
    expect(contract.toJson(message)).toEqual(json);
  });

  it.each(cases)("$system: $name has 64 variants that keep the rules", ({ contract, json }) => {
    const texts = new Set(
      Array.from({ length: 64 }, (_, index) => JSON.stringify(vary(json, index))),
    );
    expect(texts.size).toBeGreaterThan(7);
    for (const text of texts) expect(() => contract.fromJsonText(text)).not.toThrow();
  });
});
