/** What one part costs besides its records: its array, its buffer, its place in a table. Measured. */
const bytesOfPart = 256;

/** A message of which some parts have come. */
export interface Incomplete {
  readonly id: bigint;
  readonly count: number;
  /** When its first part came, in milliseconds. */
  readonly since: number;
  /** Its place in the order of beginning. */
  readonly place: number;
  /** The records of the parts that have come, by index: only those, whatever the count says. */
  readonly parts: Map<number, Uint8Array>;
  /** The bytes that it holds, {@link bytesOfPart} for each part among them. */
  bytes: number;
}

/** The messages that are under way, and what they hold. */
export class PendingMessages {
  readonly #messages = new Map<bigint, Incomplete>();
  readonly #order = new Map<number, Incomplete>();
  #next = 0;
  #first = 0;
  #bytes = 0;

  get size(): number {
    return this.#messages.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(id: bigint): Incomplete | undefined {
    return this.#messages.get(id);
  }

  /** The message that began first. */
  get oldest(): Incomplete | undefined {
    if (this.#order.size === 0) return undefined;
    let message = this.#order.get(this.#first);
    // Each place is passed over once in all, so that a flood of messages costs the same for each.
    while (message === undefined) message = this.#order.get(++this.#first);
    return message;
  }

  begin(id: bigint, count: number, since: number): Incomplete {
    const message = { id, count, since, place: this.#next++, parts: new Map(), bytes: 0 };
    this.#messages.set(id, message);
    this.#order.set(message.place, message);
    return message;
  }

  hold(message: Incomplete, index: number, records: Uint8Array): void {
    const bytes = records.length + bytesOfPart;
    message.parts.set(index, records);
    message.bytes += bytes;
    this.#bytes += bytes;
  }

  end(message: Incomplete): void {
    this.#messages.delete(message.id);
    this.#order.delete(message.place);
    this.#bytes -= message.bytes;
  }
}
