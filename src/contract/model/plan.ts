import type { FieldRule } from "./field-rule.js";
import type { ValueWriter } from "./value-writer.js";

/** One field with all that reading and writing need, looked up once. */
export interface FieldPlan {
  readonly key: string;
  readonly otherKey: string;
  readonly property: string;
  readonly fieldRule: FieldRule;
  /** The oneof that has the field, by property name. */
  readonly oneof: string | undefined;
  /** Neither a member of a oneof nor read and written by hand. */
  readonly simple: boolean;
  readonly keyBytes: Uint8Array;
  readonly isDefault: (value: unknown) => boolean;
  readonly text: ValueWriter;
}

/** All fields of a message, in the order in which they are written. */
export interface Plan {
  readonly fieldRules: Readonly<Record<string, FieldRule>>;
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  readonly required: readonly FieldPlan[];
}
