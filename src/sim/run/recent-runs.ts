import type { RunRecord } from "./run-record.js";

/** One entry of the list, which is in the order of the runs' last envelopes. */
interface Entry {
  readonly runId: string;
  readonly run: RunRecord;
  earlier: Entry | undefined;
  later: Entry | undefined;
}

/**
 * The records of the most recent runs. There is a linked list beside the Map, because to find the oldest key
 * of a Map, its iterator first steps over all deleted keys.
 */
export class RecentRuns {
  readonly #entries = new Map<string, Entry>();
  #oldest: Entry | undefined;
  #newest: Entry | undefined;

  get size(): number {
    return this.#entries.size;
  }

  get(runId: string): RunRecord | undefined {
    return this.#entries.get(runId)?.run;
  }

  /** Makes a run the most recent one. */
  touch(runId: string, run: RunRecord): void {
    const before = this.#entries.get(runId);
    if (before !== undefined) this.#unlink(before);
    const entry = { runId, run, earlier: this.#newest, later: undefined };
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.later = entry;
    this.#newest = entry;
    this.#entries.set(runId, entry);
  }

  /** Removes the least recent run and returns its id. */
  forget(): string | undefined {
    const oldest = this.#oldest;
    if (oldest === undefined) return undefined;
    this.#unlink(oldest);
    this.#entries.delete(oldest.runId);
    return oldest.runId;
  }

  #unlink({ earlier, later }: Entry): void {
    if (earlier === undefined) this.#oldest = later;
    else earlier.later = later;
    if (later === undefined) this.#newest = earlier;
    else later.earlier = earlier;
  }
}
