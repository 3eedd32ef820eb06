import { lengthOf } from "./buffers.js";
import { isTooDeep } from "./elements.js";
import { Fault, full, listLength, malformed, tooDeep, truncated, wrong } from "./fault.js";
import { takeBytes } from "./input.js";
import { after, readLength, readTag, readVarint, writeVarint } from "./varint.js";

/** An unknown field of a message, as protobuf-es represents it. */
export interface UnknownField {
  readonly no: number;
  readonly wireType: number;
  readonly data: Uint8Array;
}

/** A message that may carry unknown fields. */
export interface MayHaveUnknown {
  $unknown?: UnknownField[] | undefined;
}

/** Stores the field whose tag ends at `at` as an unknown field of the message, and returns its end. */
export function readUnknown(
  message: MayHaveUnknown,
  tag: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  depth: number,
): number {
  const next = skip(tag, bytes, at, end, depth);
  const field = { no: tag >>> 3, wireType: tag & 7, data: takeBytes(bytes, at, next, depth) };
  if (message.$unknown === undefined) message.$unknown = [field];
  else message.$unknown.push(field);
  return next;
}

/** Returns the end of the field whose tag ends at `at`. Throws if the field is invalid or truncated. */
export function skip(
  tag: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  depth: number,
): number {
  if (tag >>> 3 === 0) malformed("a tag with field number 0", at - 1);
  let next = at;
  switch (tag & 7) {
    case 0:
      readVarint(bytes, at);
      next = after();
      break;
    case 1:
      next = at + 8;
      break;
    case 2:
      next = readLength(bytes, at, end);
      next += after();
      break;
    case 3:
      return skipGroup(tag, bytes, at, end, depth + 1);
    case 5:
      next = at + 4;
      break;
    case 4:
      malformed("a group end without its start", at - 1);
      break;
    default:
      malformed(`wire type ${tag & 7}`, at - 1);
  }
  if (next > end) truncated(at);
  return next;
}

function skipGroup(
  tag: number,
  bytes: Uint8Array,
  from: number,
  end: number,
  depth: number,
): number {
  if (isTooDeep(depth)) tooDeep(from);
  let at = from;
  while (at < end) {
    const inner = readTag(bytes, at, end);
    const next = after();
    if ((inner & 7) === 4) {
      if (inner >>> 3 !== tag >>> 3) malformed("a group end of another field", at);
      return next;
    }
    at = skip(inner, bytes, next, end, depth);
  }
  return truncated(at);
}

/** Writes the unknown fields of a message and returns the end. */
export function writeUnknown(
  fields: readonly UnknownField[],
  bytes: Uint8Array,
  start: number,
  depth: number,
): number {
  if (!Array.isArray(fields)) wrong("an array of unknown fields", fields);
  const count = listLength(fields);
  let at = start;
  // By index: a subclass of Array may have an iterator that returns something else.
  for (let index = 0; index < count; index++) {
    const field = fields[index];
    if (typeof field !== "object" || field === null) return wrong("an unknown field", field);
    const { no, wireType, data } = field;
    if (!Number.isInteger(no) || no < 1 || no > 0x1fffffff) wrong("a field number", no);
    if (![0, 1, 2, 3, 5].includes(wireType)) wrong("a wire type", wireType);
    const length = data instanceof Uint8Array ? lengthOf(data) : -1;
    if (length < 0) wrong("the bytes of an unknown field", data);
    if (at + 5 + length > bytes.length) throw full;
    const tag = ((no << 3) | wireType) >>> 0;
    at = writeVarint(tag, bytes, at);
    putUnknown(tag, data, bytes, at, length, depth);
    at += length;
  }
  return at;
}

/** Writes the bytes of an unknown field. Throws unless they are exactly one value of its wire type. */
function putUnknown(
  tag: number,
  data: Uint8Array,
  bytes: Uint8Array,
  start: number,
  length: number,
  depth: number,
): void {
  let end = -1;
  try {
    bytes.set(data, start);
    end = skip(tag, bytes, start, start + length, depth);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.rule === "input.depth") tooDeep();
  }
  if (end !== start + length) wrong("the bytes of one whole unknown field", data);
}
