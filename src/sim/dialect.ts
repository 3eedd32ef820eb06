import type { Dialect } from "../contract/dialect.js";
import { createLeaves, type Leaves } from "../contract/leaves.js";
import { createDefine } from "../contract/rules.js";

/**
 * The sim JSON: the proto's field names, every key of the proposal always written, times as RFC 3339
 * in UTC with at least three decimals, closed sets in lower case. Unknown keys are read over and
 * reported. Document: the sim proposal.
 */
export const dialect = {
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  bytes: "base64",
  time: "millis",
  enums: "lower",
  enumNumbers: false,
  notFinite: false,
  defaults: "written",
  nulls: "declared",
  unknownKeys: "reported",
} as const satisfies Dialect;

/** Writes the rules of a sim message. */
export const define = createDefine(dialect);

/** The leaves of sim, for what exists in JSON only. */
export const leaves: Leaves<typeof dialect> = createLeaves(dialect);
