import type { FigureRow, Figures, Subject } from "../suite/figures.js";
import { limitNames, type Operation } from "../suite/operations.js";
import { ours, Standing } from "../suite/standing.js";
import type { ReportData } from "./data.js";

/** The figures of processes that ran one case, and of the one that ran them all. */
export interface Comparison {
  readonly own: Standing;
  readonly shared: Standing;
  /** The one that the first page shows: `own`, if it was measured. */
  readonly main: Standing;
}

export function compare(figures: Figures): Comparison {
  const own = new Standing(figures, "own");
  const shared = new Standing(figures, "shared");
  const main = figures.cases.some((row) => row.process === "own") ? own : shared;
  return { own, shared, main };
}

/** The headline cases that were measured, in the order of the suite. */
export function headlineOf({ suite, headline }: ReportData): Subject[] {
  return suite.subjects.filter((subject) => headline.includes(subject.case));
}

/** Another library that is faster than ours in at least one kind of process. */
export interface LossRow {
  readonly case: string;
  readonly operation: Operation;
  readonly peer: string;
  /** Our time divided by that of the other library; below 1 ours is faster there. */
  readonly own: number | undefined;
  readonly shared: number | undefined;
}

/** All places where another library is faster, the worst first. */
export function lossRows({ own, shared }: Comparison): LossRow[] {
  const rows = new Map<string, LossRow>();
  for (const { row } of [...own.losses(), ...shared.losses()]) {
    const { case: name, operation, peer } = row;
    const factor = (standing: Standing): number | undefined => {
      const ratio = standing.ratio(name, operation, peer);
      return ratio === undefined ? undefined : 1 / ratio;
    };
    const loss = { case: name, operation, peer, own: factor(own), shared: factor(shared) };
    rows.set([name, operation, peer].join("\n"), loss);
  }
  return [...rows.values()].sort((one, other) => maxFactor(other) - maxFactor(one));
}

/** The larger factor of both kinds of process. */
export function maxFactor({ own = 0, shared = 0 }: LossRow): number {
  return Math.max(own, shared);
}

/** How many figures of other libraries there are to compare with ours, in one kind of process. */
export function countCompared(standing: Standing): number {
  return standing.figures.cases.filter(
    (row) =>
      row.process === standing.process &&
      isRival(row) &&
      standing.find(row.case, row.operation, ours) !== undefined,
  ).length;
}

function isRival({ kind, peer, operation }: FigureRow): boolean {
  return (
    (kind === "protobuf" || kind === "format" || kind === "checker") &&
    peer !== limitNames[operation]
  );
}

/** A library that is not as fast in the shared process as in its own. */
export interface ProcessGap {
  readonly row: FigureRow;
  readonly sharedNs: number;
  /** The time in the shared process over that in its own. */
  readonly factor: number;
}

/** The factor by which both kinds of process may differ before it is listed. */
export const maxGap = 1.25;

/** Where both kinds of process differ by more than a quarter, the largest difference first. */
export function processGaps({ own, shared }: Comparison): ProcessGap[] {
  const size = ({ factor }: ProcessGap): number => Math.max(factor, 1 / factor);
  return own.figures.cases
    .filter(({ process, kind }) => process === "own" && kind !== "limit")
    .flatMap((row): ProcessGap[] => {
      const other = shared.find(row.case, row.operation, row.peer);
      if (other === undefined) return [];
      const gap = { row, sharedNs: other.ns, factor: other.ns / row.ns };
      return size(gap) > maxGap ? [gap] : [];
    })
    .sort((one, other) => size(other) - size(one));
}

/** The fastest other protobuf library. */
export function fastestProtobuf(
  standing: Standing,
  name: string,
  operation: Operation,
): FigureRow | undefined {
  return standing.figures.cases
    .filter(
      (row) =>
        row.process === standing.process &&
        row.case === name &&
        row.operation === operation &&
        row.kind === "protobuf",
    )
    .reduce<FigureRow | undefined>(
      (best, row) => (best === undefined || row.ns < best.ns ? row : best),
      undefined,
    );
}
