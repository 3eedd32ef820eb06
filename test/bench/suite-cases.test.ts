import { describe, expect, it } from "vitest";
import { createSuiteCases, namedLike, suiteCaseNames } from "../../bench/suite/cases.js";
import { metricPool } from "../../bench/suite/messages.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const cases = createSuiteCases(fixtures, ({ id }) => id !== "state-10000");
const names = suiteCaseNames(fixtures);

describe("the messages of the suite", () => {
  it("have these numbers and sizes", () => {
    const sizes = cases.map(({ id, encoded }) => {
      const lengths = encoded.map((bytes) => bytes.length);
      return [id, encoded.length, Math.min(...lengths), Math.max(...lengths)];
    });
    expect(sizes).toEqual([
      ["state-1", 64, 277, 277],
      ["state-10-plain", 64, 619, 622],
      ["state-10", 64, 1479, 1483],
      ["state-10-varied", 64, 1258, 1554],
      ["state-100", 64, 12642, 12654],
      ["state-1000", 20, 124305, 124333],
      ["command", 64, 219, 219],
      ["envelope", 64, 437, 438],
      ["pruning", 64, 8407, 8407],
      ["telemetry", 64, 248, 248],
      ["route-request", 64, 227, 227],
      ["route-decision", 64, 74, 74],
      ["exec-result", 64, 150, 150],
      ["game-state", 64, 269, 270],
      ["pitboss", 64, 289, 289],
      ["exchange-10", 64, 375, 376],
      ["exchange-1000", 64, 35635, 35636],
      ["non-ascii", 64, 312, 312],
      ["frames", 64, 875, 875],
    ]);
  });

  it.each(cases)("$id: are all different", ({ encoded }) => {
    const texts = new Set(encoded.map((bytes) => Buffer.from(bytes).toString("base64")));
    expect(texts.size).toBe(encoded.length);
  });

  it("keep the rules, unless they have too many seeds for them", () => {
    const without = cases.filter(({ keepsRules }) => !keepsRules).map(({ id }) => id);
    expect(without).toEqual(["state-1000"]);
  });

  it("take their varying keys from 40 names", () => {
    expect(new Set(metricPool).size).toBe(40);
  });

  it("are the same every time", () => {
    const again = createSuiteCases(fixtures, ({ id }) => id === "envelope");
    expect(again[0]?.encoded).toEqual(cases.find(({ id }) => id === "envelope")?.encoded);
  });

  it("are found by id, or else by what they are called", () => {
    const found = (text: string): string[] =>
      names.filter(namedLike(text, names)).map(({ id }) => id);
    expect(found("state-1")).toEqual(["state-1"]);
    expect(found("dataexchange")).toEqual(["exchange-10", "exchange-1000"]);
    expect(found("nothing")).toEqual([]);
    expect(found("")).toHaveLength(20);
  });
});
