/** A vector whose outcome was changed on purpose. A string is an exact name. */
export interface Exception {
  /** The full name of the message type. */
  readonly type: string | RegExp;
  /** The name of the case, or `the type is gone`. */
  readonly case: string | RegExp;
  /** The description of the difference, as a failure shows it. If omitted, any difference is intended. */
  readonly difference?: RegExp;
  /** The line of CHANGELOG.md that describes the change. */
  readonly change: string;
}
