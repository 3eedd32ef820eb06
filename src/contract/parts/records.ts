import { skip } from "../../wire/unknown.js";
import { after, readTag } from "../../wire/varint.js";

/** One record of a message, as offsets into the bytes: its tag, then its value with the value's length. */
export interface WireRecord {
  readonly number: number;
  readonly wireType: number;
  /** Where the tag begins. */
  readonly start: number;
  /** Where the tag ends. */
  readonly value: number;
  /** Where the record ends; a group ends after its end tag. */
  readonly end: number;
}

/**
 * Visits the records between `start` and `end`, which are those of one message at this depth. Throws the
 * faults of the codecs for bytes that are no records.
 */
export function eachRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
  visit: (record: WireRecord) => void,
): void {
  for (let at = start; at < end; ) {
    const tag = readTag(bytes, at, end);
    const value = after();
    const next = skip(tag, bytes, value, end, depth);
    visit({ number: tag >>> 3, wireType: tag & 7, start: at, value, end: next });
    at = next;
  }
}
