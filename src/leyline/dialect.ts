import type { Dialect } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";

/**
 * Leyline's JSON: ProtoJSON with the proto's field names, enum values by full name, 64-bit integers as
 * strings, bytes as base64, defaults omitted. Document: none; the Leyline document has protobuf only.
 */
export const dialect = {
  keys: "proto",
  readsBothSpellings: true,
  int64: "string",
  bytes: "base64",
  time: "proto",
  enums: "full",
  enumNumbers: true,
  notFinite: true,
  defaults: "omitted",
  nulls: "unset",
  unknownKeys: "refused",
} as const satisfies Dialect;

/** Defines the rules of a Leyline message. */
export const define = /* @__PURE__ */ createDefine(dialect);
