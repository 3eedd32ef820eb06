import { skip } from "../../wire/unknown.js";
import { after, readTag } from "../../wire/varint.js";

/** One record of an encoded message, as offsets into the bytes: a tag, then a value with its length prefix. */
export interface WireRecord {
  readonly number: number;
  readonly wireType: number;
  /** Offset of the tag. */
  readonly start: number;
  /** Offset after the tag. */
  readonly value: number;
  /** Offset after the record; a group ends after its end tag. */
  readonly end: number;
}

/**
 * Visits the records of one message, between the offsets `start` and `end`. `depth` is the message's
 * nesting depth, from 1. Throws the codecs' faults for bytes that are not records.
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
