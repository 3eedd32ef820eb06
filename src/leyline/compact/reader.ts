import { formatPath } from "../../contract/base/context.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import { defaultsOf, readSettings } from "../../contract/base/settings.js";
import type { Report } from "../../contract/model/definition.js";
import type { ContractIssue } from "../../wire/error.js";
import { maxBusBytes } from "../bus.js";
import { SystemStatePacket } from "../state.js";
import { type AbandonedPacket, PacketAssembler } from "./assembler.js";
import type { StateDictionary } from "./dictionary.js";
import { DictionaryReader } from "./dictionary-reader.js";
import { formatId, unreadable } from "./errors.js";
import { reportColumns, type StateFrame, StateUpdate } from "./frame.js";
import { toPacket } from "./frame-to-packet.js";

/** Options of {@link createFrameReader}. */
export interface FrameReaderOptions {
  /** How many dictionaries are kept, of one writer or of several. Default 8; each costs at most 262,144 bytes of entries. */
  readonly maxDictionaries?: number;
  /** How many packets may be under way, some of their frames missing. Default 8; each costs at most 262,144 bytes. */
  readonly maxPending?: number;
  /**
   * How many frames may come while a packet is under way, and how many packets of each dictionary are
   * remembered so that none is given twice. Default 64; costs a number for each.
   */
  readonly maxAge?: number;
}

const settings = {
  maxDictionaries: { default: 8, min: 1 },
  maxPending: { default: 8, min: 1 },
  maxAge: { default: 64, min: 1 },
} as const;

/** The defaults of a reader's options. */
export const frameReaderDefaults: Readonly<Required<FrameReaderOptions>> = defaultsOf(settings);

/** Reads packets in the compact form, from one writer or from several. */
export interface FrameReader {
  /**
   * Takes one byte array, which is copied, and gives the packet that it completes. Undefined for a dictionary, for a
   * frame whose packet is not whole yet, and for a packet that was given already. Throws ContractError
   * `frame.dictionary_missing` when the dictionary has not come; the same array may be read again once it
   * has. Throws `frame.malformed` for arrays that contradict each other, `frame.unknown_fields` for those
   * of a later version, and with the code of the first rule that the array or its packet breaks. The
   * reader can be used after every error.
   */
  read(bytes: Uint8Array): SystemStatePacket | undefined;
  safeRead(bytes: Uint8Array): Result<SystemStatePacket | undefined>;
  /** The packets that were given up, because frames of them did not come or contradict each other: the last ones, oldest first, as many as may be under way. */
  readonly abandoned: readonly AbandonedPacket[];
  /** How many packets were given up. */
  readonly abandonedCount: number;
}

interface Known {
  readonly dictionary: DictionaryReader;
  /** Numbers of the packets that were given last. */
  readonly given: Set<number>;
}

/**
 * Makes a reader of the compact form. It gives exactly what decoding the canonical packet gives. Throws
 * ContractError `config`.
 */
export function createFrameReader(options: FrameReaderOptions = {}): FrameReader {
  const { maxDictionaries, maxPending, maxAge } = readSettings(
    "createFrameReader",
    settings,
    options,
  );
  /** By id; the one that was used last is the last. */
  const known = new Map<bigint, Known>();
  const assembly = new PacketAssembler(maxPending, maxAge);

  const readDictionary = (update: StateDictionary): void => {
    const id = update.dictionaryId;
    const entry = known.get(id) ?? {
      dictionary: new DictionaryReader(id, maxBusBytes),
      given: new Set<number>(),
    };
    known.delete(id);
    // Only afterwards, so that a dictionary which contradicts itself is forgotten.
    entry.dictionary.add(update);
    known.set(id, entry);
    for (const oldest of known.keys()) {
      if (known.size <= maxDictionaries) break;
      known.delete(oldest);
    }
  };

  const readFrame = (frame: StateFrame, bytes: Uint8Array): SystemStatePacket | undefined => {
    assembly.count();
    const { dictionary, given } = find(frame);
    if (given.has(frame.number)) return undefined;
    const whole = frame.parts > 1 ? wholeFrame(frame, bytes) : frame;
    if (whole === undefined) return undefined;
    const packet = toPacket(whole, dictionary);
    given.add(frame.number);
    for (const oldest of given) {
      if (given.size <= maxAge) break;
      given.delete(oldest);
    }
    return packet;
  };

  const find = ({ dictionaryId, entries }: StateFrame): Known => {
    const entry = known.get(dictionaryId);
    const size = entry?.dictionary.size ?? 0;
    if (entry === undefined || size < entries) {
      const message = `needs ${entries} entries of dictionary ${formatId(dictionaryId)}, of which ${size} are here`;
      throw unreadable({ path: "frame.entries", rule: "frame.dictionary_missing", message });
    }
    known.delete(dictionaryId);
    known.set(dictionaryId, entry);
    return entry;
  };

  const wholeFrame = (frame: StateFrame, bytes: Uint8Array): StateFrame | undefined => {
    const all = assembly.add(frame, bytes);
    if (all === undefined) return undefined;
    const { update } = StateUpdate.codec.decode(all);
    if (update.case !== "frame") return undefined;
    const issues: ContractIssue[] = [];
    const report: Report = (steps, rule, message) =>
      issues.push({ path: formatPath(["frame", ...steps]), rule, message });
    reportColumns(update.value, report);
    const [first, ...others] = issues;
    if (first !== undefined) throw unreadable(first, others);
    return update.value;
  };

  const reader: FrameReader = {
    read: (bytes) =>
      guarded("read from frames", SystemStatePacket.typeName, () => {
        const { update, $unknown } = StateUpdate.decode(bytes, { maxBytes: maxBusBytes });
        assertUnknown("", $unknown);
        if (update.case === "frame") {
          assertUnknown("frame", update.value.$unknown);
          return readFrame(update.value, bytes);
        }
        if (update.case === "dictionary") {
          assertUnknown("dictionary", update.value.$unknown);
          for (const [index, { entry, $unknown: fields }] of update.value.entries.entries()) {
            const inner = typeof entry.value === "object" ? entry.value.$unknown : undefined;
            assertUnknown(`dictionary.entries[${index}]`, fields ?? inner);
          }
          readDictionary(update.value);
        }
        return undefined;
      }),
    safeRead: (bytes) => attempt(() => reader.read(bytes)),
    get abandoned() {
      return [...assembly.abandoned];
    },
    get abandonedCount() {
      return assembly.abandonedCount;
    },
  };
  return reader;
}

function assertUnknown(path: string, fields: readonly unknown[] = []): void {
  if (fields.length === 0) return;
  const count = fields.length === 1 ? "1 unknown field" : `${fields.length} unknown fields`;
  const message = `${count} of a later version, without which the packet would not be whole`;
  throw unreadable({ path, rule: "frame.unknown_fields", message });
}
