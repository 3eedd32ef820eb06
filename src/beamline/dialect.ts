import type { Dialect } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";
import { createFieldRules, type FieldRules } from "../contract/rules/field-rules.js";

const shared = {
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  time: "millis",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  defaults: "omitted",
  nulls: "declared",
  unknownKeys: "reported",
} as const satisfies Omit<Dialect, "bytes">;

/** BeamLine's dialect in both its ways to spell bytes. */
export type BeamlineDialect = typeof shared & Pick<Dialect, "bytes">;

/**
 * BeamLine's NATS JSON: the proto's field names, plain numbers, bytes as UTF-8 text, unset fields left
 * out. Unknown keys are read over and reported. Document: the BeamLine protobuf README, "NATS JSON Payload".
 */
export const dialect: BeamlineDialect = { ...shared, bytes: "utf8" };

/** The words in which BeamLine's forms are written. */
export const fieldRules: FieldRules<BeamlineDialect> = /* @__PURE__ */ createFieldRules(dialect);

/** Writes the rules of a BeamLine message. */
export const define = /* @__PURE__ */ createDefine(dialect);

/** The same for senders that write bytes as base64, which the document allows beside UTF-8 text. */
export const defineBase64 = /* @__PURE__ */ createDefine<BeamlineDialect>({
  ...shared,
  bytes: "base64",
});
