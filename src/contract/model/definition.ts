import type { DescMessage } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { ErrorCode } from "../../wire/error.js";
import type { Context, Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import type { FieldRule } from "./field-rule.js";
import type { JsonSchema, SchemaContext } from "./json-schema-keywords.js";
import type { FieldPlan } from "./plan.js";
import type { JsonWriter } from "./value-writer.js";

/** Reports an issue of several fields. `at` is its path in the wire JSON, from the message that has the rule. */
export type Report = (at: readonly Step[], rule: ErrorCode, message: string) => void;

/** The rules of a message besides its field rules. */
export interface RuleOptions<M, W> {
  /** Documented constants that `create` sets unless its argument has the property. */
  readonly constants?: Partial<M>;
  /**
   * Rules between fields; run on messages whose fields are all valid. `tolerate` reports what a writer must
   * not do and a reader takes: methods that read list it, all others and `strict` refuse it.
   */
  readonly refine?: (message: M, report: Report, tolerate: Report) => void;
  /** Rules that only `strict` enforces, besides that enum numbers have names; run on checked messages. */
  readonly strict?: (message: M, context: Context) => void;
  /** The converter of a message whose wire JSON the dialect cannot express. */
  readonly wire?: WireForm<M, W>;
}

/**
 * Converts a message whose wire JSON its dialect cannot express. The field rules read and write their own
 * keys first; the converter changes the result and handles the keys of fields that are `custom`.
 */
export interface WireForm<M, W> {
  /** Whether {@link read} reads this key itself: if no field has the key, it is neither reported nor refused. */
  claims?(key: string): boolean;
  /** Reads what the field rules did not: the keys of `custom` fields. */
  read(json: Readonly<Record<string, unknown>>, message: M, context: Context): void;
  /** Adds to what the field rules wrote. */
  write(message: M, json: Record<string, unknown>, context: Context): W;
  /**
   * Writes the text of what `write` returns; `own` writes the text of the field rules, without braces.
   * Issues reported here need no path. If omitted, the text is `JSON.stringify` of what `write` returns.
   */
  text?(message: M, own: () => void, out: JsonWriter): void;
  /** Changes the JSON Schema of the field rules, in which `custom` keys are `{}`, to that of the wire JSON. */
  schema(own: JsonSchema, context: SchemaContext): JsonSchema;
}

/** What the methods of a contract are made from: a message's rules, both conversions and its JSON paths. */
export interface Definition<M = unknown, W = unknown> {
  readonly schema: DescMessage;
  readonly dialect: Dialect;
  readonly constants: Partial<M>;
  /** Sets the function that makes empty messages, so that messages read from JSON have the same hidden class as decoded ones. */
  createWith(create: () => M): void;
  /** The zod rule of a whole message. Built at first use. */
  rule(): z.ZodMiniType<M>;
  /** Reads wire JSON. The result is only valid if `context` has no issues. */
  read(json: unknown, context: Context): M | undefined;
  /** Writes a checked message. The result is only valid if `context` has no issues. */
  write(message: unknown, context: Context): W;
  /** Writes the text of what `write` returns, without making the object. Its issues have no paths. */
  text(message: unknown, out: JsonWriter): void;
  /** Copies a message that is to be checked and then written: each property is read once. */
  copy(message: unknown, context: Context): unknown;
  /** Reports what only `strict` refuses in a checked message and in all messages inside it. */
  strict(message: unknown, context: Context): void;
  /** Converts the path of a zod issue to steps of the wire JSON. */
  steps(path: readonly Step[]): readonly Step[];
  /** The rule of every field and oneof, by its property name in protobuf-es. */
  readonly fieldRules: () => Readonly<Record<string, FieldRule>>;
  /** Every key of the wire JSON, members of oneofs included. */
  readonly fields: () => readonly FieldPlan[];
  /** Whether the message has rules between fields, which JSON Schema cannot express. */
  readonly hasRefinement: boolean;
  /** Changes the JSON Schema of the field rules to that of the wire JSON. If omitted, both are the same. */
  readonly describe?: ((own: JsonSchema, context: SchemaContext) => JsonSchema) | undefined;
}

/** The JSON names of properties whose `json_name` is set in the proto file. */
export type Renamed = Readonly<Record<string, string>>;
