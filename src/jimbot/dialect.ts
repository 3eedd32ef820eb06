import { type Dialect, dialectDefaults } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";

/**
 * The JSON of JimBot's event bus: the proto's field names, plain numbers, times in milliseconds since
 * 1970, enum values by their bare names. Fields are written even if they have their default value; null
 * is read as unset. Unknown keys are ignored and reported. Document: the JimBot specification,
 * "Current BalatroMCP JSON Format".
 */
export const dialect = {
  ...dialectDefaults,
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  time: "epoch",
  enums: "bare",
  enumNumbers: false,
  notFinite: false,
  defaults: "written",
  unknownKeys: "report",
} as const satisfies Dialect;

/** Defines the rules of a JimBot message. */
export const define = /* @__PURE__ */ createDefine(dialect);
