import { defaultMaxElements, readLimit, readSwitch, readWireOptions } from "./limits.js";

/** Options of a codec's `decode`. */
export interface CodecDecodeOptions {
  /**
   * `bytes` fields and unknown fields are views of the input, which must not change while the message is in
   * use. Default false; true saves a copy.
   */
  readonly alias?: boolean;
  /**
   * Each of them has a buffer of its own, to be transferred or posted. Default false: values of up to 4 KiB
   * are views of an internal, append-only buffer, which cannot be transferred; where buffers cannot be
   * protected like that, as in browsers, each has its own. True costs an allocation for each, and about 100
   * bytes more memory.
   */
  readonly own?: boolean;
  /**
   * Maximum number of sub-messages, texts, byte arrays, map entries and unknown fields of the whole message;
   * one more is refused. A map entry counts with its key. Default 1,000,000; Infinity is no limit. Costs
   * nothing for an input of fewer than twice as many bytes.
   */
  readonly maxElements?: number;
}

/** The defaults of {@link CodecDecodeOptions}. */
export const codecDefaults: Readonly<Required<CodecDecodeOptions>> = Object.freeze({
  alias: false,
  own: false,
  maxElements: defaultMaxElements,
});

/** The options of a caller with their defaults. Throws ContractError `config` for wrong ones. */
export function readCodecOptions(
  typeName: string,
  given: CodecDecodeOptions | undefined,
): Required<CodecDecodeOptions> {
  if (given === undefined) return codecDefaults;
  return readWireOptions(typeName, given, ({ alias, own, maxElements }) => ({
    alias: readSwitch(typeName, "alias", alias),
    own: readSwitch(typeName, "own", own),
    maxElements: readLimit(typeName, "maxElements", maxElements, defaultMaxElements),
  }));
}

/** Options of a codec's `encode`. */
export interface CodecEncodeOptions {
  /**
   * The result has a buffer of its own, to be transferred or posted. Default false: a result of up to about
   * 4 KiB is a view of an internal, append-only block of 8 KiB, which cannot be transferred; where buffers
   * cannot be protected like that, as in browsers, each has its own. True costs an allocation, which takes
   * as long as encoding a small message.
   */
  readonly own?: boolean;
}

/** The defaults of {@link CodecEncodeOptions}. */
export const codecEncodeDefaults: Readonly<Required<CodecEncodeOptions>> = Object.freeze({
  own: false,
});

/** The options of a caller with their defaults. Throws ContractError `config` for wrong ones. */
export function readEncodeOptions(
  typeName: string,
  given: CodecEncodeOptions,
): Required<CodecEncodeOptions> {
  return readWireOptions(typeName, given, ({ own }) => ({
    own: readSwitch(typeName, "own", own),
  }));
}

/**
 * The binary codec of one message type. It checks neither rules nor the size budget, only that a value
 * can be encoded at all. The methods of the contract check both.
 */
export interface Codec<M> {
  /** The full name of the message type. */
  readonly typeName: string;
  /** Creates an empty message. Its properties have the same order as those of `decode`: engines are fastest with one object shape. */
  create(): M;
  /**
   * Encodes a message. The result never changes; its `.buffer` may contain other messages too, so post or
   * transfer what was encoded with `own: true`. Throws ContractError `type`, `range`, `format` (a string
   * with a lone surrogate), `float.not_finite` (in a Struct), `input.depth`, `input.unreadable`, `length`
   * for more than 2 GiB, or `config` for wrong options. All encoding methods throw these.
   */
  encode(message: M, options?: CodecEncodeOptions): Uint8Array;
  /**
   * Encodes into `target` at byte `offset` and returns the end offset. Throws ContractError `length` if
   * the message does not fit, or `input.type` if `target` is not a Uint8Array. After an error the bytes
   * from `offset` on are undefined.
   */
  encodeInto(message: M, target: Uint8Array, offset: number): number;
  /** The encoded size, in bytes. */
  size(message: M): number;
  /**
   * Decodes one message from all of the bytes. Throws ContractError `input.type`, `input.elements`,
   * `input.depth`, `format` (a string that is not UTF-8), `binary.truncated`, `binary.malformed`, or `config`
   * for wrong options; the issue has the path and, for malformed input, the byte offset. The number of bytes
   * is not limited: the caller has them already.
   */
  decode(bytes: Uint8Array, options?: CodecDecodeOptions): M;
}
