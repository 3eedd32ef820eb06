import { ContractError, mismatch } from "../wire/error.js";
import {
  defaultMaxBytes,
  defaultMaxElements,
  readLimit,
  readSwitch,
  readWireOptions,
} from "../wire/limits.js";
import type { UnknownKeys } from "./base/dialect.js";

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
  /**
   * The result has a buffer of its own, to be transferred or posted. Default false: a small one is a view of
   * a block of 8 KiB that others share and that cannot be transferred. Costs an allocation.
   */
  readonly own?: boolean;
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

/** Options of `fromJson`. */
export interface JsonReadOptions extends CheckOptions {
  /**
   * What to do with keys that the message does not have, at every depth: `refuse` throws `unknown_key`;
   * `report` passes over them, and the safe methods list their paths in `unknownKeys`. Default: `refuse`
   * under `strict`, otherwise what the system's dialect says. Costs nothing.
   */
  readonly unknownKeys?: UnknownKeys;
}

/** Options of `fromJsonText`. Longer texts are refused unread, those with more objects and arrays before they are parsed. */
export interface JsonTextOptions extends JsonReadOptions, TextLimits {}

/**
 * The defaults of all options of a contract's methods, for contracts whose channels have no larger limit.
 * `unknownKeys` has none: it depends on the dialect.
 */
export const contractDefaults: Readonly<
  Required<EncodeOptions & DecodeOptions & JsonWriteOptions & Omit<JsonTextOptions, "unknownKeys">>
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

/** Options of `createContract`. */
export interface ContractOptions {
  /**
   * What a message that is larger than its budget can be sent as instead of parts, e.g. `frames`. The
   * error `budget.size` names it. Default: nothing.
   */
  readonly alternative?: string;
  /** The largest limit of a channel that carries the message, where it is more than 4,194,304. */
  readonly maxBytes?: number;
}

/** The options of a contract with their defaults. Throws ContractError `config` for wrong ones. */
export function readContractOptions(
  typeName: string,
  given: ContractOptions,
): { readonly alternative: string | undefined; readonly maxBytes: number } {
  return readWireOptions(typeName, given, ({ alternative, maxBytes }) => {
    if (alternative !== undefined && typeof alternative !== "string") {
      const issue = mismatch("alternative", "config", "a string", alternative);
      throw new ContractError("configure", typeName, issue);
    }
    return {
      alternative,
      maxBytes: readLimit(typeName, "maxBytes", maxBytes, contractDefaults.maxBytes),
    };
  });
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

/** All options of the methods that read JSON. */
export interface TextSettings extends Required<CheckOptions & TextLimits> {
  /** Undefined: what the dialect says. */
  readonly unknownKeys?: UnknownKeys | undefined;
}

/** The options of `fromJson` and `fromJsonText` with their defaults. Throws ContractError `config` for wrong ones. */
export function readTextOptions(
  typeName: string,
  given: JsonTextOptions | undefined,
  standard: TextSettings,
): TextSettings {
  if (given === undefined) return standard;
  return readWireOptions(typeName, given, (options) => {
    const { maxLength, maxElements } = options;
    const strict = readSwitch(typeName, "strict", options.strict);
    const unknownKeys = readUnknownKeys(typeName, options.unknownKeys);
    return {
      strict,
      unknownKeys: unknownKeys ?? (strict ? "refuse" : undefined),
      maxLength: readLimit(typeName, "maxLength", maxLength, standard.maxLength),
      maxElements: readLimit(typeName, "maxElements", maxElements, standard.maxElements),
    };
  });
}

function readUnknownKeys(typeName: string, value: unknown): UnknownKeys | undefined {
  if (value === undefined || value === "refuse" || value === "report") return value;
  const issue = mismatch("unknownKeys", "config", "refuse or report", value);
  throw new ContractError("configure", typeName, issue);
}
