import { type Dialect, dialectDefaults } from "../contract/base/dialect.js";
import { createDefine } from "../contract/rules/define.js";
import { createFieldRules, type FieldRules } from "../contract/rules/field-rules.js";

const base64Dialect = {
  ...dialectDefaults,
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  time: "millis",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  nulls: "declared",
  unknownKeys: "report",
} as const satisfies Dialect;

/** BeamLine's dialect, with bytes as UTF-8 text or as base64, for requests and for replies. */
export type BeamlineDialect = Omit<typeof base64Dialect, "bytes" | "nulls"> &
  Pick<Dialect, "bytes" | "nulls">;

/**
 * BeamLine's NATS JSON: the proto's field names, plain numbers, bytes as UTF-8 text, unset fields omitted.
 * Unknown keys are ignored and reported. Document: the BeamLine protobuf README, "NATS JSON Payload".
 */
export const dialect: BeamlineDialect = { ...base64Dialect, bytes: "utf8" };

/** The field rules of BeamLine, for messages that exist in JSON only. */
export const fieldRules: FieldRules<BeamlineDialect> = /* @__PURE__ */ createFieldRules(dialect);

/** Defines the rules of a BeamLine message. */
export const define = /* @__PURE__ */ createDefine(dialect);

/** The same for replies: null is read as an absent key, because the Router and the gateway write it so. */
export const defineReply = /* @__PURE__ */ createDefine<BeamlineDialect>({
  ...dialect,
  nulls: "unset",
});

/** The same for senders that write bytes as base64, which the document allows besides UTF-8 text. */
export const defineBase64 = /* @__PURE__ */ createDefine<BeamlineDialect>(base64Dialect);

/** Replies of such senders. */
export const defineBase64Reply = /* @__PURE__ */ createDefine<BeamlineDialect>({
  ...base64Dialect,
  nulls: "unset",
});
