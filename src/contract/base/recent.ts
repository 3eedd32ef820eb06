/** One entry of a {@link RecentEntries}. */
export interface RecentEntry<K, V> {
  readonly key: K;
  readonly value: V;
  /** The time at which it was set. */
  readonly since: number;
}

/** The bounds of a {@link RecentEntries}. */
export interface RecentBounds {
  /** Maximum number of entries, at least 1. Infinity is 16,000,000, because a Map holds little more. */
  readonly maxEntries: number;
  /** Maximum age of an entry, in the unit of the times that `set` is given. Default: none. */
  readonly maxAge?: number;
}

interface Node<K, V> extends RecentEntry<K, V> {
  earlier: Node<K, V> | undefined;
  later: Node<K, V> | undefined;
}

/**
 * A bounded memory. The entry that was set longest ago goes first; `get` and `has` change nothing. Whoever wants
 * to keep an entry sets it again. What had to go is returned and counted.
 */
export class RecentEntries<K, V> {
  readonly #nodes = new Map<K, Node<K, V>>();
  readonly #maxEntries: number;
  readonly #maxAge: number;
  // A list beside the Map: its iterator steps over all deleted keys to find the oldest one.
  #oldest: Node<K, V> | undefined;
  #newest: Node<K, V> | undefined;
  #evicted = 0;

  constructor({ maxEntries, maxAge = Number.POSITIVE_INFINITY }: RecentBounds) {
    this.#maxEntries = Math.min(maxEntries, 16_000_000);
    this.#maxAge = maxAge;
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** Number of entries that had to go because there were too many. */
  get evicted(): number {
    return this.#evicted;
  }

  /** The entry that goes next. */
  get oldest(): RecentEntry<K, V> | undefined {
    return this.#oldest;
  }

  has(key: K): boolean {
    return this.#nodes.has(key);
  }

  get(key: K): V | undefined {
    return this.#nodes.get(key)?.value;
  }

  /**
   * Adds or replaces an entry, which is the newest then. Returns the entry that had to go for it. `now` never
   * goes back; it is needed only where there is a maximum age.
   */
  set(key: K, value: V, now = 0): RecentEntry<K, V> | undefined {
    this.delete(key);
    const evicted = this.size + 1 > this.#maxEntries ? this.#oldest : undefined;
    if (evicted !== undefined) {
      this.delete(evicted.key);
      this.#evicted++;
    }
    const node = { key, value, since: now, earlier: this.#newest, later: undefined };
    if (this.#newest === undefined) this.#oldest = node;
    else this.#newest.later = node;
    this.#newest = node;
    this.#nodes.set(key, node);
    return evicted;
  }

  /** Removes an entry. Returns whether there was one. */
  delete(key: K): boolean {
    const node = this.#nodes.get(key);
    if (node === undefined) return false;
    const { earlier, later } = node;
    if (earlier === undefined) this.#oldest = later;
    else earlier.later = later;
    if (later === undefined) this.#newest = earlier;
    else later.earlier = earlier;
    // Whoever keeps a removed entry must not keep all that came after it.
    node.earlier = undefined;
    node.later = undefined;
    return this.#nodes.delete(key);
  }

  /** Removes the entries that are older than the maximum age, and returns them, the oldest first. */
  removeOld(now: number): RecentEntry<K, V>[] {
    const removed: RecentEntry<K, V>[] = [];
    for (let node = this.#oldest; node !== undefined; node = this.#oldest) {
      if (now - node.since <= this.#maxAge) break;
      this.delete(node.key);
      removed.push(node);
    }
    return removed;
  }
}
