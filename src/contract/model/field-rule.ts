import type { DescEnum, DescMessage, ScalarType } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { Context, Step } from "../base/context.js";
import type { JsonSchema, SchemaContext } from "./json-schema-keywords.js";
import type { ValueWriter } from "./value-writer.js";

/** The protobuf type that a field rule is for; checked against the descriptor when a contract's rules are built. */
export type FieldKind =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly enum: DescEnum }
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "list"; readonly item: FieldKind }
  | { readonly kind: "map"; readonly item: FieldKind }
  | { readonly kind: "oneof"; readonly members: Readonly<Record<string, FieldRule>> };

/** What one kind of value does in each method: its rule, how it is read and how it is written. */
export interface FieldRuleParts {
  readonly kind: FieldKind;
  /** Makes the zod rule of the value in a message. Called once, at the contract's first use. */
  readonly rule: () => z.ZodMiniType;
  /** Converts wire JSON to the message's value; reports what cannot be converted to `context`. */
  readonly read: (json: unknown, context: Context) => unknown;
  /** Converts a checked value of a message to wire JSON; reports what JSON cannot express to `context`. */
  readonly write: (value: unknown, context: Context) => unknown;
  /**
   * Writes the text of what `write` returns, without making the value. Issues reported here need no path.
   * If omitted, the text is `JSON.stringify` of what `write` returns.
   */
  readonly text?: ValueWriter;
  /** The JSON Schema of what `read` and `rule` accept, as far as it can be expressed. */
  readonly wireSchema: (context: SchemaContext) => JsonSchema;
  /** Whether a value is the one that a field has when it is not set. */
  readonly isDefault: (value: unknown) => boolean;
  /** The JSON for an unset field whose key is always written. If omitted, the key is omitted. */
  readonly empty?: () => unknown;
  /** Reports what only `strict` refuses in a checked value. If omitted, nothing. */
  readonly strict?: (value: unknown, context: Context) => void;
  /** Copies a value that is checked and then written. If omitted, the way of its kind. */
  readonly copy?: (value: unknown, context: Context) => unknown;
  /** Converts the path of a zod issue inside the value to steps of the wire JSON. If omitted, they are the same. */
  readonly steps?: (steps: readonly Step[]) => readonly Step[];
}

/** When the JSON has a field's key. */
export interface Presence {
  /** Reading: a missing key is an error. */
  readonly required: boolean;
  /** Writing: the key is written even if the field has its default value. */
  readonly written: boolean;
  /** Null reads as unset; when the key is always written, unset is written as null. */
  readonly nullable: boolean;
  /** The key is read and written by the `wire` form of its message, not by this field rule. */
  readonly custom: boolean;
}

/** The presence of a field that declares none. */
export const plainPresence: Presence = Object.freeze({
  required: false,
  written: false,
  nullable: false,
  custom: false,
});

declare const types: unique symbol;

/**
 * The rule of one field: its type in a message (`M`) and in wire JSON (`W`). `Unset` is true if the
 * property may be undefined in the message, `Written` if the JSON always has the key.
 */
export interface FieldRule<
  out M = unknown,
  out W = unknown,
  out Unset extends boolean = boolean,
  out Written extends boolean = boolean,
> {
  readonly parts: FieldRuleParts;
  readonly presence: Presence;
  /** A missing key is an error, and the key is always written. A message field must be set. */
  required(): FieldRule<M, W, false, true>;
  /** The key is always written. A missing key reads as the default. */
  always(): FieldRule<M, W, Unset, true>;
  /** The key is omitted if the field has its default value. */
  omitted(): FieldRule<M, W, Unset, false>;
  /** An unset field (for an enum: zero) is written as null, and null reads as unset. `.nullable().omitted()` only reads null. */
  nullable(): FieldRule<M, W | null, Unset, true>;
  /** The `wire` form of the message reads and writes this key. */
  custom(): FieldRule<M, W, Unset, Written>;
  /** Only for the compiler. */
  readonly [types]?: { message: M; wire: W; unset: Unset; written: Written };
}

/** The type of a field rule's value in a message. */
export type MessageOf<R> = R extends FieldRule<infer M, unknown> ? M : never;
/** The type of a field rule's value in wire JSON. */
export type WireOf<R> = R extends FieldRule<unknown, infer W> ? W : never;

/** Makes a field rule from its parts and its presence. */
export function fieldRule<M, W, Unset extends boolean, Written extends boolean>(
  parts: FieldRuleParts,
  presence: Presence,
): FieldRule<M, W, Unset, Written> {
  return {
    parts,
    presence,
    required: () => fieldRule(parts, { ...presence, required: true, written: true }),
    always: () => fieldRule(parts, { ...presence, written: true }),
    omitted: () => fieldRule(parts, { ...presence, written: false }),
    nullable: () => fieldRule(parts, { ...presence, written: true, nullable: true }),
    custom: () => fieldRule(parts, { ...presence, custom: true }),
  };
}
