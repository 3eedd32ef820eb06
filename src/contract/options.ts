import {
  defaultMaxBytes,
  defaultMaxElements,
  readLimit,
  readSwitch,
  readWireOptions,
} from "../wire/limits.js";

/** Options of every method that validates. */
export interface CheckOptions {
  /**
   * Also enforces what the documents only recommend: id formats, ids that depend on each other, enum
   * numbers that have a name, and in JSON text no duplicate keys. Default false; costs a second pass over
   * the message.
   */
  readonly strict?: boolean;
}

/** The limits of one binary message. Each is a whole number of at least 1; Infinity is no limit. */
export interface BinaryLimits {
  /**
   * Maximum size in bytes. Default `maxBytes` of the contract: 4,194,304 (4 MiB), or the largest limit of a
   * channel that carries the message where that is more.
   */
  readonly maxBytes?: number;
  /**
   * Maximum number of sub-messages, texts, byte arrays, map entries and unknown fields of the whole message.
   * A map entry counts with its key; numbers do not count. Default 1,000,000. Costs nothing for messages of
   * fewer than twice as many bytes.
   */
  readonly maxElements?: number;
}

/** Options of `encode`. Its limits are those of the reader: what `decode` would refuse is not written. */
export interface EncodeOptions extends CheckOptions, BinaryLimits {
  /** Throws `budget.size` for a message larger than its budget. Default true; costs one comparison. */
  readonly budget?: boolean;
}

/** Options of `decode`. Larger inputs are refused unread, those with more elements at the first one too many. */
export interface DecodeOptions extends CheckOptions, BinaryLimits {
  /**
   * Every `bytes` field and unknown field has a buffer of its own. Default false: those of up to 4 KiB share
   * the memory of one block with others. Take it for bytes that are transferred or posted. Costs an
   * allocation for each, and about 100 bytes more memory.
   */
  readonly own?: boolean;
}

/** The limits of a JSON text. Each is a whole number of at least 1; Infinity is no limit. */
export interface TextLimits {
  /**
   * Maximum length in UTF-16 code units. Default 16,777,216 (four times the default size of a binary message),
   * or two and a half times the contract's `maxBytes` where that is more.
   */
  readonly maxLength?: number;
  /** Maximum number of objects and arrays. Default 1,000,000. Texts of less than twice as many code units are not counted. */
  readonly maxElements?: number;
}

/** Options of `toJson` and `toJsonText`. */
export interface JsonWriteOptions extends CheckOptions {
  /** Omits unknown binary fields, which JSON cannot carry, instead of refusing the message. Default false. */
  readonly dropUnknown?: boolean;
}

/** Options of `fromJsonText`. Longer texts are refused unread, those with more objects and arrays before they are parsed. */
export interface JsonTextOptions extends CheckOptions, TextLimits {}

/** The defaults of all options of a contract's methods, for contracts whose channels have no larger limit. */
export const contractDefaults: Readonly<
  Required<EncodeOptions & DecodeOptions & JsonWriteOptions & JsonTextOptions>
> = Object.freeze({
  strict: false,
  budget: true,
  maxBytes: defaultMaxBytes,
  maxElements: defaultMaxElements,
  own: false,
  dropUnknown: false,
  maxLength: defaultMaxBytes * 4,
});

/** The options of `check` and `fromJson`. Throws ContractError `config` for wrong ones. */
export function readCheckOptions(typeName: string, given: CheckOptions | undefined): CheckOptions {
  if (given === undefined) return contractDefaults;
  return readWireOptions(typeName, given, ({ strict }) => ({
    strict: readSwitch(typeName, "strict", strict),
  }));
}

/** The options of `toJson` and `toJsonText`. Throws ContractError `config` for wrong ones. */
export function readWriteOptions(
  typeName: string,
  given: JsonWriteOptions | undefined,
): JsonWriteOptions {
  if (given === undefined) return contractDefaults;
  return readWireOptions(typeName, given, ({ strict, dropUnknown }) => ({
    strict: readSwitch(typeName, "strict", strict),
    dropUnknown: readSwitch(typeName, "dropUnknown", dropUnknown),
  }));
}

/** All options of `encode` and `decode`, of which each method uses its own. */
export type BinarySettings = Required<EncodeOptions & DecodeOptions>;

/** The options of `encode` and `decode` with their defaults. Throws ContractError `config` for wrong ones. */
export function readBinaryOptions(
  typeName: string,
  given: EncodeOptions & DecodeOptions,
  standard: BinarySettings,
): BinarySettings {
  return readWireOptions(
    typeName,
    given,
    ({ strict, budget = true, own, maxBytes, maxElements }) => ({
      strict: readSwitch(typeName, "strict", strict),
      budget: readSwitch(typeName, "budget", budget),
      own: readSwitch(typeName, "own", own),
      maxBytes: readLimit(typeName, "maxBytes", maxBytes, standard.maxBytes),
      maxElements: readLimit(typeName, "maxElements", maxElements, standard.maxElements),
    }),
  );
}

/** All options of `fromJsonText`. */
export type TextSettings = Required<JsonTextOptions>;

/** The options of `fromJsonText` with their defaults. Throws ContractError `config` for wrong ones. */
export function readTextOptions(
  typeName: string,
  given: JsonTextOptions,
  standard: TextSettings,
): TextSettings {
  return readWireOptions(typeName, given, ({ strict, maxLength, maxElements }) => ({
    strict: readSwitch(typeName, "strict", strict),
    maxLength: readLimit(typeName, "maxLength", maxLength, standard.maxLength),
    maxElements: readLimit(typeName, "maxElements", maxElements, standard.maxElements),
  }));
}
