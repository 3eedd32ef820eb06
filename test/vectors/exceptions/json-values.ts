import type { Exception } from "./exception.js";

const change =
  "- A `google.protobuf.Value` without a kind is taken in binary and reads as null, in JSON too; it was refused. Other implementations send it after merely reading an entry that is missing.";

/** Values of google.protobuf.Value, also in a Struct, that have no kind. */
export const jsonValues: readonly Exception[] = [
  { type: "beamline.worker.v1.AssignmentJob", case: "seeded 3: + payload {}", change },
  { type: "jimbot.rest.v1.GraphqlError", case: "seeded 0: + path {}", change },
  { type: "jimbot.rest.v1.GraphqlRequest", case: "seeded 1: + variables.fields {}", change },
  { type: "jimbot.rest.v1.GraphqlResponse", case: 'seeded 22: + data.fields[""] {}', change },
  { type: "jimbot.rest.v1.SqlResult", case: "seeded 2: + rows.fields {}", change },
];
