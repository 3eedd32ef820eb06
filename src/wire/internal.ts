// The runtime of generated codecs. It does not follow semantic versioning: a generated codec needs the
// runtime of the version that generated it.
export { createCodec } from "./create-codec.js";
export { append, countElement, enterMessage } from "./elements.js";
export {
  checkOneof,
  full,
  listLength,
  tooDeep,
  truncated,
  within,
  wrong,
  wrongCase,
  wrongMessage,
} from "./fault.js";
export { noBytes, takeBytes } from "./input.js";
export { readJsonObject, writeJsonObject } from "./json.js";
export {
  bigintKey,
  boolKey,
  checkMap,
  createKeyCache,
  isOwn,
  mapKeys,
  mapNumbers,
  mapStrings,
  maxPendingEntries,
  numberKey,
  readKey,
  setEntry,
  writeKey,
} from "./map.js";
export { hasBytes, readString, writeBytes, writeString } from "./text.js";
export { createTextCache, readText } from "./text-cache.js";
export { readUnknown, skip, writeUnknown } from "./unknown.js";
export {
  after,
  checkDouble,
  checkFloat,
  closeLength,
  longOf,
  readBool,
  readInt64,
  readLength,
  readSint64,
  readTag,
  readUint64,
  readVarint,
  writeBool,
  writeFixed64,
  writeInt32,
  writeInt64,
  writeSint32,
  writeSint64,
  writeUint32,
  writeUint64,
  wrongInteger,
} from "./varint.js";
export { zero } from "./zero.js";
