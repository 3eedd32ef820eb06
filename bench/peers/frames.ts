import {
  createFrameReader,
  createFrameWriter,
  type FrameReader,
} from "../../src/leyline/compact/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";
import type { Task } from "../measure.js";
import { framesCase } from "../suite/cases.js";
import { type EncodingPeer, meanLength, toContender, work } from "./contender.js";
import { comparison, itself, type Meaning } from "./library.js";

/** The byte arrays of one packet, in their order. */
type Arrays = readonly Uint8Array[];

/** How many packets a reader remembers, so that it does not give one twice. */
const remembered = 16;

/**
 * Ours as compact frames, in the midst of a run: the dictionary has been sent before, and is sent again
 * after 16,384 packets only. The packets of the case go round, which is why a reader remembers fewer of
 * them than there are; it does the same work for each as one that remembers more.
 */
export const frames: EncodingPeer = {
  name: "frames",
  kind: "variant",
  packages: ["@concord/contracts"],
  open(suiteCase) {
    const { id, encoded } = suiteCase;
    if (id !== framesCase) return undefined;
    const packets = encoded.map((bytes) => SystemStatePacket.codec.decode(bytes));
    const writer = createFrameWriter({ dictionaryEvery: Number.MAX_SAFE_INTEGER });
    const write = (packet: SystemStatePacket): Arrays => writer.write(packet);
    const before = packets.map(write);
    const arrays = packets.map(write);
    const [afterWriting, afterReading] = [readerFrom(before), readerFrom(before)];
    return toContender<Meaning>({
      ...comparison(suiteCase),
      bytes: meanLength(arrays, (parts) => Buffer.concat(parts)),
      works: {
        encode: work(packets, write, afterWriting),
        decode: {
          ...work(arrays, afterReading, itself),
          task: goRound(arrays, readerFrom(before)),
        },
      },
    });
  },
};

/** Reads the arrays of one packet, with a reader that has read these before. */
function readerFrom(before: readonly Arrays[]): (arrays: Arrays) => SystemStatePacket {
  const reader = createFrameReader({ maxReturned: remembered });
  for (const arrays of before) readPacket(reader, arrays);
  return (arrays) => readPacket(reader, arrays);
}

function readPacket(reader: FrameReader, arrays: Arrays): SystemStatePacket {
  let packet: SystemStatePacket | undefined;
  for (const bytes of arrays) packet = reader.read(bytes);
  // Undefined also for a packet that was read shortly before: then nothing was measured.
  if (packet === undefined) throw new Error("the frames of a packet gave none");
  return packet;
}

/** Reads the packets again and again. Each repetition goes on where the last one ended. */
function goRound(packets: readonly Arrays[], read: (arrays: Arrays) => unknown): Task {
  let next = 0;
  return {
    repeat(count) {
      let last: unknown;
      for (let done = 0; done < count; done++) {
        last = read(packets[next] ?? []);
        next = next + 1 === packets.length ? 0 : next + 1;
      }
      return last;
    },
  };
}
