import type { Dialect } from "../contract/dialect.js";
import { createDefine } from "../contract/rules.js";

/**
 * BeamLine's NATS JSON: the proto's field names, plain numbers, bytes as UTF-8 text, unset fields left
 * out. Unknown keys are read over and reported. Document: the BeamLine protobuf README, "NATS JSON Payload".
 */
export const dialect = {
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  bytes: "utf8",
  time: "millis",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  defaults: "omitted",
  nulls: "declared",
  unknownKeys: "reported",
} as const satisfies Dialect;

/** Writes the rules of a BeamLine message. */
export const define = createDefine(dialect);
