/** What becomes of `bytes` fields and unknown fields when a message is decoded. */
export interface DecodeAliasing {
  /** They are views of the input, which must not change while the message lives. Default false; saves the copy. */
  readonly alias?: boolean;
  /** Each gets a buffer of its own. Default false: small ones are views of a private, append-only block. */
  readonly own?: boolean;
}

/**
 * The unchecked binary door of one message type. It enforces no rules and no budget: what may be
 * written is decided by the contract, what can be written by the codec.
 */
export interface Codec<M> {
  /** The full name of the message type. */
  readonly typeName: string;
  /** An empty message, of the shape that `decode` gives: engines are fastest with one shape only. */
  create(): M;
  /** Encodes into an exact buffer of its own. Throws ContractError `type` for what has no encoding. */
  encode(message: M): Uint8Array;
  /**
   * Encodes and returns a view of a larger, append-only buffer: cheaper than `encode` for small
   * messages. Never transfer or post the `.buffer` of the result, it holds other messages too.
   */
  encodePooled(message: M): Uint8Array;
  /**
   * Encodes into `target` from byte `offset` on and returns the end offset. Throws ContractError
   * `length` when the message does not fit; nothing half-written counts then.
   */
  encodeInto(message: M, target: Uint8Array, offset: number): number;
  /** The encoded size, in bytes. */
  size(message: M): number;
  /**
   * Decodes exactly these bytes. Throws ContractError `input.type`, `input.depth`, `format` (a string
   * that is not UTF-8), `binary.truncated` or `binary.malformed`, with the place and the byte.
   */
  decode(bytes: Uint8Array, aliasing?: DecodeAliasing): M;
}
