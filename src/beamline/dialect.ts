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

/** BeamLine's dialect, with bytes as UTF-8 text or as base64. */
export type BeamlineDialect = typeof shared & Pick<Dialect, "bytes">;

/**
 * BeamLine's NATS JSON: the proto's field names, plain numbers, bytes as UTF-8 text, unset fields
 * omitted. Unknown keys are ignored and reported. Document: the BeamLine protobuf README, "NATS JSON
 * Payload".
 */
export const dialect: BeamlineDialect = { ...shared, bytes: "utf8" };

/** The field rules of BeamLine's JSON-only messages. */
export const fieldRules: FieldRules<BeamlineDialect> = /* @__PURE__ */ createFieldRules(dialect);

/** Defines the rules of a BeamLine message. */
export const define = /* @__PURE__ */ createDefine(dialect);

/** The same for peers that write bytes as base64, which the document allows too. */
export const defineBase64 = /* @__PURE__ */ createDefine<BeamlineDialect>({
  ...shared,
  bytes: "base64",
});
