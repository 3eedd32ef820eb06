import { describe, expect, it } from "vitest";
import { contracts } from "../../src/all.js";
import type { Held } from "./child.js";
import { runChild } from "./run-child.js";

/** The most that a decoded message may hold at the default limits, in MB. */
const most = 256;
/** In how many processes at a time the contracts are measured. */
const processes = 2;

async function heldBy(names: readonly string[]): Promise<Held[]> {
  const lines = (await runChild("child.ts", names.join(","))).trim().split("\n");
  return lines.map((line): Held => JSON.parse(line));
}

describe("a process with 512 MB of heap", { timeout: 3_600_000 }, () => {
  it("survives the worst binary input of the default size, whose message holds at most 256 MB", async () => {
    const names = Array.from(contracts, ({ typeName }) => typeName);
    const shares = Array.from({ length: processes }, (_, share) =>
      names.filter((_name, index) => index % processes === share),
    );
    const held = (await Promise.all(shares.map(heldBy))).flat();
    expect(held.map(({ type }) => type).sort()).toEqual(names.sort());
    held.sort((one, other) => other.megabytes - one.megabytes);
    console.log(JSON.stringify(held.slice(0, 10), undefined, 1));
    expect(held.filter(({ megabytes }) => megabytes > most)).toEqual([]);
  });

  it("survives the worst JSON text of the default size", async () => {
    const names = [
      "jimbot.events.v1.EventBatch",
      "esper.leyline.v1.SystemStatePacket",
      "jimbot.events.v1.StrategyRequest",
    ];
    const lines = (await runChild("texts.ts", ...names)).trim().split("\n");
    expect(lines.length).toBe(names.length * 10);
  });
});
