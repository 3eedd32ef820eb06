import {
  type Buffers,
  canShare,
  createBuffers,
  createShared,
  lengthOfBytes,
  viewOf,
} from "./buffers.js";
import { type Codec, readCodecOptions, readEncodeOptions } from "./codec.js";
import { outermostDepth } from "./elements.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "./error.js";
import { Fault, full } from "./fault.js";
import { closeInput, openInput } from "./input.js";
import { lookForInherited } from "./map.js";
import { formatPath } from "./path.js";
import { preview } from "./preview.js";

/** A generated function that reads the fields from `at` to `end` into a message. */
export type ReadMessage<M> = (
  message: M,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  depth: number,
) => void;

/** A generated function that writes a message at `at` and returns the end. Throws {@link full} if the buffer is too small. */
export type WriteMessage<M> = (
  message: M,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  depth: number,
) => number;

/** What a result may keep from being collected, in bytes. */
const blockSize = 0x2000;
const firstScratch = 0x4000;
/** A scratch buffer that grew beyond this is released after use. */
const largestScratch = 0x400000;
/** Maximum size of a protobuf message, in bytes. */
const maxMessageBytes = 0x7fffffff;

let scratch: Buffers = createBuffers(firstScratch);
/** The scratch buffer as a plain array, whose `slice` makes plain arrays. */
let scratchBytes: Uint8Array = plain(scratch);
/** Small results are views of a block, which is only ever appended to. */
let block: Buffers = createShared(blockSize);
let blockUsed = 0;
/** True while a message is being written: one of its getters may encode another message. */
let busy = false;
let lastTarget: Uint8Array | undefined;
let lastTargetBuffers: Buffers | undefined;

/** Creates the codec of a message type from its generated functions. */
// @__NO_SIDE_EFFECTS__
export function createCodec<M>(
  typeName: string,
  create: () => M,
  read: ReadMessage<M>,
  write: WriteMessage<M>,
): Codec<M> {
  /** Whether the last result was too large for a block; the next message is then not tried there. */
  let isLarge = false;
  /** With so few bytes left in a block, a message did not fit. */
  let tooFew = 0;
  const encodeOwn = (message: M): Uint8Array => {
    const end = writeToScratch(typeName, write, message);
    const bytes = scratchBytes.slice(0, end);
    trimScratch();
    return bytes;
  };
  /** Writes into the block, where nothing is written twice. Undefined for a message that is too large for it. */
  const encodeShared = (message: M): Uint8Array | undefined => {
    busy = true;
    try {
      const left = blockSize - blockUsed;
      let end = left <= tooFew ? -1 : attempt(write, message, block, blockUsed);
      if (end < 0) {
        if (left < blockSize / 2) tooFew = Math.max(tooFew, left);
        block = createShared(blockSize);
        blockUsed = 0;
        end = attempt(write, message, block, 0);
      }
      if (end < 0) return undefined;
      const bytes = new Uint8Array(block.bytes.buffer, blockUsed, end - blockUsed);
      blockUsed = end;
      return bytes;
    } catch (thrown) {
      throw toContractError("encode", typeName, thrown);
    } finally {
      busy = false;
    }
  };
  const codec: Codec<M> = {
    typeName,
    create,
    encode(message, options) {
      if (busy) return encodeReentrant(typeName, write, message);
      const isOwn = options !== undefined && readEncodeOptions(typeName, options).own;
      if (isOwn || !canShare) return encodeOwn(message);
      const bytes = (isLarge ? undefined : encodeShared(message)) ?? encodeOwn(message);
      isLarge = bytes.length > blockSize / 2;
      return bytes;
    },
    encodeInto(message, target, offset) {
      const room = openTarget(typeName, target, offset);
      if (!busy) {
        busy = true;
        try {
          const end = attempt(write, message, room, offset);
          if (end >= 0) return end;
        } catch (thrown) {
          throw toContractError("encode", typeName, thrown);
        } finally {
          busy = false;
        }
      }
      // `write` needs room for the worst case of each value; only the exact size decides whether it fits.
      const bytes = codec.encode(message);
      if (offset + bytes.length > room.bytes.length)
        throw doesNotFit(typeName, bytes.length, room.bytes, offset);
      room.bytes.set(bytes, offset);
      return offset + bytes.length;
    },
    size(message) {
      if (busy) return encodeReentrant(typeName, write, message).length;
      const end = writeToScratch(typeName, write, message);
      trimScratch();
      return end;
    },
    decode(bytes, given) {
      const options = readCodecOptions(typeName, given);
      let start = 0;
      try {
        const { buffers, start: from, end } = openInput(bytes, options);
        start = from;
        const message = create();
        const depth = outermostDepth(end - start, options.maxElements);
        read(message, buffers.bytes, buffers.view, start, end, depth);
        closeInput(end);
        return message;
      } catch (thrown) {
        throw toContractError("decode", typeName, thrown, start);
      }
    },
  };
  return codec;
}

