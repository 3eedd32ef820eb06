export type { GivenUpPacket } from "./frame-assembly.js";
export {
  createFrameReader,
  type FrameReader,
  type FrameReaderOptions,
  frameReaderDefaults,
} from "./frame-reader.js";
export {
  createFrameWriter,
  type FrameWriter,
  type FrameWriterOptions,
  frameWriterDefaults,
} from "./frame-writer.js";
