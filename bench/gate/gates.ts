import { readFileSync } from "node:fs";
import type { Operation } from "../suite/operations.js";
import type { RecordedBudget } from "./budgets.js";

/** How much faster than another library ours must be. */
export interface RatioGate {
  readonly case: string;
  readonly operation: Operation;
  readonly peer: string;
  /** The library's time divided by ours when the gate was set. */
  readonly ratio: number;
  /** The share by which noise may lower it: twice what it was lowered by when nothing had changed. */
  readonly margin: number;
}

/** The content of `bench/gates.json`. */
export interface Gates {
  /** What the ratios were measured on, and in how many runs. */
  readonly measured: string;
  /** The smallest and the largest canonical size of each case, in bytes. */
  readonly sizes: Readonly<Record<string, readonly [number, number]>>;
  /** The documents' budgets, and which of them are met. */
  readonly budgets: readonly RecordedBudget[];
  readonly ratios: readonly RatioGate[];
}

/** Reads `gates.json`, which is in the folder of the benchmark. */
export function readGates(bench: URL): Gates {
  return JSON.parse(readFileSync(new URL("gates.json", bench), "utf8"));
}

/** The share by which ratios may be lower on another machine. An assumption: only one machine was measured. */
export const otherMachines = 0.25;

/** The smallest ratio that passes. `allowance` is a share of the ratio, on top of the noise. */
export function minRatio({ ratio, margin }: RatioGate, allowance: number): number {
  return ratio * (1 - margin - allowance);
}

/** The name of a gate; no two have the same. */
export function gateName({
  case: name,
  operation,
  peer,
}: Omit<RatioGate, "ratio" | "margin">): string {
  return `${name}, ${operation}, beside ${peer}`;
}

/** The text of `gates.json`: one line for each size, budget and ratio, so that changes can be read. */
export function gatesText({ measured, sizes, budgets, ratios }: Gates): string {
  const lines = (items: readonly string[]): string =>
    items.map((item) => `    ${item}`).join(",\n");
  const objects = (items: readonly object[]): string =>
    lines(items.map((item) => JSON.stringify(item)));
  const sizeLines = Object.entries(sizes).map(
    ([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`,
  );
  return [
    "{",
    `  "measured": ${JSON.stringify(measured)},`,
    `  "sizes": {\n${lines(sizeLines)}\n  },`,
    `  "budgets": [\n${objects(budgets)}\n  ],`,
    `  "ratios": [\n${objects(ratios)}\n  ]`,
    "}\n",
  ].join("\n");
}
