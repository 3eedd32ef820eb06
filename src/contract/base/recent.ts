/**
 * What became of the messages that were done with last: of at least `most` of them, and of at most twice
 * as many.
 */
export class RecentIds<Outcome> {
  #young = new Map<bigint, Outcome>();
  #old: ReadonlyMap<bigint, Outcome> = new Map();

  constructor(readonly most: number) {}

  get(id: bigint): Outcome | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  set(id: bigint, outcome: Outcome): void {
    // Two generations, because a Map that loses its oldest key each time walks over all that were lost.
    if (this.#young.size >= this.most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, outcome);
  }
}