/** Writes the message and returns its end, or -1 if the buffers are too small. */
function attempt<M>(
  write: WriteMessage<M>,
  message: M,
  { bytes, view }: Buffers,
  start: number,
): number {
  // `ArrayBuffer.prototype.transfer` of newer engines empties even a marked buffer.
  if (start > bytes.length) return -1;
  lookForInherited();
  try {
    return write(message, bytes, view, start, 1);
  } catch (thrown) {
    if (thrown === full) return -1;
    throw thrown;
  }
}

/** Writes to the scratch buffer, which grows until the message fits, and returns the size. */
function writeToScratch<M>(typeName: string, write: WriteMessage<M>, message: M): number {
  busy = true;
  try {
    for (;;) {
      const end = attempt(write, message, scratch, 0);
      if (end >= 0) return end;
      setScratch(larger(scratch));
    }
  } catch (thrown) {
    trimScratch();
    throw toContractError("encode", typeName, thrown);
  } finally {
    busy = false;
  }
}

/** Encodes into buffers of its own while another message is being written. */
function encodeReentrant<M>(typeName: string, write: WriteMessage<M>, message: M): Uint8Array {
  let buffers = createBuffers(firstScratch);
  try {
    for (;;) {
      const end = attempt(write, message, buffers, 0);
      if (end >= 0) return plain(buffers).slice(0, end);
      buffers = larger(buffers);
    }
  } catch (thrown) {
    throw toContractError("encode", typeName, thrown);
  }
}

function larger({ bytes }: Buffers): Buffers {
  if (bytes.length >= maxMessageBytes)
    throw new Fault("length", "the message is larger than 2 GiB");
  return createBuffers(Math.min(bytes.length * 4, maxMessageBytes));
}

function trimScratch(): void {
  if (scratch.bytes.length > largestScratch) setScratch(createBuffers(firstScratch));
}

function setScratch(buffers: Buffers): void {
  scratch = buffers;
  scratchBytes = plain(buffers);
}

function plain({ bytes }: Buffers): Uint8Array {
  return new Uint8Array(bytes.buffer);
}

/** Buffers over the caller's target. The last ones are cached, because most callers reuse one target. */
function openTarget(typeName: string, target: Uint8Array, offset: number): Buffers {
  const length = lengthOfBytes(target);
  if (length < 0) {
    const issue = mismatch("", "input.type", "a Uint8Array to write to", target);
    throw new ContractError("encode", typeName, issue);
  }
  if (!Number.isInteger(offset) || offset < 0 || offset > length) {
    const message = `the offset ${preview(offset)} is outside the target of ${length} bytes`;
    throw new ContractError("encode", typeName, { path: "", rule: "length", message });
  }
  // The buffer of a target may be transferred or resized between two calls.
  if (target !== lastTarget || length === 0 || lastTargetBuffers?.bytes.length !== length) {
    try {
      lastTargetBuffers = viewOf(target);
    } catch {
      const issue = mismatch("", "input.type", "a Uint8Array with a buffer to write to", target);
      throw new ContractError("encode", typeName, issue);
    }
    lastTarget = target;
  }
  return lastTargetBuffers;
}

function doesNotFit(
  typeName: string,
  size: number,
  target: Uint8Array,
  offset: number,
): ContractError {
  const message = `${size} bytes do not fit at offset ${offset} of a target of ${target.length} bytes`;
  return new ContractError("encode", typeName, { path: "", rule: "length", message });
}

/** Converts what was thrown inside a codec to the ContractError that its method throws. */
function toContractError(
  operation: Operation,
  typeName: string,
  thrown: unknown,
  start = 0,
): ContractError {
  if (thrown instanceof Fault)
    return new ContractError(operation, typeName, toIssue(thrown, start));
  // Thrown by a getter or a Proxy, or because the stack was almost full before the call. A ContractError is
  // about something else then: codecs throw none inside.
  const message = "reading the value threw an error";
  return new ContractError(operation, typeName, { path: "", rule: "input.unreadable", message });
}

function toIssue(fault: Fault, start: number): ContractIssue {
  const { rule, message, offset, expected, received } = fault;
  return {
    path: formatPath(fault.steps),
    rule,
    message: offset === undefined ? message : `${message} (at byte ${offset - start})`,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(offset === undefined ? {} : { offset: offset - start }),
  };
}
