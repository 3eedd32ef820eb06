import type { Task } from "../measure.js";
import type { SuiteCase } from "./cases.js";
import type { Operation } from "./operations.js";

/**
 * The part that a library has in the comparison: `ours`, a `variant` of ours with other options, a
 * `protobuf` library, another `format`, a `checker` of rules, or a `limit`, which does less than the
 * work and bounds what any library could reach.
 */
export type PeerKind = "ours" | "variant" | "protobuf" | "format" | "checker" | "limit";

/** One library, or one way of using it. */
export interface Peer {
  readonly name: string;
  readonly kind: PeerKind;
  /** The npm packages whose versions say what was measured. */
  readonly packages: readonly string[];
  /**
   * Makes it ready for a case, with inputs of its own. A text says why it cannot take part; undefined:
   * it is not meant to, and nobody need know.
   */
  open(suiteCase: SuiteCase): Contender | string | undefined;
}

/** A library that is ready for one case. */
export interface Contender {
  /** What it does, each operation over all messages of the case in turn. */
  readonly tasks: Readonly<Partial<Record<Operation, Task>>>;
  /** The operations that it does wrong, and what is wrong with them. */
  readonly leftOut?: Readonly<Partial<Record<Operation, string>>>;
  /** The mean size of what it writes, in bytes. Undefined where it writes none. */
  readonly bytes: number | undefined;
  /**
   * Proves that it means the same as protobuf-es, for every message and every operation that it takes
   * part in. Gives the difference, or undefined where there is none.
   */
  prove(): string | undefined;
}
