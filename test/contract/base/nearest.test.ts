import { describe, expect, it } from "vitest";
import { didYouMean, nearestName, orOneOf } from "../../../src/contract/base/nearest.js";

const keys = ["seed_states", "packet_id", "current_epoch", "training_metrics", "source"];

describe("the nearest name", () => {
  it.each([
    ["another spelling", "seedStates", "seed_states"],
    ["another case", "PACKET_ID", "packet_id"],
    ["a letter that is missing", "seed_stats", "seed_states"],
    ["a letter too many", "packett_id", "packet_id"],
    ["another letter", "sourse", "source"],
    ["two letters swapped", "cuerrnt_epoch", "current_epoch"],
    ["three errors in a long name", "traning_metrik", "training_metrics"],
    ["the end of a name", "metrics", "training_metrics"],
    ["a name with a prefix", "the_only_source", "source"],
  ])("is found for %s", (_, name, nearest) => {
    expect(nearestName(name, keys)).toBe(nearest);
  });

  it("is the one with the fewest errors, in every order", () => {
    const known = ["stage_abc", "stages", "stage"];
    expect(nearestName("stagee", known)).toBe("stages");
    expect(nearestName("stagee", known.slice(2))).toBe("stage");
    expect(nearestName("staje", known.toReversed())).toBe("stage");
  });

  it.each([
    ["a name that is like none", "beta"],
    ["four errors", "trainng_mtrcz"],
    ["a short name", "id"],
    ["no name", ""],
    ["a number", 5],
    ["a long name", "packet_id".repeat(10)],
    ["__proto__", "__proto__"],
  ])("is not found for %s", (_, name) => {
    expect(nearestName(name, keys)).toBeUndefined();
  });

  it("is not found if several names end alike", () => {
    expect(nearestName("state", ["old_state", "new_state"])).toBeUndefined();
  });

  it("costs little, whatever comes in", () => {
    const known = Array.from({ length: 500 }, (_, index) => `${"a".repeat(75)}${index}`);
    const start = performance.now();
    for (let times = 0; times < 20; times++) nearestName("a".repeat(79), known);
    nearestName("a".repeat(100_000_000), known);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("the hint of an error", () => {
  it("names the nearest name, and all of a few", () => {
    expect(didYouMean("sourse", keys)).toBe("; did you mean source?");
    expect(didYouMean("beta", keys)).toBe("");
    expect(orOneOf(["A", "B", "C"])).toBe(" (one of A, B, C)");
    expect(orOneOf(["A"])).toBe("");
    expect(orOneOf(Array.from("abcdefghi"))).toBe("");
    expect(orOneOf(["A".repeat(100), "B".repeat(100)])).toBe("");
  });
});
