/**
 * How a system writes its messages as JSON. What all messages of a system have in common is an option here;
 * what a single message does differently is a converter in that message's file. Every option has its
 * default in {@link dialectDefaults}: what ProtoJSON does.
 */
export interface Dialect {
  /** Names of keys: the proto's field names (`tenant_id`) or its JSON names (`tenantId`, or the `json_name`). Default `json`. */
  readonly keys: "proto" | "json";
  /** Whether a field is also read under its other name; both at once are an error. Default true. */
  readonly readsBothSpellings: boolean;
  /** 64-bit integers: numbers within ±(2^53 - 1), or decimal strings (such numbers are read too). Default `string`. */
  readonly int64: "number" | "string";
  /** `bytes` fields: UTF-8 text, or base64. Default `base64`. */
  readonly bytes: "utf8" | "base64";
  /**
   * Timestamps: RFC 3339 with 0, 3, 6 or 9 decimals (`proto`), with 3, 6 or 9 (`millis`), or a number of
   * milliseconds since 1970 (`epoch`). Default `proto`.
   */
  readonly time: "proto" | "millis" | "epoch";
  /**
   * Enum values: the full name (`SEED_STAGE_DORMANT`), without the enum's prefix (`GAME_STATE`), or that in
   * lower case (`running`). Default `full`.
   */
  readonly enums: "full" | "bare" | "lower";
  /** Whether enum numbers are read, and written for values without a name. Default true. */
  readonly enumNumbers: boolean;
  /** Whether NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity"; otherwise they are refused. Default true. */
  readonly notFinite: boolean;
  /** Whether the keys of fields that have their default value are omitted or written. Default `omitted`. */
  readonly defaults: "omitted" | "written";
  /** Whether null reads as unset for every field, or only for fields declared nullable. Default `unset`. */
  readonly nulls: "unset" | "declared";
  /** What readers do with keys that the message does not have, unless their option says otherwise. Default `refuse`. */
  readonly unknownKeys: UnknownKeys;
}

/**
 * What reading JSON does with keys that the message does not have: `refuse` throws `unknown_key`; `report`
 * passes over them, and the safe methods list their paths in `unknownKeys`.
 */
export type UnknownKeys = "refuse" | "report";

/** The default of every option of a {@link Dialect}: ProtoJSON. A system's dialect states what differs. */
export const dialectDefaults = Object.freeze({
  keys: "json",
  readsBothSpellings: true,
  int64: "string",
  bytes: "base64",
  time: "proto",
  enums: "full",
  enumNumbers: true,
  notFinite: true,
  defaults: "omitted",
  nulls: "unset",
  unknownKeys: "refuse",
} as const satisfies Dialect);
