export type { AbandonedPacket } from "./assembly.js";
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
