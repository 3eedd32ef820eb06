import { type Dialect, dialectDefaults } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";

/**
 * Leyline's JSON: ProtoJSON with the proto's field names, enum values by full name, 64-bit integers as
 * strings, bytes as base64, defaults omitted. Document: none; the Leyline document has protobuf only.
 */
export const dialect = {
  ...dialectDefaults,
  keys: "proto",
} as const satisfies Dialect;

/** Defines the rules of a Leyline message. */
export const define = /* @__PURE__ */ createDefine(dialect);
