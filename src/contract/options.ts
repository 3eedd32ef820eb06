import { reportLimit } from "./base/limits.js";
import { readOptions, reportKind } from "./base/settings.js";
import { unsafeCast } from "./base/unsafe-cast.js";

/** Options of every method that validates. */
export interface CheckOptions {
  /**
   * Also enforces what the documents only recommend: id formats, ids that depend on each other, enum
   * numbers that have a name, and in JSON text no duplicate keys. Default false; costs a second pass over
   * the message.
   */
  readonly strict?: boolean;
}

/** Options of `encode`. */
export interface EncodeOptions extends CheckOptions {
  /** Throws `budget.size` for a message larger than its budget. Default true; costs one comparison. */
  readonly budget?: boolean;
}

/** Options of `decode`. */
export interface DecodeOptions extends CheckOptions {
  /** Maximum input size in bytes; larger inputs are refused unread. Default 67,108,864 (64 MiB). */
  readonly maxBytes?: number;
}

/** Options of `toJson` and `toJsonText`. */
export interface JsonWriteOptions extends CheckOptions {
  /** Omits unknown binary fields, which JSON cannot carry, instead of refusing the message. Default false. */
  readonly dropUnknown?: boolean;
}

/** Options of `fromJsonText`. */
export interface JsonTextOptions extends CheckOptions {
  /** Maximum text length in UTF-16 code units; longer texts are refused unread. Default 67,108,864. */
  readonly maxLength?: number;
}

/** The defaults of all options of a contract's methods. */
export const contractDefaults: Readonly<
  Required<EncodeOptions & DecodeOptions & JsonWriteOptions & JsonTextOptions>
> = Object.freeze({
  strict: false,
  budget: true,
  maxBytes: 64 * 1024 * 1024,
  dropUnknown: false,
  maxLength: 64 * 1024 * 1024,
});

const flags = ["strict", "budget", "dropUnknown"] as const;
const limits = ["maxBytes", "maxLength"] as const;

/**
 * The options of one call, read once. Throws ContractError `config` for options that are no plain object, a
 * flag that is not true or false, and a limit that is no integer of at least 1 or Infinity.
 */
export function methodOptions<O extends object>(typeName: string, options: O | undefined): O {
  if (options === undefined || options === contractDefaults) return unsafeCast<O>(contractDefaults);
  return readOptions(typeName, options, (own, context) => {
    for (const flag of flags) reportKind(context, flag, Reflect.get(own, flag), "boolean");
    for (const limit of limits) reportLimit(context, limit, Reflect.get(own, limit));
  });
}
