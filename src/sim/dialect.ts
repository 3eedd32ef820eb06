import { type Dialect, dialectDefaults } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";
import { createFieldRules, type FieldRules } from "../contract/rules/field-rules.js";

/**
 * The sim JSON: the proto's field names, every key of the proposal is always written, times as RFC 3339
 * in UTC with at least three decimals, closed sets in lower case. Unknown keys are ignored and
 * reported. Document: the sim proposal.
 */
export const dialect = {
  ...dialectDefaults,
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  time: "millis",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  defaults: "written",
  nulls: "declared",
  unknownKeys: "report",
} as const satisfies Dialect;

/** Defines the rules of a sim message. */
export const define = /* @__PURE__ */ createDefine(dialect);

/** The field rules of sim, for objects that exist only in JSON. */
export const fieldRules: FieldRules<typeof dialect> = /* @__PURE__ */ createFieldRules(dialect);
