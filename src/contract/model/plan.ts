import type { Context } from "../base/context.js";
import type { FieldRule } from "./field-rule.js";
import type { ValueWriter } from "./value-writer.js";

/** Everything that reading and writing a field needs, looked up once. */
export interface FieldPlan {
  readonly key: string;
  /** The key in the spelling that the dialect does not write. */
  readonly otherKey: string;
  /** The property of the message, or the case of its oneof. */
  readonly property: string;
  readonly fieldRule: FieldRule;
  /** The property of the oneof that the field is a member of. */
  readonly oneof: string | undefined;
  /** Whether the field is neither a member of a oneof nor read and written by the `wire` form. */
  readonly simple: boolean;
  readonly keyBytes: Uint8Array;
  readonly isDefault: (value: unknown) => boolean;
  readonly text: ValueWriter;
}

/** A property of a message that is a message, list, map or oneof. */
export interface Composite {
  readonly property: string;
  readonly copy: (value: unknown, context: Context) => unknown;
}

/** All fields of a message, in the order of writing. */
export interface Plan {
  readonly fieldRules: Readonly<Record<string, FieldRule>>;
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  readonly required: readonly FieldPlan[];
  /** The properties that are no scalars, and how each is copied. */
  readonly composites: readonly Composite[];
}
