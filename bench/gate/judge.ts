import type { BudgetRow } from "../budgets.js";
import type { FigureRow, Subject } from "../suite/figures.js";
import { ours } from "../suite/standing.js";
import { type Gates, gateName, minRatio, type RatioGate } from "./gates.js";

/** A gate that does not let the change pass. */
export interface Failure {
  readonly gate: RatioGate;
  /** The least ratio that would have passed. */
  readonly least: number;
  /** What was measured instead. Undefined: nothing. */
  readonly ratio: number | undefined;
}

/**
 * How many times as long as ours each library takes, by {@link gateName}: of the best batches, because
 * noise only ever adds to them.
 */
export function ratiosOf(rows: readonly FigureRow[]): Map<string, number> {
  const mine = new Map<string, number>();
  for (const row of rows) {
    if (row.peer === ours) mine.set(`${row.case} ${row.operation}`, row.min_ns);
  }
  const ratios = new Map<string, number>();
  for (const row of rows) {
    const own = mine.get(`${row.case} ${row.operation}`);
    const isRival = row.kind !== "ours" && row.kind !== "variant" && row.kind !== "limit";
    if (own !== undefined && isRival) ratios.set(gateName(row), row.min_ns / own);
  }
  return ratios;
}

/** The gates that are behind, or that were not measured. */
export function judgeRatios(
  gates: readonly RatioGate[],
  ratios: ReadonlyMap<string, number>,
  allowance: number,
): Failure[] {
  return gates.flatMap((gate): Failure[] => {
    const ratio = ratios.get(gateName(gate));
    const least = minRatio(gate, allowance);
    return ratio !== undefined && ratio >= least ? [] : [{ gate, least, ratio }];
  });
}

/** One line for each case whose messages have other sizes than the gate says. */
export function judgeSizes(sizes: Gates["sizes"], subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ case: name, bytes }) => {
    const expected = sizes[name];
    if (expected === undefined) return [`${name} has no size in the gates`];
    if (expected[0] === bytes[0] && expected[1] === bytes[1]) return [];
    return [`${name} has ${bytes.join(" to ")} bytes, expected ${expected.join(" to ")}`];
  });
}

/** The size that the Leyline document allows a packet, a part and a frame, in bytes. */
const packetBytes = 280;
/** What the Leyline document gives the encoding of these messages, in microseconds. */
const documented: readonly [start: string, microseconds: number][] = [
  ["SystemStatePacket", 80],
  ["AdaptationCommand", 40],
  ["EventEnvelope", 20],
  ["StructuralPruningRequest", 120],
];

/** One line for each budget of the Leyline document that is not kept. */
export function judgeBudgets(rows: readonly BudgetRow[]): string[] {
  const missing = documented.filter(([start]) => !rows.some(({ name }) => name.startsWith(start)));
  return [
    ...missing.map(([start]) => `${start} was not measured`),
    ...rows.flatMap((row) => [...timeFaults(row), ...sizeFaults(row)]),
  ];
}

function timeFaults({ name, encodeMicros }: BudgetRow): string[] {
  const most = documented.find(([start]) => name.startsWith(start))?.[1];
  if (most === undefined || encodeMicros <= most) return [];
  return [`${name} takes ${encodeMicros.toFixed(1)} µs to encode, budget ${most}`];
}

function sizeFaults({ name, bytes, maxBytes, parts, frames }: BudgetRow): string[] {
  const faults: string[] = [];
  const isSmall = name.startsWith("SystemStatePacket, 1 seed");
  if (isSmall && bytes > packetBytes)
    faults.push(`${name} has ${bytes} bytes, budget ${packetBytes}`);
  if (maxBytes === packetBytes) {
    for (const [kind, sizes] of [
      ["part", parts],
      ["frame", frames],
    ] as const) {
      const largest = Math.max(0, ...sizes);
      if (largest > packetBytes)
        faults.push(`${name} has a ${kind} of ${largest} bytes, budget ${packetBytes}`);
    }
  }
  return faults;
}

/** A failure in words. */
export function describeFailure({ gate, least, ratio }: Failure): string {
  const measured = ratio === undefined ? "not measured" : `${ratio.toFixed(2)} x`;
  return `${gateName(gate)}: ${measured}, at least ${least.toFixed(2)} x needed, ${gate.ratio.toFixed(2)} x when it was set`;
}
