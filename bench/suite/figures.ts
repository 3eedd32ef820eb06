import type { Operation } from "./operations.js";
import type { PeerKind } from "./peer.js";

/** Everything that one run of the suite measured: what `--json` writes and the report is drawn from. */
export interface Figures {
  /** Each figure is the median of so many processes. */
  readonly processes: number;
  readonly machine: Machine;
  /** Versions of the libraries, by package name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly subjects: readonly Subject[];
  readonly cases: readonly FigureRow[];
  readonly leftOut: readonly LeftOut[];
}

export interface Machine {
  readonly node: string;
  readonly processor: string;
  readonly processors: number;
  readonly memory_gib: number;
  /** The load average of the last minute, before the run and after it. */
  readonly load: readonly [number, number];
  /** The share of batches that something else disturbed, 0 to 1. */
  readonly disturbed: number;
}

/** What a case is. */
export interface Subject {
  readonly case: string;
  readonly title: string;
  /** Canonical protobuf bytes, smallest and largest of the messages. */
  readonly bytes: readonly [number, number];
  /** How many seeds, where the case is part of the scale. */
  readonly seeds?: number;
}

/** What one library took for one operation on one message. */
export interface FigureRow {
  readonly case: string;
  readonly operation: Operation;
  readonly peer: string;
  readonly kind: PeerKind;
  /** `own`: the process knew this case only. `shared`: it ran all cases, as a service would. */
  readonly process: "own" | "shared";
  /** The median of the batches, and the best one, in nanoseconds for one operation. */
  readonly ns: number;
  readonly min_ns: number;
  /** A quarter of the batches took less than the first, a quarter more than the second. */
  readonly quartiles_ns: readonly [number, number];
  /** The mean size of what it writes, in bytes; null where it writes none. */
  readonly bytes: number | null;
  /** Bytes allocated for one operation, on the heap and beside it. */
  readonly allocated_bytes: number | null;
  /** Objects allocated for one operation; null where they were not counted. */
  readonly allocations: number | null;
}

/** A library that is not in the table of a case, and why. */
export interface LeftOut {
  readonly case: string;
  readonly peer: string;
  /** Given where only one operation is missing. */
  readonly operation?: Operation;
  readonly reason: string;
}
