import type { DescEnum, DescMessage, ScalarType } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { Context, Step } from "../base/context.js";
import type { JsonSchema, SchemaContext } from "./json-schema-keywords.js";
import type { ValueWriter } from "./value-writer.js";

/** What a leaf claims to be; held against the field's descriptor when a contract's rules are built. */
export type FieldKind =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly enum: DescEnum }
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "list"; readonly item: FieldKind }
  | { readonly kind: "map"; readonly item: FieldKind }
  | { readonly kind: "oneof"; readonly members: Readonly<Record<string, FieldRule>> };

/** What one kind of value does at the doors: rule, reading and writing. */
export interface FieldRuleParts {
  readonly kind: FieldKind;
  /** The zod rule of the value as it stands in a message. Called once, at the contract's first use. */
  readonly rule: () => z.ZodMiniType;
  /** Turns wire JSON into the message's value; reports to the walk what cannot be turned. */
  readonly read: (json: unknown, context: Context) => unknown;
  /** Turns a checked value of a message into wire JSON; reports what the JSON has no word for. */
  readonly write: (value: unknown, context: Context) => unknown;
  /** Writes the text of what {@link write} gives, without the value between. Faults need no place. */
  readonly text?: ValueWriter;
  /** What {@link read} and {@link rule} take, as far as JSON Schema can say it. */
  readonly wireSchema: (context: SchemaContext) => JsonSchema;
  /** True for the value that a field has when nobody sets it. */
  readonly isDefault: (value: unknown) => boolean;
  /** The value that stands for an unset one where the key is always written; without it the key is left out. */
  readonly empty?: () => unknown;
  /** Reports what only `strict` refuses in a checked value. Without it nothing is. */
  readonly strict?: (value: unknown, context: Context) => void;
  /** Turns steps of a zod issue inside this value into steps of the wire JSON. */
  readonly steps?: (steps: readonly Step[]) => readonly Step[];
}

/** When a field's key stands in the JSON. */
export interface Presence {
  /** Reading: the key must be there. */
  readonly required: boolean;
  /** Writing: the key is there even when the field holds its default. */
  readonly written: boolean;
  /** Null reads as unset; when the key is always written, unset is written as null. */
  readonly nullable: boolean;
  /** The key is read and written by the wire form of its message, not by this leaf. */
  readonly custom: boolean;
}

/** A field that says nothing of its key. */
export const plainPresence: Presence = Object.freeze({
  required: false,
  written: false,
  nullable: false,
  custom: false,
});

declare const types: unique symbol;

/**
 * The rule of one field: what it may hold in a message (`M`) and what stands for it in wire JSON (`W`).
 * `Unset` is true while the message may leave the property undefined, `Written` when the key always
 * stands in the JSON.
 */
export interface FieldRule<
  out M = unknown,
  out W = unknown,
  out Unset extends boolean = boolean,
  out Written extends boolean = boolean,
> {
  readonly parts: FieldRuleParts;
  readonly presence: Presence;
  /** The key must be there on reading and is always written; a message field must be set. */
  required(): FieldRule<M, W, false, true>;
  /** The key is always written; on reading a missing key is the default. */
  always(): FieldRule<M, W, Unset, true>;
  /** The key is written only when the field does not hold its default. */
  omitted(): FieldRule<M, W, Unset, false>;
  /** Unset (for an enum: its zero) is written as null, and null reads as unset. `.nullable().omitted()` only reads it. */
  nullable(): FieldRule<M, W | null, Unset, true>;
  /** The wire form of the message reads and writes this key itself. */
  custom(): FieldRule<M, W, Unset, Written>;
  /** Only for the compiler. */
  readonly [types]?: { message: M; wire: W; unset: Unset; written: Written };
}

/** The type of a leaf's value in a message. */
export type MessageOf<L> = L extends FieldRule<infer M, unknown> ? M : never;
/** The type of a leaf's value in wire JSON. */
export type WireOf<L> = L extends FieldRule<unknown, infer W> ? W : never;

/** Makes a leaf of its parts and its presence. */
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
