import { crc32 } from "node:zlib";
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  createFrameReader,
  DictionaryEntry,
  type DictionaryEntrySchema,
  type FrameReader,
  type StateFrameSchema,
  StateUpdate,
  type StateUpdateSchema,
} from "../../../src/leyline/compact/index.js";

/** The dictionary id of these arrays. */
export const id = 0xabc;
export const uuid = new Uint8Array(16);
/** An unknown field. */
export const unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }];

type Update = MessageInitShape<typeof StateUpdateSchema>;
export type Frame = MessageInitShape<typeof StateFrameSchema>;
export type Entry = Exclude<MessageInitShape<typeof DictionaryEntrySchema>["entry"], undefined>;

/** Encodes an update, and appends the checksum as zlib computes it. */
function bytesOf(update: Update, before = 0): Uint8Array {
  const bytes = StateUpdate.codec.encode(StateUpdate.create({ dictionaryId: id, ...update }));
  const field = Buffer.alloc(5, 0x25);
  field.writeUInt32LE(crc32(bytes, before), 1);
  return new Uint8Array(Buffer.concat([bytes, field]));
}

/** The checksum of these entries. */
function checksumOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => {
    return crc32(DictionaryEntry.codec.encode(DictionaryEntry.create({ entry })), sum);
  }, 0);
}

/** A frame that needs all nine {@link entries}, or as many of `known` as it says. */
export function frame(fields: Frame, dictionaryId = id, known: readonly Entry[] = entries) {
  const value = { entries: 9, packetUuid: uuid, ...fields };
  const before = checksumOf(known.slice(0, value.entries));
  return bytesOf({ update: { case: "frame", value }, dictionaryId }, before);
}

/** A dictionary with these entries from index `firstEntry` on. */
export function dictionary(
  entries: readonly Entry[],
  firstEntry = 0,
  dictionaryId = id,
): Uint8Array {
  const value = { firstEntry, entries: entries.map((entry) => ({ entry })) };
  return bytesOf({ update: { case: "dictionary", value }, dictionaryId });
}

/** Nine entries: four texts, keys of two metrics, a run, a device and two seeds. */
export const entries: readonly Entry[] = [
  ...["cuda", "a", "b", ""].map((value) => ({ case: "text", value }) as const),
  { case: "metricKeys", value: { texts: [1, 2] } },
  { case: "run", value: { sourceSubsystem: 0, trainingRunId: 3, experimentName: 3 } },
  { case: "device", value: { totalMemoryGb: 80 } },
  { case: "seed", value: { seedId: 1 } },
  { case: "seed", value: { seedId: 2, metricKeys: 1 } },
];

/** A reader that has received {@link entries}. */
export function ready(): FrameReader {
  const reader = createFrameReader();
  reader.read(dictionary(entries));
  return reader;
}
