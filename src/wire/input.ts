import { type Buffers, createBuffers } from "./buffers.js";
import type { DecodeAliasing } from "./codec.js";
import { Fault } from "./fault.js";
import { preview } from "./preview.js";

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
let views = false;
let kept = false;

/** What an unset bytes field holds. It has no bytes that anybody could change. */
export const noBytes: Uint8Array = new Uint8Array(0);

/** A copy of the input that decoders read: where it stands in which buffers. */
export interface Input {
  readonly buffers: Buffers;
  readonly start: number;
}

/** Copies the input to where decoders read it. Throws `input.type` for anything but a Uint8Array. */
export function openInput(bytes: Uint8Array, aliasing: DecodeAliasing | undefined): Input {
  if (!(bytes instanceof Uint8Array)) {
    const received = preview(bytes);
    const text = `expected a Uint8Array, got ${received}`;
    throw new Fault("input.type", text, undefined, "a Uint8Array", received);
  }
  const { length } = bytes;
  kept = false;
  source = aliasing?.alias === true ? bytes : undefined;
  if (length > slabSize / 2) {
    const buffers = createBuffers(length + slack);
    buffers.bytes.set(bytes);
    views = false;
    base = 0;
    return { buffers, start: 0 };
  }
  if (used + length + slack > slabSize) {
    slab = createBuffers(slabSize);
    used = 0;
  }
  slab.bytes.set(bytes, used);
  views = aliasing?.own !== true;
  base = used;
  return { buffers: slab, start: used };
}

/** Ends a decoding: what the message keeps views of stays, the rest is free for the next one. */
export function closeInput(length: number): void {
  if (kept) used = base + length;
  source = undefined;
}

/** The bytes from `start` to `end` as a value of a message. */
export function takeBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (source !== undefined) {
    return new Uint8Array(source.buffer, source.byteOffset + start - base, length);
  }
  if (views && length <= largestView) {
    kept = true;
    return new Uint8Array(bytes.buffer, start, length);
  }
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(start, end));
  return copy;
}
