import type { FigureRow, Figures, LeftOut } from "./figures.js";
import { limitNames, type Operation, operationTitles } from "./operations.js";

/** The name of our peer. */
export const ours = "concord";

/** A place where another library is faster than ours. */
export interface Loss {
  readonly row: FigureRow;
  /** Our time divided by that of the other library; more than 1. */
  readonly factor: number;
}

/** Finds figures of one kind of process by case, operation and peer. */
export class Standing {
  readonly #rows = new Map<string, FigureRow>();
  readonly figures: Figures;
  readonly process: FigureRow["process"];

  constructor(figures: Figures, process: FigureRow["process"]) {
    this.figures = figures;
    this.process = process;
    for (const row of figures.cases) {
      if (row.process === process) this.#rows.set(keyOf(row.case, row.operation, row.peer), row);
    }
  }

  /** The row, or undefined where it was not measured. */
  find(name: string, operation: Operation, peer: string): FigureRow | undefined {
    return this.#rows.get(keyOf(name, operation, peer));
  }

  /** The peer's time divided by ours. */
  ratio(name: string, operation: Operation, peer: string): number | undefined {
    const mine = this.find(name, operation, ours);
    const other = this.find(name, operation, peer);
    return mine && other && other.ns / mine.ns;
  }

  /** Our time divided by that of the operation's limit. */
  distance(name: string, operation: Operation): number | undefined {
    const ratio = this.ratio(name, operation, limitNames[operation]);
    return ratio && 1 / ratio;
  }

  /** The names of all peers that were measured, in their order. */
  peers(): string[] {
    return [...new Set([...this.#rows.values()].map(({ peer }) => peer))];
  }

  /** Where another library is faster than ours, the worst first. JSON.parse and JSON.stringify are limits, not libraries. */
  losses(): Loss[] {
    return [...this.#rows.values()]
      .filter(({ kind, operation, peer }) => isRival(kind) && peer !== limitNames[operation])
      .flatMap((row) => {
        const ratio = this.ratio(row.case, row.operation, row.peer);
        return ratio !== undefined && ratio < 1 ? [{ row, factor: 1 / ratio }] : [];
      })
      .sort((one, other) => other.factor - one.factor);
  }
}

function isRival(kind: FigureRow["kind"]): boolean {
  return kind === "protobuf" || kind === "format" || kind === "checker";
}

function keyOf(name: string, operation: Operation, peer: string): string {
  return `${name}\n${operation}\n${peer}`;
}

/** One line for each library that takes no part in some cases, with the cases that share the reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { case: name, peer, operation, reason } of leftOut) {
    const what = operation === undefined ? peer : `${peer}, ${operationTitles[operation]}`;
    const key = `${what}: ${reason}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups].map(([what, names]) => `${what} (${names.join(", ")})`);
}
