import { type Incomplete, lengthOfAll } from "./pending.js";

/** A message that was abandoned, with all of its parts. */
export interface Abandoned {
  readonly id: bigint;
  /** Number of parts received. */
  readonly received: number;
  /** Number of parts of the message. */
  readonly count: number;
  /** Bytes of records received. */
  readonly bytes: number;
  /**
   * `age`: not complete in time. `count`: the oldest of too many messages. `memory`: the oldest where
   * memory was short. `contradiction`: its parts contradict each other. `checksum`: complete, but not what was
   * sent. `refused`: complete, but refused by the contract.
   */
  readonly reason: "age" | "count" | "memory" | "contradiction" | "checksum" | "refused";
}

/** Reports of abandoned messages that nobody has taken yet. */
export class AbandonedReports {
  #waiting: Abandoned[] = [];
  #count = 0;

  /** `maxReports`: beyond it, the oldest report is lost. */
  constructor(readonly maxReports: number) {}

  /** Number of messages abandoned so far, taken and lost reports included. */
  get count(): number {
    return this.#count;
  }

  add({ id, count, parts }: Incomplete, reason: Abandoned["reason"]): void {
    const bytes = lengthOfAll(parts.values());
    this.#waiting.push(Object.freeze({ id, received: parts.size, count, bytes, reason }));
    this.#count++;
    // Many at once: to remove the first of a long array each time costs as much as the array is long.
    if (this.#waiting.length >= 2 * this.maxReports) this.#waiting = this.#newest();
  }

  take(): Abandoned[] {
    const taken = this.#newest();
    this.#waiting = [];
    return taken;
  }

  #newest(): Abandoned[] {
    return this.#waiting.slice(-this.maxReports);
  }
}
