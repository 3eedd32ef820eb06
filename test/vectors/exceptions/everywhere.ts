import type { Exception } from "./exception.js";

/** The differences that no single system has. */
export const everywhere: readonly Exception[] = [
  {
    type: /^(?:beamline|jimbot|sim)\./,
    case: /./,
    difference: /^(?:\w+ strict(?:, )?)+: was .*, is \{"issues":.*"rule":"unknown_key"/,
    change:
      "- `strict` refuses unknown JSON keys in every dialect (`unknown_key`), unless `unknownKeys` says otherwise. Keys that an `Event` of JimBot keeps in its metadata are refused by every method under `strict`.",
  },
];
