import { type Buffers, createBuffers, lengthOf } from "./buffers.js";
import type { DecodeAliasing } from "./codec.js";
import { wrong } from "./fault.js";

const slabSize = 0x10000;
/** Values up to here may be views of the slab; larger ones get their own buffer. */
const largestView = 4096;
/** The last varint or fixed value of a truncated message may be read past its end. */
const slack = 16;

/** Inputs are copied here one after the other; what a message keeps a view of is never written again. */
let slab: Buffers = createBuffers(slabSize);
let used = 0;

/** How the message that is being decoded gets at its byte arrays. */
let source: Uint8Array | undefined;
let base = 0;
let apart = false;
let kept = false;

/** What an unset bytes field holds. It has no bytes that anybody could change. */
export const noBytes: Uint8Array = new Uint8Array(0);

/** A copy of the input that decoders read: where it stands in which buffers. */
export interface Input {
  readonly buffers: Buffers;
  readonly start: number;
  readonly end: number;
}

/** Copies the input to where decoders read it. Throws `input.type` for anything but a Uint8Array. */
export function openInput(bytes: Uint8Array, aliasing: DecodeAliasing | undefined): Input {
  const length = bytes instanceof Uint8Array ? lengthOf(bytes) : -1;
  if (length < 0) wrong("a Uint8Array", bytes, "input.type");
  source = aliasing?.alias === true ? bytes : undefined;
  apart = aliasing?.own === true;
  kept = false;
  if (length > slabSize / 2) {
    const buffers = createBuffers(length + slack);
    copy(bytes, buffers, 0);
    base = 0;
    return { buffers, start: 0, end: length };
  }
  // A slab has no bytes left when somebody transferred the buffer of a value that is a view of it.
  if (used + length + slack > slab.bytes.length) {
    slab = createBuffers(slabSize);
    used = 0;
  }
  const start = used;
  const end = start + length;
  copy(bytes, slab, start);
  // What is read past the end must not depend on what was decoded before.
  slab.view.setFloat64(end, 0);
  slab.view.setFloat64(end + 8, 0);
  base = start;
  return { buffers: slab, start, end };
}

function copy(bytes: Uint8Array, buffers: Buffers, start: number): void {
  // What an unset field holds stays readable, even when somebody transferred its buffer.
  if (bytes === noBytes) return;
  try {
    buffers.bytes.set(bytes, start);
  } catch {
    wrong("a Uint8Array with a buffer", bytes, "input.type");
  }
}

/** Ends a decoding: what the message keeps views of stays, the rest is free for the next one. */
export function closeInput(end: number): void {
  if (kept) used = end;
  source = undefined;
}

/** The bytes from `start` to `end` as a value of a message. */
export function takeBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (source !== undefined) {
    return new Uint8Array(source.buffer, source.byteOffset + start - base, length);
  }
  if (apart || length > largestView) {
    const own = new Uint8Array(length);
    own.set(bytes.subarray(start, end));
    return own;
  }
  if (bytes !== slab.bytes) return keepBytes(bytes, start, length);
  kept = true;
  return new Uint8Array(bytes.buffer, start, length);
}

/** A small value of a large input: copied to the slab, so that the message does not hold the whole input. */
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
