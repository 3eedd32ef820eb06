import { formatPath, maxIssues, type Step } from "../../contract/base/context.js";
import { attempt, guarded, type Result, refuse } from "../../contract/base/result.js";
import { defaultsOf, readSettings } from "../../contract/base/settings.js";
import type { ContractIssue } from "../../wire/error.js";
import type { MayHaveUnknown } from "../../wire/unknown.js";
import { maxBusBytes } from "../bus.js";
import { SystemStatePacket } from "../state.js";
import { DictionaryWriter } from "./dictionary-writer.js";
import { countUnknownFields } from "./errors.js";
import { type StateFrame, StateUpdate } from "./frame.js";
import { toFrame } from "./packet-to-frame.js";
import { encodeFrame, splitFrame } from "./split.js";

/** Options of {@link createFrameWriter}. */
export interface FrameWriterOptions {
  /**
   * Maximum bytes of an array, at least 64. Default: the budget of StateUpdate, 280. A smaller maximum cuts
   * packets into more frames, which costs about 20 bytes for each.
   */
  readonly maxBytes?: number;
  /**
   * The whole dictionary is sent again with every packet of this number. Default 100, which costs about 6
   * bytes a packet for ten seeds. A receiver that joins late or lost a dictionary reads nothing until then.
   */
  readonly dictionaryEvery?: number;
}

const settings = {
  maxBytes: { default: StateUpdate.budget.maxBytes ?? maxBusBytes, min: 64, max: maxBusBytes },
  dictionaryEvery: { default: 100, min: 1 },
} as const;

/** The defaults of {@link FrameWriterOptions}. */
export const frameWriterDefaults: Readonly<Required<FrameWriterOptions>> = defaultsOf(settings);

/** Writes packets of one run in the compact form. */
export interface FrameWriter {
  /**
   * Returns the byte arrays to send, in order: dictionary entries if there are any to send, then the packet
   * in one or more frames. Throws ContractError with the code of the first rule that the packet breaks,
   * `frame.unknown_fields` for a packet with unknown fields, or `budget.size` for a text that fits no array
   * and for a packet or a dictionary of more than 262,144 bytes.
   */
  write(packet: SystemStatePacket): Uint8Array[];
  /** Like `write`, but returns the error instead of throwing it. */
  safeWrite(packet: SystemStatePacket): Result<Uint8Array[]>;
}

/** Maximum number of a packet, so that it takes two bytes. After it a new dictionary begins. */
const maxFrameNumber = 2 ** 14 - 1;

const { typeName } = SystemStatePacket;

/**
 * Creates a writer of the compact form: values that rarely change are sent in a dictionary, all others in
 * frames. A reader of `createFrameReader` turns both back into the same packets. Throws ContractError
 * `config` for wrong options. Document: none for the form; each array is at most 280 bytes, which the
 * Leyline document allows a message.
 */
export function createFrameWriter(options: FrameWriterOptions = {}): FrameWriter {
  const { maxBytes, dictionaryEvery } = readSettings("createFrameWriter", settings, options);
  let nextId = randomId();
  let dictionary: DictionaryWriter | undefined;
  let number = 0;
  let sinceWhole = 0;

  /** A new dictionary with only the entries that the packet needs, and the frame for it. */
  const begin = (packet: SystemStatePacket): [DictionaryWriter, StateFrame] => {
    const fresh = new DictionaryWriter(nextId, maxBytes);
    return [fresh, toFrame(packet, fresh, 0)];
  };

  const arraysOf = (packet: SystemStatePacket): Uint8Array[] => {
    let current = dictionary;
    // Set again only when the arrays are complete: after an error a new dictionary begins, so entries
    // that were added but never sent are not used.
    dictionary = undefined;
    let sent = current?.entries.length ?? 0;
    let frame = current === undefined ? undefined : toFrame(packet, current, number);
    const isLarge = (current?.bytes ?? 0) > maxBusBytes / 2 || number > maxFrameNumber;
    if (current === undefined || frame === undefined || isLarge || sinceWhole >= dictionaryEvery) {
      const [fresh, freshFrame] = begin(packet);
      // A dictionary with only the entries that this packet needs is sent again unchanged: readers that
      // have it lose nothing.
      const isTight = current?.entries.length === fresh.entries.length && frame?.seeds.length === 0;
      if (current === undefined || frame === undefined || isLarge || !isTight) {
        current = fresh;
        frame = freshFrame;
        number = 0;
        nextId = (nextId + 1) >>> 0;
      }
      sent = 0;
      sinceWhole = 0;
    }
    const frames = framesOf(packet, current, frame, maxBytes);
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

/** Encodes a frame in as many arrays as it needs. May add the packet's seeds to the dictionary again. */
function framesOf(
  packet: SystemStatePacket,
  dictionary: DictionaryWriter,
  frame: StateFrame,
  maxBytes: number,
): Uint8Array[] {
  let bytes = encodeFrame(frame, dictionary);
  if (bytes.length <= maxBytes) return [bytes];
  if (frame.seeds.length > 0) {
    // The order of the seeds costs bytes once if it is in the dictionary, but with every packet if it
    // is in the frame.
    frame.firstSeed = dictionary.addSeeds(packet.seedStates).first;
    frame.seeds = [];
    frame.entries = dictionary.entries.length;
    bytes = encodeFrame(frame, dictionary);
    if (bytes.length <= maxBytes) return [bytes];
  }
  return splitFrame(frame, dictionary, maxBytes);
}

/** 32 random bits, so that no two writers use the same dictionary id. */
function randomId(): number {
  const [id = 0] = globalThis.crypto.getRandomValues(new Uint32Array(1));
  return id;
}

function assertBytes(what: string, bytes: number): void {
  if (bytes <= maxBusBytes) return;
  const message = `${what} takes ${bytes} bytes, more than the maximum of ${maxBusBytes}`;
  refuse("write as a frame", typeName, [{ path: "", rule: "budget.size", message }]);
}

function unknownFieldsOf(packet: SystemStatePacket): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const report = ({ $unknown: fields = [] }: MayHaveUnknown, path: readonly Step[]): void => {
    if (fields.length === 0) return;
    const message = `${countUnknownFields(fields)} that a frame cannot carry`;
    issues.push({ path: formatPath(path), rule: "frame.unknown_fields", message });
  };
  report(packet, []);
  if (packet.hardwareContext !== undefined) report(packet.hardwareContext, ["hardware_context"]);
  for (const [index, seed] of packet.seedStates.entries()) report(seed, ["seed_states", index]);
  return issues.slice(0, maxIssues);
}
