import type { DescMessage } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { ErrorCode } from "../../wire/error.js";
import type { Context, Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import type { FieldRule } from "./field-rule.js";
import type { JsonSchema, SchemaContext } from "./json-schema-keywords.js";
import type { FieldPlan } from "./plan.js";
import type { JsonWriter } from "./value-writer.js";

/** Reports a fault that lies between fields. `at` is its place in the words of the wire JSON. */
export type Report = (at: readonly Step[], rule: ErrorCode, message: string) => void;

/** What a message's rules do beyond one leaf a field. */
export interface RuleOptions<M, W> {
  /** Documented constants that `create` sets when its caller does not. */
  readonly constants?: Partial<M>;
  /** Rules across fields; run on messages whose single fields are all right. */
  readonly refine?: (message: M, report: Report) => void;
  /** The rules that only `strict` adds, besides that enum numbers have names. Runs on checked messages. */
  readonly strict?: (message: M, context: Context) => void;
  /** The wire form of a message that the dialect cannot say, built on the dialect's own form. */
  readonly wire?: WireForm<M, W>;
}

/** Both directions between a message and a wire form that its dialect cannot say. */
export interface WireForm<M, W> {
  /** Whether {@link read} reads this key itself: if no field has the key, it is neither reported nor refused. */
  claims?(key: string): boolean;
  /** Reads what the leaves did not: the keys of fields that are `byHand`. */
  read(json: Readonly<Record<string, unknown>>, message: M, context: Context): void;
  /** Adds to what the leaves wrote. */
  write(message: M, json: Record<string, unknown>, context: Context): W;
  /**
   * Writes the text of what {@link write} gives; `own` writes that of the leaves, without braces.
   * Faults need no place. Without it the text is made of what `write` gives.
   */
  text?(message: M, own: () => void, out: JsonWriter): void;
  /** Turns the schema of what the leaves read into that of what this form reads; `{}` stands for keys that are `byHand`. */
  schema(own: JsonSchema, context: SchemaContext): JsonSchema;
}

/** Everything that is made of one message's rules: its check, both conversions, its place names. */
export interface Definition<M = unknown, W = unknown> {
  readonly schema: DescMessage;
  readonly dialect: Dialect;
  readonly constants: Partial<M>;
  /** Says how empty messages are made, so that those that are read have the shape of those that are decoded. */
  createWith(create: () => M): void;
  /** The rule of a whole message. Built at first use. */
  rule(): z.ZodMiniType<M>;
  /** Reads wire JSON; what it returns counts only when the walk has no issues. */
  read(json: unknown, context: Context): M | undefined;
  /** Writes a checked message; counts only when the walk has no issues. */
  write(message: unknown, context: Context): W;
  /** Writes the text of what {@link write} gives, without the object between. Faults that it reports have no place. */
  text(message: unknown, out: JsonWriter): void;
  /** Reports what only `strict` refuses in a checked message, and in all messages that it holds. */
  strict(message: unknown, context: Context): void;
  /** Steps of a zod path, in the words of the wire JSON. */
  steps(path: readonly Step[]): readonly Step[];
  /** The leaf of every field and oneof, by the name that protobuf-es gives it. */
  readonly fieldRules: () => Readonly<Record<string, FieldRule>>;
  /** Every key of the wire JSON with its leaf, members of oneofs among them. */
  readonly fields: () => readonly FieldPlan[];
  /** True when the message has rules across fields, which no JSON Schema can say. */
  readonly hasRefinement: boolean;
  /** Turns the schema of what the leaves read into that of what {@link read} takes; without it both are the same. */
  readonly describe?: ((own: JsonSchema, context: SchemaContext) => JsonSchema) | undefined;
}

/** Property names whose `json_name` is not what protobuf would have made of them. */
export type Renamed = Readonly<Record<string, string>>;
