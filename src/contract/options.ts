/** Options of every door that enforces the rules. */
export interface CheckOptions {
  /**
   * Enforces the documents' recommendations too: id formats, ids that depend on each other, names for
   * all enum numbers, and in JSON text no key twice. Default false; costs a second pass over the message.
   */
  readonly strict?: boolean;
}

/** Options of `encode`. */
export interface EncodeOptions extends CheckOptions {
  /** Enforces the message's size budget. Default true; costs one comparison. */
  readonly budget?: boolean;
}

/** Options of `decode`. */
export interface DecodeOptions extends CheckOptions {
  /** Refuses longer inputs unread. Default 67,108,864 (64 MiB); costs one comparison. */
  readonly maxBytes?: number;
}

/** Options of `toJson` and `toJsonText`. */
export interface JsonWriteOptions extends CheckOptions {
  /** Leaves out binary fields that the contract does not know, instead of refusing. Default false. */
  readonly dropUnknown?: boolean;
}

/** Options of `fromJsonText`. */
export interface JsonTextOptions extends CheckOptions {
  /** Refuses longer texts unread, counted in UTF-16 units. Default 67,108,864; costs one comparison. */
  readonly maxLength?: number;
}

/** The defaults of all options of a contract's doors. */
export const defaults: Readonly<
  Required<EncodeOptions & DecodeOptions & JsonWriteOptions & JsonTextOptions>
> = Object.freeze({
  strict: false,
  budget: true,
  maxBytes: 64 * 1024 * 1024,
  dropUnknown: false,
  maxLength: 64 * 1024 * 1024,
});
