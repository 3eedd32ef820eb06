import { type Dialect, dialectDefaults } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";

/**
 * The Pitboss JSON: the JSON names of the proto, which mix spellings (`session_id`, but `nextAgent`). Every
 * key is always written, enums are lower case, unknown keys are refused. Document: the Pitboss quick
 * start, "Envelope Fields Explained".
 */
const dialect = {
  ...dialectDefaults,
  readsBothSpellings: false,
  int64: "number",
  time: "epoch",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  defaults: "written",
  nulls: "declared",
} as const satisfies Dialect;

/** Defines the rules of a Pitboss message. */
export const define = /* @__PURE__ */ createDefine(dialect, {
  sessionId: "session_id",
  requestId: "request_id",
} as const);
