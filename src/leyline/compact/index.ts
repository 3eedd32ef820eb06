// Leyline's frames: state packets in fewer bytes, against a dictionary that travels once.
export * from "../../../gen/systems/leyline/compact/schemas.js";
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
  type AbandonedPacket,
  createFrameReader,
  createFrameWriter,
  type FrameReader,
  type FrameReaderOptions,
  type FrameWriter,
  type FrameWriterOptions,
  frameReaderDefaults,
  frameWriterDefaults,
} from "./frames.js";
