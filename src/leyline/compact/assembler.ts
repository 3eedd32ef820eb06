import { maxBusBytes } from "../bus.js";
import { formatId, malformed } from "./errors.js";
import type { StateFrame } from "./frame.js";
import { concatenate } from "./split.js";

/** A packet of which not all frames came. */
export interface AbandonedPacket {
  /** The dictionary of its frames. */
  readonly dictionaryId: bigint;
  /** Its number among the packets with that dictionary. */
  readonly number: number;
  /** How many of its frames came. */
  readonly received: number;
  /** How many frames it has. */
  readonly parts: number;
}

interface PendingMessages {
  readonly dictionaryId: bigint;
  readonly number: number;
  readonly parts: number;
  readonly arrays: Map<number, Uint8Array>;
  bytes: number;
  /** How many frames had come when its first one came. */
  readonly since: number;
}

/** The packets of which some frames have come. */
export class PacketAssembler {
  /** What was given up last, oldest first. */
  readonly abandoned: AbandonedPacket[] = [];
  abandonedCount = 0;
  /** By dictionary and number, in the order in which their first frames came. */
  readonly #packets = new Map<string, PendingMessages>();
  #frames = 0;

  /** The most packets, and the most frames that may come while one is under way. */
  constructor(
    readonly maxPackets: number,
    readonly maxFrames: number,
  ) {}

  /** Counts a frame, and gives up what waited too long. */
  count(): void {
    this.#frames++;
    for (const packet of this.#packets.values()) {
      if (this.#frames - packet.since <= this.maxFrames) return;
      this.#giveUp(packet);
    }
  }

  /**
   * Takes the array of a frame that is a part of its packet; it is copied. Gives all arrays of the packet
   * as one, once they are there. Throws ContractError `frame.malformed` for frames that contradict each
   * other; their packet is given up then.
   */
  add(
    { dictionaryId, number, part, parts }: StateFrame,
    array: Uint8Array,
  ): Uint8Array | undefined {
    const key = `${dictionaryId} ${number}`;
    const packet = this.#packets.get(key) ?? {
      ...{ dictionaryId, number, parts, bytes: 0, since: this.#frames },
      arrays: new Map<number, Uint8Array>(),
    };
    const known = packet.arrays.get(part);
    if (packet.parts !== parts || (known !== undefined && !areEqual(known, array))) {
      this.#giveUp(packet);
      const message = `another frame of packet ${number} of dictionary ${formatId(dictionaryId)} says otherwise`;
      throw malformed(packet.parts === parts ? "frame" : "frame.parts", message);
    }
    if (known !== undefined) return undefined;
    packet.arrays.set(part, new Uint8Array(array));
    packet.bytes += array.length;
    this.#packets.set(key, packet);
    if (packet.bytes > maxBusBytes) {
      this.#giveUp(packet);
      const message = `packet ${number} of dictionary ${formatId(dictionaryId)} has more than the ${maxBusBytes} bytes that are accepted`;
      throw malformed("frame", message);
    }
    if (packet.arrays.size < parts) {
      for (const first of this.#packets.values()) {
        if (this.#packets.size > this.maxPackets) this.#giveUp(first);
        break;
      }
      return undefined;
    }
    this.#packets.delete(key);
    const inOrder = [...packet.arrays].sort(([a], [b]) => a - b);
    return concatenate(inOrder.map(([, bytes]) => bytes));
  }

  #giveUp({ dictionaryId, number, parts, arrays }: PendingMessages): void {
    this.#packets.delete(`${dictionaryId} ${number}`);
    this.abandonedCount++;
    this.abandoned.push(Object.freeze({ dictionaryId, number, received: arrays.size, parts }));
    if (this.abandoned.length > this.maxPackets) this.abandoned.shift();
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
