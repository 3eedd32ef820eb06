import type { Codec } from "./codec.js";
import { ContractError, type ContractIssue } from "./error.js";
import { writeVarint } from "./varint.js";

/** Options of {@link readDelimited}. */
export interface DelimitedOptions {
  /** Maximum size of one message, in bytes. A larger one is rejected before it is buffered. Default 67,108,864 (64 MiB). */
  readonly maxBytes?: number;
}

/** The defaults of {@link DelimitedOptions}. */
export const delimitedDefaults: Readonly<Required<DelimitedOptions>> = Object.freeze({
  maxBytes: 64 * 1024 * 1024,
});

/**
 * Encodes a message with its size before it, as a varint: the usual format for several protobuf messages
 * in one stream or file. Throws what the codec's `encode` throws.
 */
export function writeDelimited<M>(codec: Codec<M>, message: M): Uint8Array {
  const encoded = codec.encode(message);
  const bytes = new Uint8Array(5 + encoded.length);
  const start = writeVarint(encoded.length, bytes, 0);
  bytes.set(encoded, start);
  return bytes.subarray(0, start + encoded.length);
}

/**
 * Reads messages written by {@link writeDelimited} from chunks of any length. Throws ContractError
 * `input.bytes` for a message that is too large, `binary.truncated` if the chunks end inside a message,
 * `binary.malformed` for an invalid size, `input.type` for a chunk that is not a Uint8Array, and what
 * `decode` throws.
 */
export async function* readDelimited<M>(
  codec: Codec<M>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxBytes = delimitedDefaults.maxBytes }: DelimitedOptions = delimitedDefaults,
): AsyncGenerator<M, void, undefined> {
  const pending = new Pending(codec.typeName, maxBytes);
  for await (const chunk of chunks) {
    pending.add(chunk);
    for (let bytes = pending.take(); bytes !== undefined; bytes = pending.take()) {
      yield codec.decode(bytes);
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

  /** Appends a chunk. The buffer doubles, so that many small chunks of a large message are not copied each time. */
  add(chunk: Uint8Array): void {
    if (!(chunk instanceof Uint8Array)) this.refuse("input.type", "a chunk is not a Uint8Array");
    const length = this.#end - this.#start;
    if (this.#end + chunk.length > this.#bytes.length) {
      const room = Math.max(length + chunk.length, this.#bytes.length * 2, 1024);
      const bytes = new Uint8Array(room);
      bytes.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = bytes;
      this.#start = 0;
      this.#end = length;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
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
