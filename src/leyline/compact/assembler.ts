import { maxBusBytes } from "../bus.js";
import { formatId, malformed } from "./errors.js";
import type { StateFrame } from "./frame.js";
import { concatenate } from "./split.js";

/** A packet that was abandoned because some of its frames are missing or contradict each other. */
export interface AbandonedPacket {
  /** Id of the dictionary that its frames use. */
  readonly dictionaryId: number;
  /** Its number among the packets with that dictionary. */
  readonly number: number;
  /** Number of frames received. */
  readonly received: number;
  /** Number of frames that make the packet. */
  readonly parts: number;
}

interface PendingPacket {
  readonly dictionaryId: number;
  readonly number: number;
  readonly parts: number;
  /** The received frames by their `part`. */
  readonly arrays: Map<number, Uint8Array>;
  bytes: number;
  /** The frame count when its first frame was received. */
  readonly since: number;
}

/** Collects the frames of packets that were cut into several. */
export class PacketAssembler {
  /** The last abandoned packets, oldest first; at most `maxPackets`. */
  readonly abandoned: AbandonedPacket[] = [];
  abandonedCount = 0;
  /** Incomplete packets by dictionary and number, in the order in which their first frames were received. */
  readonly #packets = new Map<string, PendingPacket>();
  /** All frames counted so far, the clock of the maximum age. */
  #frames = 0;

  /** Maximum number of incomplete packets, and of frames received while one is incomplete. */
  constructor(
    readonly maxPackets: number,
    readonly maxFrames: number,
  ) {}

  /** Counts a frame, and abandons packets that have been incomplete for too long. */
  count(): void {
    this.#frames++;
    for (const packet of this.#packets.values()) {
      if (this.#frames - packet.since <= this.maxFrames) return;
      this.#abandon(packet);
    }
  }

  /**
   * Adds a copy of a frame's bytes. Returns the bytes of all frames of the packet, concatenated in order,
   * when the last one was added; otherwise undefined. Throws ContractError `frame.malformed` and abandons
   * the packet if its frames contradict each other or are larger than the bus allows together.
   */
  add(
    dictionaryId: number,
    { number, part, parts }: StateFrame,
    array: Uint8Array,
  ): Uint8Array | undefined {
    const key = `${dictionaryId} ${number}`;
    const packet = this.#packets.get(key) ?? {
      ...{ dictionaryId, number, parts, bytes: 0, since: this.#frames },
      arrays: new Map<number, Uint8Array>(),
    };
    const known = packet.arrays.get(part);
    if (packet.parts !== parts || (known !== undefined && !areEqual(known, array))) {
      this.#abandon(packet);
      const message = `contradicts another frame of packet ${number} of dictionary ${formatId(dictionaryId)}`;
      throw malformed(packet.parts === parts ? "frame" : "frame.parts", message);
    }
    if (known !== undefined) return undefined;
    packet.arrays.set(part, new Uint8Array(array));
    packet.bytes += array.length;
    this.#packets.set(key, packet);
    if (packet.bytes > maxBusBytes) {
      this.#abandon(packet);
      const message = `packet ${number} of dictionary ${formatId(dictionaryId)} is larger than the maximum of ${maxBusBytes} bytes`;
      throw malformed("frame", message);
    }
    if (packet.arrays.size < parts) {
      for (const first of this.#packets.values()) {
        if (this.#packets.size > this.maxPackets) this.#abandon(first);
        break;
      }
      return undefined;
    }
    this.#packets.delete(key);
    const inOrder = [...packet.arrays].sort(([a], [b]) => a - b);
    return concatenate(inOrder.map(([, bytes]) => bytes));
  }

  #abandon({ dictionaryId, number, parts, arrays }: PendingPacket): void {
    this.#packets.delete(`${dictionaryId} ${number}`);
    this.abandonedCount++;
    this.abandoned.push(Object.freeze({ dictionaryId, number, received: arrays.size, parts }));
    if (this.abandoned.length > this.maxPackets) this.abandoned.shift();
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
