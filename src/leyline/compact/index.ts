// Leyline's frames: state packets in fewer bytes, because repeated text is sent once, in a dictionary.
export * from "../../../gen/systems/leyline/compact/schemas.js";
export type { AbandonedPacket } from "./assembler.js";
export { contracts } from "./contracts.js";
export {
  DictionaryDevice,
  type DictionaryDeviceJson,
  DictionaryEntry,
  type DictionaryEntryJson,
  DictionaryMetricKeys,
  type DictionaryMetricKeysJson,
  DictionaryRun,
  type DictionaryRunJson,
  DictionarySeed,
  type DictionarySeedJson,
  StateDictionary,
  type StateDictionaryJson,
} from "./dictionary.js";
export {
  StateFrame,
  type StateFrameJson,
  StateUpdate,
  type StateUpdateJson,
} from "./frame.js";
export {
  createFrameReader,
  type FrameReader,
  type FrameReaderOptions,
  frameReaderDefaults,
} from "./reader.js";
export {
  createFrameWriter,
  type FrameWriter,
  type FrameWriterOptions,
  frameWriterDefaults,
} from "./writer.js";
