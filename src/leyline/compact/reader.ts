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
import { countUnknownFields, formatId, unreadable } from "./errors.js";
import { reportColumns, type StateFrame, StateUpdate } from "./frame.js";
import { toPacket } from "./frame-to-packet.js";

/** Options of {@link createFrameReader}. */
export interface FrameReaderOptions {
  /** Maximum number of dictionaries kept, of all writers. Default 8; each takes at most 262,144 bytes of entries. */
  readonly maxDictionaries?: number;
  /** Maximum number of incomplete packets, of which frames are missing. Default 8; each takes at most 262,144 bytes. */
  readonly maxPending?: number;
  /**
   * Maximum number of frames received while a packet is incomplete; then it is abandoned. Also how many
   * packets of each dictionary are remembered, so that no packet is returned twice. Default 64; each takes
   * one number.
   */
  readonly maxAge?: number;
}

const settings = {
  maxDictionaries: { default: 8, min: 1 },
  maxPending: { default: 8, min: 1 },
  maxAge: { default: 64, min: 1 },
} as const;

/** The defaults of {@link FrameReaderOptions}. */
export const frameReaderDefaults: Readonly<Required<FrameReaderOptions>> = defaultsOf(settings);

/** Reads packets in the compact form, from one or more writers. */
export interface FrameReader {
  /**
   * Reads one byte array, which is copied, and returns the packet that it completes. Returns undefined for
   * a dictionary, for a frame of a packet that is still incomplete, and for a packet that was returned
   * before. Throws ContractError `frame.dictionary_missing` if the frame's dictionary was not received; the
   * same array can be read again after it was. Throws `frame.malformed` for arrays that contradict each
   * other, `frame.unknown_fields` for arrays of a later version, and the code of the first rule that the
   * array or its packet breaks. The reader can be used after every error.
   */
  read(bytes: Uint8Array): SystemStatePacket | undefined;
  /** Like `read`, but returns the error instead of throwing it. */
  safeRead(bytes: Uint8Array): Result<SystemStatePacket | undefined>;
  /** The last abandoned packets, oldest first, at most `maxPending`: their frames are missing or contradict each other. */
  readonly abandoned: readonly AbandonedPacket[];
  /** Number of packets abandoned so far. */
  readonly abandonedCount: number;
}

interface Known {
  readonly dictionary: DictionaryReader;
  /** Numbers of the packets returned last. */
  readonly returned: Set<number>;
}

/**
 * Creates a reader of the compact form. It returns exactly what decoding the canonical packet returns.
 * Throws ContractError `config` for wrong options.
 */
export function createFrameReader(options: FrameReaderOptions = {}): FrameReader {
  const { maxDictionaries, maxPending, maxAge } = readSettings(
    "createFrameReader",
    settings,
    options,
  );
  /** By id, the most recently used last. */
  const known = new Map<bigint, Known>();
  const assembler = new PacketAssembler(maxPending, maxAge);

  const readDictionary = (update: StateDictionary): void => {
    const id = update.dictionaryId;
    const entry = known.get(id) ?? {
      dictionary: new DictionaryReader(id, maxBusBytes),
      returned: new Set<number>(),
    };
    known.delete(id);
    // Stored again only after `add`, so that a dictionary that contradicts itself is forgotten.
    entry.dictionary.add(update);
    known.set(id, entry);
    for (const oldest of known.keys()) {
      if (known.size <= maxDictionaries) break;
      known.delete(oldest);
    }
  };

  const readFrame = (frame: StateFrame, bytes: Uint8Array): SystemStatePacket | undefined => {
    assembler.count();
    const { dictionary, returned } = find(frame);
    if (returned.has(frame.number)) return undefined;
    const whole = frame.parts > 1 ? wholeFrame(frame, bytes) : frame;
    if (whole === undefined) return undefined;
    const packet = toPacket(whole, dictionary);
    returned.add(frame.number);
    for (const oldest of returned) {
      if (returned.size <= maxAge) break;
      returned.delete(oldest);
    }
    return packet;
  };

  const find = ({ dictionaryId, entries }: StateFrame): Known => {
    const entry = known.get(dictionaryId);
    const size = entry?.dictionary.size ?? 0;
    if (entry === undefined || size < entries) {
      const message = `needs ${entries} entries of dictionary ${formatId(dictionaryId)}, of which ${size} were received`;
      throw unreadable({ path: "frame.entries", rule: "frame.dictionary_missing", message });
    }
    known.delete(dictionaryId);
    known.set(dictionaryId, entry);
    return entry;
  };

  const wholeFrame = (frame: StateFrame, bytes: Uint8Array): StateFrame | undefined => {
    const all = assembler.add(frame, bytes);
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
        assertNoUnknownFields("", $unknown);
        if (update.case === "frame") {
          assertNoUnknownFields("frame", update.value.$unknown);
          return readFrame(update.value, bytes);
        }
        if (update.case === "dictionary") {
          assertNoUnknownFields("dictionary", update.value.$unknown);
          for (const [index, { entry, $unknown: fields }] of update.value.entries.entries()) {
            const inner = typeof entry.value === "object" ? entry.value.$unknown : undefined;
            assertNoUnknownFields(`dictionary.entries[${index}]`, fields ?? inner);
          }
          readDictionary(update.value);
        }
        return undefined;
      }),
    safeRead: (bytes) => attempt(() => reader.read(bytes)),
    get abandoned() {
      return [...assembler.abandoned];
    },
    get abandonedCount() {
      return assembler.abandonedCount;
    },
  };
  return reader;
}

function assertNoUnknownFields(path: string, fields: readonly unknown[] = []): void {
  if (fields.length === 0) return;
  const message = `${countUnknownFields(fields)} of a later version, which may be part of the packet`;
  throw unreadable({ path, rule: "frame.unknown_fields", message });
}
