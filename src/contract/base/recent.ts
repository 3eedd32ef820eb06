/** The outcomes of the last finished messages, by id: of at least `min` of them, and at most twice as many. */
export class RecentIds<Outcome> {
  #young = new Map<bigint, Outcome>();
  #old: ReadonlyMap<bigint, Outcome> = new Map();

  constructor(readonly min: number) {}

  get(id: bigint): Outcome | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  set(id: bigint, outcome: Outcome): void {
    // Two generations, because deleting the oldest key of a Map each time costs a scan over all deleted keys.
    if (this.#young.size >= this.min) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, outcome);
  }
}
