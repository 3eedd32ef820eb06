import type { RunRecord } from "./run-record.js";

/** A run in the order in which runs were heard of. */
interface Place {
  readonly runId: string;
  readonly run: RunRecord;
  earlier: Place | undefined;
  later: Place | undefined;
}

/**
 * The records of the runs that were heard of last. A list beside the Map, because a Map that loses its
 * oldest key each time walks over all that were lost.
 */
export class RecentRuns {
  readonly #places = new Map<string, Place>();
  #oldest: Place | undefined;
  #newest: Place | undefined;

  get size(): number {
    return this.#places.size;
  }

  get(runId: string): RunRecord | undefined {
    return this.#places.get(runId)?.run;
  }

  /** Makes a run the one that was heard of last. */
  touch(runId: string, run: RunRecord): void {
    const before = this.#places.get(runId);
    if (before !== undefined) this.#unlink(before);
    const place = { runId, run, earlier: this.#newest, later: undefined };
    if (this.#newest === undefined) this.#oldest = place;
    else this.#newest.later = place;
    this.#newest = place;
    this.#places.set(runId, place);
  }

  /** Forgets the run that was silent longest, and gives its id. */
  forget(): string | undefined {
    const oldest = this.#oldest;
    if (oldest === undefined) return undefined;
    this.#unlink(oldest);
    this.#places.delete(oldest.runId);
    return oldest.runId;
  }

  #unlink({ earlier, later }: Place): void {
    if (earlier === undefined) this.#oldest = later;
    else earlier.later = later;
    if (later === undefined) this.#newest = earlier;
    else later.earlier = earlier;
  }
}
