/** A vector whose outcome was changed on purpose. A string is an exact name. */
export interface Exception {
  /** The full name of the message type. */
  readonly type: string | RegExp;
  /** The name of the case, or `the type is gone`. */
  readonly case: string | RegExp;
  /** The line of CHANGELOG.md that describes the change. */
  readonly change: string;
}

const withoutKind =
  "- A `google.protobuf.Value` without a kind is taken in binary and reads as null, in JSON too; it was refused. Other implementations send it after merely reading an entry that is missing.";

/** All intended differences from the recorded release. */
export const exceptions: readonly Exception[] = [
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
];
