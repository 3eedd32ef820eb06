import { StateUpdateCodec } from "../../../gen/esper/leyline/compact/v1/frame_codec.js";
import { crc32 } from "../../contract/base/crc32.js";
import { malformed } from "./errors.js";
import type { StateUpdate } from "./frame.js";

/** The tag of `StateUpdate.checksum`. */
const tag = 0x25;
/** Bytes of the field: its tag and a fixed32. */
const fieldBytes = 5;

/**
 * Encodes an update with its checksum. `before` is the checksum of the entries that a frame needs, 0 for a
 * dictionary.
 */
export function encodeWithChecksum(update: StateUpdate, before: number): Uint8Array {
  // A placeholder, which makes the field the last five bytes.
  update.checksum = 0;
  const bytes = StateUpdateCodec.encode(update);
  const sum = crc32(bytes.subarray(0, -fieldBytes), before);
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).setUint32(bytes.length - 4, sum, true);
  return bytes;
}

/**
 * Throws ContractError `frame.malformed` unless an array ends in the checksum of its bytes. `checksum` is
 * the decoded one, `before` as in {@link encodeWithChecksum}, `of` what the array should be.
 */
export function assertChecksum(
  bytes: Uint8Array,
  checksum: number | undefined,
  before: number,
  of: string,
): void {
  if (checksum === undefined || bytes.at(-fieldBytes) !== tag) {
    throw malformed("checksum", "must be the last field of the array");
  }
  if (crc32(bytes.subarray(0, -fieldBytes), before) === checksum) return;
  throw malformed("checksum", `does not match ${of}`);
}
