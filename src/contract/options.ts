import type { UnknownKeys } from "./base/dialect.js";
import { readOptions } from "./base/settings.js";

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

/** Options of `fromJson`. */
export interface JsonReadOptions extends CheckOptions {
  /**
   * What to do with keys that the message does not have, at every depth: `refuse` throws `unknown_key`;
   * `report` passes over them, and the safe methods list their paths in `unknownKeys`. Default: `refuse`
   * under `strict`, otherwise what the system's dialect says. Costs nothing.
   */
  readonly unknownKeys?: UnknownKeys;
}

/** Options of `fromJsonText`. */
export interface JsonTextOptions extends JsonReadOptions {
  /** Maximum text length in UTF-16 code units; longer texts are refused unread. Default 67,108,864. */
  readonly maxLength?: number;
}

/** The defaults of all options of a contract's methods. `unknownKeys` has none: it depends on the dialect. */
export const contractDefaults: Readonly<
  Required<EncodeOptions & DecodeOptions & JsonWriteOptions & Omit<JsonTextOptions, "unknownKeys">>
> = Object.freeze({
  strict: false,
  budget: true,
  maxBytes: 64 * 1024 * 1024,
  dropUnknown: false,
  maxLength: 64 * 1024 * 1024,
});

/** The options of a method that reads JSON, with the defaults of those that are missing. */
export interface JsonReadSettings {
  readonly strict: boolean;
  readonly maxLength: number;
  /** What to do with unknown keys; undefined is what the dialect says. */
  readonly unknownKeys: UnknownKeys | undefined;
}

const jsonReadDefaults: JsonReadSettings = Object.freeze({
  strict: contractDefaults.strict,
  maxLength: contractDefaults.maxLength,
  unknownKeys: undefined,
});

/** Throws ContractError `config` with every wrong option. */
export function readJsonOptions(typeName: string, options?: JsonTextOptions): JsonReadSettings {
  if (options === undefined) return jsonReadDefaults;
  const own = readOptions(typeName, options, (given, context) => {
    const { strict = false, unknownKeys, maxLength = 0 } = given;
    if (typeof strict !== "boolean") context.mismatch("config", "a boolean", strict, "strict");
    if (unknownKeys !== undefined && unknownKeys !== "refuse" && unknownKeys !== "report") {
      context.mismatch("config", "refuse or report", unknownKeys, "unknownKeys");
    }
    if (!Number.isSafeInteger(maxLength) || maxLength < 0) {
      context.mismatch("config", "an integer of at least 0", maxLength, "maxLength");
    }
  });
  const { strict = contractDefaults.strict, maxLength = contractDefaults.maxLength } = own;
  return { strict, maxLength, unknownKeys: own.unknownKeys ?? (strict ? "refuse" : undefined) };
}
