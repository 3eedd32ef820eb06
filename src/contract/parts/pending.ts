/** Memory of one part besides its records: its array, its buffer and a map entry. Measured. */
const bytesOfPart = 256;

/** A message of which some parts have been received. */
export interface Incomplete {
  readonly id: bigint;
  readonly count: number;
  /** Time of its first part, in milliseconds. */
  readonly since: number;
  /** Its number in the order in which messages began. */
  readonly place: number;
  /** The records of the received parts, by index. Nothing is reserved for the others, whatever the count says. */
  readonly parts: Map<number, Uint8Array>;
  /** Its memory in bytes: its records, and {@link bytesOfPart} for each part. */
  bytes: number;
}

/** The incomplete messages and their memory. */
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
    // Each number is skipped at most once over all calls, so that the cost for each message is constant.
    while (message === undefined) message = this.#order.get(++this.#first);
    return message;
  }

  begin(id: bigint, count: number, since: number): Incomplete {
    const message = { id, count, since, place: this.#next++, parts: new Map(), bytes: 0 };
    this.#messages.set(id, message);
    this.#order.set(message.place, message);
    return message;
  }

  add(message: Incomplete, index: number, records: Uint8Array): void {
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

/** The records of all parts, in the order of their index. */
export function joinParts({ parts, count }: Incomplete): Uint8Array {
  const bytes = new Uint8Array(lengthOfAll(parts.values()));
  let end = 0;
  for (let index = 0; index < count; index++) {
    const records = parts.get(index);
    if (records === undefined) continue;
    bytes.set(records, end);
    end += records.length;
  }
  return bytes;
}

export function lengthOfAll(parts: Iterable<Uint8Array>): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}
