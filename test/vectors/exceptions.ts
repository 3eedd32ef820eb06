/** A vector that no longer holds, on purpose. A name is exact, or a pattern. */
export interface Exception {
  /** The full name of the message type. */
  readonly type: string | RegExp;
  /** The name of the case, or `the type is gone`. */
  readonly case: string | RegExp;
  /** The line of CHANGELOG.md that tells users of the change. */
  readonly change: string;
}

/** Every difference between today and the recorded release. */
export const exceptions: readonly Exception[] = [];
