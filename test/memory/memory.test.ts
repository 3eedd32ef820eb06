import { describe, expect, it } from "vitest";
import type { Held } from "./child.js";
import { runChild } from "./run-child.js";

/** The most that a decoded message may hold at the default limits, in MB. */
const most = 256;
/** Those of the contracts that hold most (`pnpm test:memory` tries all of them). */
const worst = ["esper.leyline.v1.StructuralPruningResponse", "jimbot.events.v1.EventBatch"];

async function heldBy(...parameters: string[]): Promise<Held[]> {
  const lines = (await runChild("child.ts", ...parameters)).trim().split("\n");
  return lines.map((line): Held => JSON.parse(line));
}

const all = process.env["CONCORD_MEMORY"] === "all";
const timeout = all ? 7_200_000 : 600_000;

describe("a process with 512 MB of heap", { timeout }, () => {
  it("survives the worst binary input of the default size, whose message holds at most 256 MB", async () => {
    const held = await (all ? heldBy("all", "1") : heldBy(worst.join(","), "1"));
    expect(held.length).toBeGreaterThanOrEqual(worst.length);
    const sorted = [...held].sort((one, other) => other.megabytes - one.megabytes);
    expect(sorted.filter(({ megabytes }) => megabytes > most)).toEqual([]);
    if (all) console.log(JSON.stringify(sorted.slice(0, 20), undefined, 1));
  });

  it("survives the worst JSON text of the default size", async () => {
    const names = ["jimbot.events.v1.EventBatch"];
    if (all) names.push("esper.leyline.v1.SystemStatePacket", "jimbot.events.v1.StrategyRequest");
    const lines = (await runChild("texts.ts", ...names)).trim().split("\n");
    expect(lines.length).toBe(names.length * 10);
  });
});
