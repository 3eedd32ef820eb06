import { describe, expect, it } from "vitest";
import {
  canTransition,
  SeedLifecycleStage,
  SeedLifecycleStageSchema,
} from "../../src/leyline/index.js";

/** Every stage in the order of the proto, with an x for each stage that may follow. */
const table: Readonly<Record<string, string>> = {
  UNKNOWN: "-x----------",
  DORMANT: "--x--------x",
  GERMINATED: "---x----x---",
  TRAINING: "----x---x---",
  BLENDING: "-----x--x---",
  SHADOWING: "------x-x---",
  PROBATIONARY: "-------xx---",
  FOSSILIZED: "-----------x",
  CULLED: "---------x--",
  EMBARGOED: "----------x-",
  RESETTING: "-x----------",
  TERMINATED: "------------",
};
const stages = SeedLifecycleStageSchema.values;

describe("a seed", () => {
  it.each(Object.entries(table))("in the stage %s goes on as the table says", (name, row) => {
    const from = stages.find((stage) => stage.name === `SEED_STAGE_${name}`)?.number ?? -1;
    const marks = stages.map((to) => (canTransition(from, to.number) ? "x" : "-"));
    expect(marks.join("")).toBe(row);
  });

  it("has a row for every stage, and none for numbers without a name", () => {
    expect(Object.keys(table)).toEqual(stages.map(({ name }) => name.replace("SEED_STAGE_", "")));
    const strange: number = 12;
    expect(canTransition(strange, SeedLifecycleStage.SEED_STAGE_DORMANT)).toBe(false);
    expect(canTransition(SeedLifecycleStage.SEED_STAGE_DORMANT, strange)).toBe(false);
  });
});
