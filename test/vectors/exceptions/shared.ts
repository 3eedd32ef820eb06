import type { Exception } from "./exception.js";

const withoutKind =
  "- A `google.protobuf.Value` without a kind is taken in binary and reads as null, in JSON too; it was refused. Other implementations send it after merely reading an entry that is missing.";

/** What all contracts share. */
export const shared: readonly Exception[] = [
  { type: "beamline.worker.v1.AssignmentJob", case: "seeded 3: + payload {}", change: withoutKind },
  { type: "jimbot.rest.v1.GraphqlError", case: "seeded 0: + path {}", change: withoutKind },
  {
    type: "jimbot.rest.v1.GraphqlRequest",
    case: "seeded 1: + variables.fields {}",
    change: withoutKind,
  },
  {
    type: "jimbot.rest.v1.GraphqlResponse",
    case: 'seeded 22: + data.fields[""] {}',
    change: withoutKind,
  },
  { type: "jimbot.rest.v1.SqlResult", case: "seeded 2: + rows.fields {}", change: withoutKind },
  {
    type: /^(?:beamline|jimbot|sim)\./,
    case: /./,
    difference: /^(?:\w+ strict(?:, )?)+: was .*, is \{"issues":.*"rule":"unknown_key"/,
    change:
      "- `strict` refuses unknown JSON keys in every dialect (`unknown_key`), unless `unknownKeys` says otherwise. Keys that an `Event` of JimBot keeps in its metadata are refused by every method under `strict`.",
  },
];
