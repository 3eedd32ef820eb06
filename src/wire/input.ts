import { type Buffers, createBuffers, lengthOf } from "./buffers.js";
import type { CodecDecodeOptions } from "./codec.js";
import { countElement, maxDepth } from "./elements.js";
import { wrong } from "./fault.js";

const slabSize = 0x10000;
/** Values of up to this size may be views of the slab; larger ones get their own buffer. */
const maxViewBytes = 4096;
/** Readable bytes after the input: the last value of a truncated message is read past the end before that is noticed. */
const slack = 16;

/** Inputs are copied here one after the other. Bytes that a message has a view of are never overwritten. */
let slab: Buffers = createBuffers(slabSize);
let used = 0;

/** The original input, if byte arrays are views of it (`alias`). */
let source: Uint8Array | undefined;
/** Where the copy of the input starts. */
let base = 0;
/** Whether every byte array is a copy (`own`). */
let copies = false;
/** Whether the message has a view of the slab, so that the input's copy must stay. */
let hasView = false;

/** The value of every unset bytes field. It can be shared because it has no bytes to change. */
export const noBytes: Uint8Array = new Uint8Array(0);

/** The copy of the input that decoders read: its buffers, start and end. */
export interface Input {
  readonly buffers: Buffers;
  readonly start: number;
  readonly end: number;
}

/** Copies the input to internal buffers. Throws `input.type` if it is not a Uint8Array. */
export function openInput(
  bytes: Uint8Array,
  { alias, own }: Pick<CodecDecodeOptions, "alias" | "own">,
): Input {
  const length = bytes instanceof Uint8Array ? lengthOf(bytes) : -1;
  if (length < 0) wrong("a Uint8Array", bytes, "input.type");
  source = alias === true ? bytes : undefined;
  copies = own === true;
  hasView = false;
  if (length > slabSize / 2) {
    const buffers = createBuffers(length + slack);
    copy(bytes, buffers, 0);
    base = 0;
    return { buffers, start: 0, end: length };
  }
  // The slab has length 0 after the caller transferred the buffer of a value that is a view of it.
  if (used + length + slack > slab.bytes.length) {
    slab = createBuffers(slabSize);
    used = 0;
  }
  const start = used;
  const end = start + length;
  copy(bytes, slab, start);
  // Bytes read past the end must not depend on earlier inputs.
  slab.view.setFloat64(end, 0);
  slab.view.setFloat64(end + 8, 0);
  base = start;
  return { buffers: slab, start, end };
}

function copy(bytes: Uint8Array, buffers: Buffers, start: number): void {
  // The shared empty array must remain valid input even if its buffer was transferred: then `set` throws.
  if (bytes === noBytes) return;
  try {
    buffers.bytes.set(bytes, start);
  } catch {
    wrong("a Uint8Array with a buffer", bytes, "input.type");
  }
}

/** Ends decoding one message. If it has views of the slab, its bytes stay; otherwise the next input overwrites them. */
export function closeInput(end: number): void {
  if (hasView) used = end;
  source = undefined;
}

/**
 * Returns the bytes from `start` to `end` as a value of a message at `depth`: a view or a copy, as
 * {@link CodecDecodeOptions} says. With depth 0 it is not counted as an element.
 */
export function takeBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
): Uint8Array {
  if (depth > maxDepth) countElement(depth, start);
  const length = end - start;
  if (source !== undefined) {
    return new Uint8Array(source.buffer, source.byteOffset + start - base, length);
  }
  if (copies || length > maxViewBytes) {
    const own = new Uint8Array(length);
    own.set(bytes.subarray(start, end));
    return own;
  }
  if (bytes !== slab.bytes) return keepBytes(bytes, start, length);
  hasView = true;
  return new Uint8Array(bytes.buffer, start, length);
}

/** Copies a small value of a large input to the slab, so that the message does not keep the whole input in memory. */
function keepBytes(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (used + length > slab.bytes.length) {
    slab = createBuffers(slabSize);
    used = 0;
  }
  const at = used;
  used += length;
  const target = slab.bytes;
  for (let index = 0; index < length; index++) target[at + index] = bytes[start + index] ?? 0;
  return new Uint8Array(target.buffer, at, length);
}
