/**
 * How a system spells its messages in JSON. Everything that all messages of a system have in common
 * is said here once; what one message does differently is a converter in that message's file.
 */
export interface Dialect {
  /** Keys are the proto's field names (`tenant_id`) or its JSON names (`tenantId`, or what `json_name` says). */
  readonly keys: "proto" | "json";
  /** Also reads a field under its other spelling. Both at once are an error. */
  readonly readsBothSpellings: boolean;
  /** 64-bit integers: plain numbers within ±(2^53 - 1), or decimal strings (safe numbers are read too). */
  readonly int64: "number" | "string";
  /** `bytes` fields: UTF-8 text, or base64. */
  readonly bytes: "utf8" | "base64";
  /**
   * Timestamps: RFC 3339 with 0, 3, 6 or 9 decimals (`proto`), with 3, 6 or 9 (`millis`), or a number
   * of milliseconds since 1970 (`epoch`).
   */
  readonly time: "proto" | "millis" | "epoch";
  /** Enum values by full name (`SEED_STAGE_DORMANT`), without the enum's prefix (`GAME_STATE`), or that in lower case (`running`). */
  readonly enums: "full" | "bare" | "lower";
  /** Enum numbers are read, and written for values that have no name. */
  readonly enumNumbers: boolean;
  /** NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity"; otherwise they are refused. */
  readonly notFinite: boolean;
  /** Fields that hold their default: left out, or written. */
  readonly defaults: "omitted" | "written";
  /** A null reads as unset for every field, or only for fields that are declared nullable. */
  readonly nulls: "unset" | "declared";
  /** Keys that the message does not have: an error, or reported in the result's `unknownKeys`. */
  readonly unknownKeys: "refused" | "reported";
}
