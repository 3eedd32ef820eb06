import { formatPath, maxIssues, type Step } from "../../contract/base/context.js";
import { attempt, guarded, type Result, refuse } from "../../contract/base/result.js";
import { defaultsOf, readSettings } from "../../contract/base/settings.js";
import type { ContractIssue } from "../../wire/error.js";
import type { MayHaveUnknown } from "../../wire/unknown.js";
import { maxBusBytes } from "../bus.js";
import { SystemStatePacket } from "../state.js";
import { DictionaryWriter } from "./dictionary-writer.js";
import { type StateFrame, StateUpdate } from "./frame.js";
import { toFrame } from "./packet-to-frame.js";
import { encodeFrame, splitFrame } from "./split.js";

/** Options of {@link createFrameWriter}. */
export interface FrameWriterOptions {
  /**
   * The most bytes of an array. Default: the budget of StateUpdate, which is 280; at least 64. A smaller
   * figure costs about 20 bytes for each further frame of a packet.
   */
  readonly maxBytes?: number;
  /**
   * How many packets share one sending of the whole dictionary. Default 100; costs about 6 bytes a packet
   * for ten seeds. A receiver that came late or lost a dictionary reads nothing until the next one.
   */
  readonly dictionaryEvery?: number;
}

const settings = {
  maxBytes: { default: StateUpdate.budget.maxBytes ?? maxBusBytes, min: 64, max: maxBusBytes },
  dictionaryEvery: { default: 100, min: 1 },
} as const;

/** The defaults of a writer's options. */
export const frameWriterDefaults: Readonly<Required<FrameWriterOptions>> = defaultsOf(settings);

/** Writes the packets of one run in the compact form. */
export interface FrameWriter {
  /**
   * The byte arrays to send, in their order: entries of the dictionary when there are any to send, then the
   * packet in one frame or more. Throws ContractError with the code of the first of the packet's rules that
   * is broken, `frame.unknown_fields`, or `budget.size` for a text that fits no array and for a packet that
   * takes more than 262,144 bytes.
   */
  write(packet: SystemStatePacket): Uint8Array[];
  safeWrite(packet: SystemStatePacket): Result<Uint8Array[]>;
}

/** The highest number of a packet, so that it takes two bytes; then a new dictionary begins. */
const maxFrameNumber = 2 ** 14 - 1;

const { typeName } = SystemStatePacket;

/**
 * Makes a writer of the compact form: what does not change is sent in a dictionary, the rest in frames that
 * a reader made with `createFrameReader` turns back into the same packets. Document: the Leyline document,
 * whose 280 bytes hold for each array. Throws ContractError `config`.
 */
export function createFrameWriter(options: FrameWriterOptions = {}): FrameWriter {
  const { maxBytes, dictionaryEvery } = readSettings("createFrameWriter", settings, options);
  let nextId = randomId();
  let dictionary: DictionaryWriter | undefined;
  let number = 0;
  let sinceWhole = 0;

  /** A dictionary with nothing but what the packet needs, and its frame. */
  const begin = (packet: SystemStatePacket): [DictionaryWriter, StateFrame] => {
    const fresh = new DictionaryWriter(nextId, maxBytes);
    return [fresh, toFrame(packet, fresh, 0)];
  };

  const arraysOf = (packet: SystemStatePacket): Uint8Array[] => {
    let current = dictionary;
    // Until the arrays are there: after an error a new dictionary begins, so no reader ever lacks an entry.
    dictionary = undefined;
    let sent = current?.entries.length ?? 0;
    let frame = current === undefined ? undefined : toFrame(packet, current, number);
    const isLarge = (current?.bytes ?? 0) > maxBusBytes / 2 || number > maxFrameNumber;
    if (current === undefined || frame === undefined || isLarge || sinceWhole >= dictionaryEvery) {
      const [fresh, freshFrame] = begin(packet);
      // One that holds no more than this packet needs is sent again, and readers lose nothing.
      const isTight = current?.entries.length === fresh.entries.length && frame?.seeds.length === 0;
      if (current === undefined || frame === undefined || isLarge || !isTight) {
        current = fresh;
        frame = freshFrame;
        number = 0;
        nextId = BigInt.asUintN(64, nextId + 1n);
      }
      sent = 0;
      sinceWhole = 0;
    }
    const frames = framesOf(packet, current, frame);
    assertBytes("the dictionary of the packet", current.bytes);
    assertBytes(
      "the packet",
      frames.reduce((sum, { length }) => sum + length, 0),
    );
    const arrays = [...current.arrays(sent), ...frames];
    dictionary = current;
    number++;
    sinceWhole++;
    return arrays;
  };

  const framesOf = (
    packet: SystemStatePacket,
    current: DictionaryWriter,
    frame: StateFrame,
  ): Uint8Array[] => {
    let bytes = encodeFrame(frame);
    if (bytes.length <= maxBytes) return [bytes];
    if (frame.seeds.length > 0) {
      // In the dictionary the seeds' order costs bytes once, in the frames each time.
      frame.firstSeed = current.addSeeds(packet.seedStates).first;
      frame.seeds = [];
      frame.entries = current.entries.length;
      bytes = encodeFrame(frame);
      if (bytes.length <= maxBytes) return [bytes];
    }
    return splitFrame(frame, maxBytes);
  };

  const writer: FrameWriter = {
    write: (packet) =>
      guarded("write as a frame", typeName, () => {
        const checked = SystemStatePacket.safeCheck(packet);
        if (!checked.ok) refuse("write as a frame", typeName, checked.error.issues);
        refuse("write as a frame", typeName, unknownFieldsOf(packet));
        return arraysOf(packet);
      }),
    safeWrite: (packet) => attempt(() => writer.write(packet)),
  };
  return writer;
}

/** 64 random bits, which no other writer starts with. */
function randomId(): bigint {
  const [id = 0n] = globalThis.crypto.getRandomValues(new BigUint64Array(1));
  return id;
}

function assertBytes(what: string, bytes: number): void {
  if (bytes <= maxBusBytes) return;
  const message = `${what} takes ${bytes} bytes, more than the ${maxBusBytes} that a reader accepts`;
  refuse("write as a frame", typeName, [{ path: "", rule: "budget.size", message }]);
}

function unknownFieldsOf(packet: SystemStatePacket): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const report = ({ $unknown: fields = [] }: MayHaveUnknown, place: readonly Step[]): void => {
    if (fields.length === 0) return;
    const count = fields.length === 1 ? "1 unknown field" : `${fields.length} unknown fields`;
    const message = `${count} that a frame cannot carry`;
    issues.push({ path: formatPath(place), rule: "frame.unknown_fields", message });
  };
  report(packet, []);
  if (packet.hardwareContext !== undefined) report(packet.hardwareContext, ["hardware_context"]);
  for (const [index, seed] of packet.seedStates.entries()) report(seed, ["seed_states", index]);
  return issues.slice(0, maxIssues);
}
