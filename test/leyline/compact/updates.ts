import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  createFrameReader,
  type DictionaryEntrySchema,
  type FrameReader,
  type StateFrameSchema,
  StateUpdate,
  type StateUpdateSchema,
} from "../../../src/leyline/compact/index.js";

/** The dictionary id of these arrays. */
export const id = 0xabcn;
export const uuid = new Uint8Array(16);
/** An unknown field. */
export const unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }];

type Update = MessageInitShape<typeof StateUpdateSchema>;
export type Frame = MessageInitShape<typeof StateFrameSchema>;
export type Entry = Exclude<MessageInitShape<typeof DictionaryEntrySchema>["entry"], undefined>;

/** Encodes an update. */
function bytesOf(update: Update): Uint8Array {
  return StateUpdate.codec.encode(StateUpdate.create(update));
}

/** A frame that needs all nine {@link entries}. */
export function frame(fields: Frame): Uint8Array {
  const value = { dictionaryId: id, entries: 9, packetUuid: uuid, ...fields };
  return bytesOf({ update: { case: "frame", value } });
}

/** A dictionary with these entries from index `firstEntry` on. */
export function dictionary(
  entries: readonly Entry[],
  firstEntry = 0,
  dictionaryId = id,
): Uint8Array {
  const value = { dictionaryId, firstEntry, entries: entries.map((entry) => ({ entry })) };
  return bytesOf({ update: { case: "dictionary", value } });
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
