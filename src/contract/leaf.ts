import type { DescEnum, DescMessage, ScalarType } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { JsonSchema, SchemaContext } from "./json-schema-words.js";
import type { ValueWriter } from "./json-writer.js";
import type { Step, Walk } from "./walk.js";

/** What a leaf claims to be; held against the field's descriptor when a contract's rules are built. */
export type LeafKind =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly enum: DescEnum }
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "list"; readonly item: LeafKind }
  | { readonly kind: "map"; readonly item: LeafKind }
  | { readonly kind: "oneof"; readonly members: Readonly<Record<string, Leaf>> };

/** What one kind of value does at the doors: rule, reading and writing. */
export interface LeafParts {
  readonly kind: LeafKind;
  /** The zod rule of the value as it stands in a message. Called once, at the contract's first use. */
  readonly rule: () => z.ZodMiniType;
  /** Turns wire JSON into the message's value; reports to the walk what cannot be turned. */
  readonly read: (json: unknown, walk: Walk) => unknown;
  /** Turns a checked value of a message into wire JSON; reports what the JSON has no word for. */
  readonly write: (value: unknown, walk: Walk) => unknown;
  /** Writes the text of what {@link write} gives, without the value between. Faults need no place. */
  readonly text?: ValueWriter;
  /** What {@link read} and {@link rule} take, as far as JSON Schema can say it. */
  readonly wireSchema: (context: SchemaContext) => JsonSchema;
  /** True for the value that a field has when nobody sets it. */
  readonly isDefault: (value: unknown) => boolean;
  /** The value that stands for an unset one where the key is always written; without it the key is left out. */
  readonly empty?: () => unknown;
  /** Reports what only `strict` refuses in a checked value. Without it nothing is. */
  readonly strict?: (value: unknown, walk: Walk) => void;
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
  readonly byHand: boolean;
}

/** A field that says nothing of its key. */
export const plainPresence: Presence = Object.freeze({
  required: false,
  written: false,
  nullable: false,
  byHand: false,
});

declare const types: unique symbol;

/**
 * The rule of one field: what it may hold in a message (`M`) and what stands for it in wire JSON (`W`).
 * `Unset` is true while the message may leave the property undefined, `Written` when the key always
 * stands in the JSON.
 */
export interface Leaf<
  out M = unknown,
  out W = unknown,
  out Unset extends boolean = boolean,
  out Written extends boolean = boolean,
> {
  readonly parts: LeafParts;
  readonly presence: Presence;
  /** The key must be there on reading and is always written; a message field must be set. */
  required(): Leaf<M, W, false, true>;
  /** The key is always written; on reading a missing key is the default. */
  always(): Leaf<M, W, Unset, true>;
  /** The key is written only when the field does not hold its default. */
  omitted(): Leaf<M, W, Unset, false>;
  /** Unset (for an enum: its zero) is written as null, and null reads as unset. `.nullable().omitted()` only reads it. */
  nullable(): Leaf<M, W | null, Unset, true>;
  /** The wire form of the message reads and writes this key itself. */
  byHand(): Leaf<M, W, Unset, Written>;
  /** Only for the compiler. */
  readonly [types]?: { message: M; wire: W; unset: Unset; written: Written };
}

/** The type of a leaf's value in a message. */
export type MessageOf<L> = L extends Leaf<infer M, unknown> ? M : never;
/** The type of a leaf's value in wire JSON. */
export type WireOf<L> = L extends Leaf<unknown, infer W> ? W : never;

/** Makes a leaf of its parts and its presence. */
export function leaf<M, W, Unset extends boolean, Written extends boolean>(
  parts: LeafParts,
  presence: Presence,
): Leaf<M, W, Unset, Written> {
  return {
    parts,
    presence,
    required: () => leaf(parts, { ...presence, required: true, written: true }),
    always: () => leaf(parts, { ...presence, written: true }),
    omitted: () => leaf(parts, { ...presence, written: false }),
    nullable: () => leaf(parts, { ...presence, written: true, nullable: true }),
    byHand: () => leaf(parts, { ...presence, byHand: true }),
  };
}
