import { lengthOfBytes } from "./buffers.js";
import type { Codec } from "./codec.js";
import { ContractError, type ContractIssue, mismatch } from "./error.js";
import { defaultMaxBytes, defaultMaxElements, readLimit, readWireOptions } from "./limits.js";
import { writeVarint } from "./varint.js";

/** Options of {@link readDelimited}. */
export interface DelimitedOptions {
  /** Maximum size of one message, in bytes. A larger one is rejected before it is buffered. Default 4,194,304 (4 MiB). */
  readonly maxBytes?: number;
  /** Maximum number of elements of one message, see `CodecDecodeOptions`. Default 1,000,000. */
  readonly maxElements?: number;
}

/** The defaults of {@link DelimitedOptions}. */
export const delimitedDefaults: Readonly<Required<DelimitedOptions>> = Object.freeze({
  maxBytes: defaultMaxBytes,
  maxElements: defaultMaxElements,
});

/**
 * Encodes a message with its size before it, as a varint: the usual format for several protobuf messages
 * in one stream or file. Throws what the codec's `encode` throws, and ContractError `config` for what is no codec.
 */
export function writeDelimited<M>(codec: Codec<M>, message: M): Uint8Array {
  assertCodec(codec, "encode");
  const encoded = codec.encode(message);
  const bytes = new Uint8Array(5 + encoded.length);
  const start = writeVarint(encoded.length, bytes, 0);
  bytes.set(encoded, start);
  return bytes.subarray(0, start + encoded.length);
}

/**
 * Reads messages written by {@link writeDelimited} from chunks of any length. However long the stream is, it
 * keeps one chunk and one message in memory. Throws ContractError `config` for what is no codec and for wrong options, `input.bytes`
 * or `input.elements` for a message that is too large, `binary.truncated` if the chunks end inside a message,
 * `binary.malformed` for an invalid size, `input.type` for chunks that cannot be iterated or a chunk that is
 * not a Uint8Array, and what `decode` and the chunks themselves throw.
 */
export function readDelimited<M>(
  codec: Codec<M>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: DelimitedOptions = delimitedDefaults,
): AsyncGenerator<M, void, undefined> {
  assertCodec(codec, "decode");
  const { typeName } = codec;
  const settings = readWireOptions(typeName, options, ({ maxBytes, maxElements }) => ({
    maxBytes: readLimit(typeName, "maxBytes", maxBytes, delimitedDefaults.maxBytes),
    maxElements: readLimit(typeName, "maxElements", maxElements, delimitedDefaults.maxElements),
  }));
  if (!isIterable(chunks)) {
    const issue = mismatch("", "input.type", "an iterable of Uint8Arrays", chunks);
    throw new ContractError("decode", typeName, issue);
  }
  return readMessages(codec, chunks, settings);
}

/** Throws ContractError `config` for what has no method of a codec. */
function assertCodec(codec: unknown, method: "encode" | "decode"): void {
  try {
    const has = (key: string, kind: string): boolean =>
      typeof Reflect.get(Object(codec), key) === kind;
    if (has("typeName", "string") && has(method, "function")) return;
  } catch {
    // A getter or Proxy that throws.
  }
  const issue = mismatch("codec", "config", "a codec", codec);
  throw new ContractError("configure", "delimited messages", issue);
}

function isIterable(value: unknown): boolean {
  try {
    const own: object = Object(value);
    return [Symbol.asyncIterator, Symbol.iterator].some(
      (key) => typeof Reflect.get(own, key) === "function",
    );
  } catch {
    return false;
  }
}

async function* readMessages<M>(
  codec: Codec<M>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxBytes, maxElements }: Required<DelimitedOptions>,
): AsyncGenerator<M, void, undefined> {
  const pending = new Pending(codec.typeName, maxBytes);
  for await (const chunk of chunks) {
    pending.add(chunk);
    for (let bytes = pending.take(); bytes !== undefined; bytes = pending.take()) {
      yield codec.decode(bytes, { maxElements });
    }
  }
  if (!pending.isEmpty) pending.refuse("binary.truncated", "the stream ends inside a message");
}

/** Bytes that were received and not yet returned as a message. */
class Pending {
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  constructor(
    readonly typeName: string,
    readonly maxBytes: number,
  ) {}

  get isEmpty(): boolean {
    return this.#start === this.#end;
  }

  /** Appends a chunk. */
  add(chunk: Uint8Array): void {
    const size = lengthOfBytes(chunk);
    if (size < 0) this.refuse("input.type", "a chunk is not a Uint8Array");
    this.#makeRoom(size);
    try {
      this.#bytes.set(chunk, this.#end);
    } catch {
      this.refuse("input.type", "a chunk is a Uint8Array without a buffer");
    }
    this.#end += size;
  }

  /**
   * Makes room for more bytes behind the pending ones, in the place of messages that were returned if that
   * is enough. Otherwise the buffer grows to twice the pending bytes, so that many small chunks of a large
   * message are not copied each time.
   */
  #makeRoom(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    const length = this.#end - this.#start;
    const pending = this.#bytes.subarray(this.#start, this.#end);
    if (length + size > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(length + size, length * 2, 1024));
    }
    this.#bytes.set(pending);
    this.#start = 0;
    this.#end = length;
  }

  /** Removes and returns the bytes of the next message; undefined until all of them have arrived. */
  take(): Uint8Array | undefined {
    let size = 0;
    for (let at = this.#start, shift = 0; at < this.#end; at++, shift += 7) {
      const byte = this.#bytes[at] ?? 0;
      size += (byte & 0x7f) * 2 ** shift;
      if (shift > 28 || size > 0x7fffffff) {
        this.refuse("binary.malformed", "the size of a message is not a varint of 31 bits");
      }
      if (byte > 0x7f) continue;
      if (size > this.maxBytes) {
        const message = `${size} bytes are more than the ${this.maxBytes} that are accepted`;
        this.refuse("input.bytes", message);
      }
      const end = at + 1 + size;
      if (end > this.#end) return undefined;
      const bytes = this.#bytes.subarray(at + 1, end);
      this.#start = end;
      return bytes;
    }
    return undefined;
  }

  refuse(rule: ContractIssue["rule"], message: string): never {
    throw new ContractError("decode", this.typeName, { path: "", rule, message });
  }
}
