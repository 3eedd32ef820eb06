import { RecentEntries } from "../base/recent.js";

/** Memory of one part besides its records: its array, its buffer and a map entry. Measured. */
const bytesOfPart = 256;

/** A message of which some parts have been received. */
export interface Incomplete {
  readonly id: bigint;
  readonly count: number;
  /** The records of the received parts, by index. Nothing is reserved for the others, whatever the count says. */
  readonly parts: Map<number, Uint8Array>;
  /** Its memory in bytes: its records, and {@link bytesOfPart} for each part. */
  bytes: number;
}

/** The bounds of {@link PendingMessages}; `AssemblerOptions` describes each. */
export interface PendingLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
}

/** The incomplete messages and their memory. The message that began first goes first. */
export class PendingMessages {
  readonly #messages: RecentEntries<bigint, Incomplete>;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor({ maxMessages, maxBytes, maxAgeMillis }: PendingLimits) {
    this.#messages = new RecentEntries({ maxEntries: maxMessages, maxAge: maxAgeMillis });
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#messages.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(id: bigint): Incomplete | undefined {
    return this.#messages.get(id);
  }

  /** Begins a message. Returns the one that had to go because there were too many. */
  begin(message: Incomplete, now: number): Incomplete | undefined {
    const evicted = this.#messages.set(message.id, message, now)?.value;
    this.#bytes += message.bytes - (evicted?.bytes ?? 0);
    return evicted;
  }

  /** Adds the records of a part to a message. */
  add(message: Incomplete, index: number, records: Uint8Array): void {
    const bytes = records.length + bytesOfPart;
    message.parts.set(index, records);
    message.bytes += bytes;
    if (this.#messages.has(message.id)) this.#bytes += bytes;
  }

  end(message: Incomplete): void {
    if (this.#messages.delete(message.id)) this.#bytes -= message.bytes;
  }

  /** Removes the messages that are too old, and returns them. */
  removeOld(now: number): Incomplete[] {
    const removed = this.#messages.removeOld(now).map(({ value }) => value);
    for (const { bytes } of removed) this.#bytes -= bytes;
    return removed;
  }

  /** Removes the messages that began first until all others have room, and returns them. */
  removeBeyondMemory(): Incomplete[] {
    const removed: Incomplete[] = [];
    while (this.#bytes > this.#maxBytes) {
      const message = this.#messages.oldest?.value;
      if (message === undefined) break;
      this.end(message);
      removed.push(message);
    }
    return removed;
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
