/** Which memory the `bytes` fields and unknown fields of a decoded message use. */
export interface DecodeAliasing {
  /** They are views of the input, which must not change while the message is in use. Default false; true saves a copy. */
  readonly alias?: boolean;
  /** Each has a buffer of its own. Default false: values of up to 4 KiB are views of an internal, append-only buffer. */
  readonly own?: boolean;
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
   * Encodes into a new buffer of the exact size. Throws ContractError `type`, `range`, `format` (a string
   * with a lone surrogate), `float.not_finite` (in a Struct), `input.depth`, `input.unreadable`, or
   * `length` for more than 2 GiB. All encoding methods throw these.
   */
  encode(message: M): Uint8Array;
  /**
   * Encodes and returns a view of a larger, append-only buffer: cheaper than `encode` for small
   * messages. Never transfer or post the `.buffer` of the result: it contains other messages too.
   */
  encodePooled(message: M): Uint8Array;
  /**
   * Encodes into `target` at byte `offset` and returns the end offset. Throws ContractError `length` if
   * the message does not fit, or `input.type` if `target` is not a Uint8Array. After an error the bytes
   * from `offset` on are undefined.
   */
  encodeInto(message: M, target: Uint8Array, offset: number): number;
  /** The encoded size, in bytes. */
  size(message: M): number;
  /**
   * Decodes one message from all of the bytes. Throws ContractError `input.type`, `input.depth`, `format`
   * (a string that is not UTF-8), `binary.truncated` or `binary.malformed`; the issue has the path and,
   * for malformed input, the byte offset.
   */
  decode(bytes: Uint8Array, aliasing?: DecodeAliasing): M;
}
