import type { Operation } from "../suite/operations.js";

/** How fast ours must be, beside another library in the same run. */
export interface RatioGate {
  readonly case: string;
  readonly operation: Operation;
  readonly peer: string;
  /** How many times as long as ours the library took when the gate was set. */
  readonly ratio: number;
  /** The share of it that noise may take: what it took when nothing had changed, twice. */
  readonly margin: number;
}

/** The content of `bench/gates.json`. */
export interface Gates {
  /** What the ratios were measured on, and in how many runs. */
  readonly measured: string;
  /** The smallest and the largest canonical size of each case, in bytes. */
  readonly sizes: Readonly<Record<string, readonly [number, number]>>;
  readonly ratios: readonly RatioGate[];
}

/**
 * The share by which ratios may be lower on another machine. It is the one number of the gate that is
 * no measurement: other processors were not at hand.
 */
export const otherMachines = 0.25;

/** The least ratio that passes; `allowance` is a share of it beside the noise. */
export function minRatio({ ratio, margin }: RatioGate, allowance: number): number {
  return ratio * (1 - margin - allowance);
}

/** What tells a gate from all others. */
export function gateName({
  case: name,
  operation,
  peer,
}: Omit<RatioGate, "ratio" | "margin">): string {
  return `${name}, ${operation}, beside ${peer}`;
}

/** The text of `gates.json`: one line for each size and each ratio, so that changes can be read. */
export function gatesText({ measured, sizes, ratios }: Gates): string {
  const lines = (items: readonly string[]): string =>
    items.map((item) => `    ${item}`).join(",\n");
  const sizeLines = Object.entries(sizes).map(
    ([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`,
  );
  return [
    "{",
    `  "measured": ${JSON.stringify(measured)},`,
    `  "sizes": {\n${lines(sizeLines)}\n  },`,
    `  "ratios": [\n${lines(ratios.map((ratio) => JSON.stringify(ratio)))}\n  ]`,
    "}\n",
  ].join("\n");
}
