import { formatPath } from "../../contract/base/context.js";
import { RecentEntries } from "../../contract/base/recent.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import { defaultsOf, readSettings } from "../../contract/base/settings.js";
import type { Report } from "../../contract/model/definition.js";
import type { ContractIssue } from "../../wire/error.js";
import { maxBusBytes } from "../bus.js";
import { SystemStatePacket } from "../state.js";
import { type AbandonedPacket, PacketAssembler } from "./assembler.js";
import { assertChecksum } from "./checksum.js";
import type { StateDictionary } from "./dictionary.js";
import { countUnknownFields, formatId, unreadable } from "./errors.js";
import { reportColumns, type StateFrame, StateUpdate } from "./frame.js";
import { toPacket } from "./frame-to-packet.js";
import { KnownDictionaries } from "./known-dictionaries.js";

/** Options of {@link createFrameReader}. */
export interface FrameReaderOptions {
  /**
   * Maximum number of dictionaries kept, of all writers. Default 8; each takes at most 262,144 bytes of
   * entries.
   */
  readonly maxDictionaries?: number;
  /**
   * Maximum number of incomplete packets, of which frames are missing. Default 8; each takes at most
   * 262,144 bytes.
   */
  readonly maxPending?: number;
  /**
   * Maximum number of frames received while a packet is incomplete; then it is abandoned. Default 64.
   */
  readonly maxAge?: number;
  /**
   * Maximum number of returned packets that are remembered, so that none is returned twice, whatever became
   * of its dictionary. The one that was returned longest ago goes first. Default 65,536, four times as many
   * as a writer sends with one dictionary; they take about 10 MB when there are so many.
   */
  readonly maxReturned?: number;
}

const settings = {
  maxDictionaries: { default: 8, min: 1 },
  maxPending: { default: 8, min: 1 },
  maxAge: { default: 64, min: 1 },
  maxReturned: { default: 65_536, min: 1 },
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
  /**
   * The last abandoned packets, oldest first, at most `maxPending`: their frames are missing or
   * contradict each other.
   */
  readonly abandoned: readonly AbandonedPacket[];
  /** Number of packets abandoned so far. */
  readonly abandonedCount: number;
}

/**
 * Creates a reader of the compact form. It returns exactly what decoding the canonical packet returns.
 * Throws ContractError `config` for wrong options.
 */
export function createFrameReader(options: FrameReaderOptions = {}): FrameReader {
  const { maxDictionaries, maxPending, maxAge, maxReturned } = readSettings(
    "createFrameReader",
    settings,
    options,
  );
  const dictionaries = new KnownDictionaries(maxDictionaries);
  const assembler = new PacketAssembler(maxPending, maxAge);
  const returned = new RecentEntries<string, true>({ maxEntries: maxReturned });

  const readFrame = (
    frame: StateFrame,
    { dictionaryId, checksum }: StateUpdate,
    bytes: Uint8Array,
  ): SystemStatePacket | undefined => {
    const dictionary = dictionaries.find(dictionaryId, frame);
    const { entries, parts } = frame;
    const of = `the bytes and the first ${entries} entries of dictionary ${formatId(dictionaryId)}`;
    const before = dictionary.checksumOf(entries);
    assertChecksum(bytes, checksum, before, of);
    dictionaries.touch(dictionary);
    assembler.count();
    // With the entries, so that two writers of one id do not hide each other's packets.
    const key = `${dictionaryId} ${frame.number} ${before}`;
    if (returned.has(key)) return undefined;
    const whole = parts > 1 ? toWholeFrame(assembler.add(dictionaryId, frame, bytes)) : frame;
    if (whole === undefined) return undefined;
    const packet = toPacket(whole, dictionary);
    returned.set(key, true);
    return packet;
  };

  const reader: FrameReader = {
    read: (bytes) =>
      guarded("read from frames", SystemStatePacket.typeName, () => {
        const received = StateUpdate.decode(bytes, { maxBytes: maxBusBytes });
        const { update, dictionaryId, checksum } = received;
        assertNoUnknownFields("", received.$unknown);
        if (update.case === "frame") {
          assertNoUnknownFields("frame", update.value.$unknown);
          return readFrame(update.value, received, bytes);
        }
        if (update.case === "dictionary") {
          assertKnownEntries(update.value);
          assertChecksum(bytes, checksum, 0, "the bytes");
          dictionaries.add(dictionaryId, update.value);
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

/**
 * Decodes the concatenated frames of a packet as one. Throws ContractError `frame.malformed` if its
 * columns contradict each other.
 */
function toWholeFrame(bytes: Uint8Array | undefined): StateFrame | undefined {
  if (bytes === undefined) return undefined;
  const { update } = StateUpdate.codec.decode(bytes);
  if (update.case !== "frame") return undefined;
  const issues: ContractIssue[] = [];
  const report: Report = (steps, rule, message) =>
    issues.push({ path: formatPath(["frame", ...steps]), rule, message });
  reportColumns(update.value, report);
  const [first, ...others] = issues;
  if (first !== undefined) throw unreadable(first, others);
  return update.value;
}

function assertKnownEntries({ entries, $unknown }: StateDictionary): void {
  assertNoUnknownFields("dictionary", $unknown);
  for (const [index, { entry, $unknown: fields }] of entries.entries()) {
    const inner = typeof entry.value === "object" ? entry.value.$unknown : undefined;
    assertNoUnknownFields(`dictionary.entries[${index}]`, fields ?? inner);
  }
}

function assertNoUnknownFields(path: string, fields: readonly unknown[] = []): void {
  if (fields.length === 0) return;
  const message = `${countUnknownFields(fields)} of a later version, which may be part of the packet`;
  throw unreadable({ path, rule: "frame.unknown_fields", message });
}
