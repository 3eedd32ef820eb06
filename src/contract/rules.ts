import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { ErrorCode } from "../wire/error.js";
import { buildDefinition } from "./definition.js";
import type { Dialect } from "./dialect.js";
import type { FieldPlan } from "./fields.js";
import type { JsonSchema, SchemaContext } from "./json-schema-words.js";
import type { JsonWriter } from "./json-writer.js";
import type { Leaf, WireOf } from "./leaf.js";
import { createLeaves, type Leaves, type MembersOf, type OneofLeaf } from "./leaves.js";
import type { Step, Walk } from "./walk.js";

/** Reports a fault that lies between fields. `at` is its place in the words of the wire JSON. */
export type Report = (at: readonly Step[], rule: ErrorCode, message: string) => void;

/** What a message's rules do beyond one leaf a field. */
export interface RuleOptions<M, W> {
  /** Documented constants that `create` sets when its caller does not. */
  readonly constants?: Partial<M>;
  /** Rules across fields; run on messages whose single fields are all right. */
  readonly across?: (message: M, report: Report) => void;
  /** The rules that only `strict` adds, besides that enum numbers have names. Runs on checked messages. */
  readonly strict?: (message: M, walk: Walk) => void;
  /** The wire form of a message that the dialect cannot say, built on the dialect's own form. */
  readonly wire?: WireForm<M, W>;
}

/** Both directions between a message and a wire form that its dialect cannot say. */
export interface WireForm<M, W> {
  /** Reads what the leaves did not: the keys of fields that are `byHand`. */
  read(json: Readonly<Record<string, unknown>>, message: M, walk: Walk): void;
  /** Adds to what the leaves wrote. */
  write(message: M, json: Record<string, unknown>, walk: Walk): W;
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
  read(json: unknown, walk: Walk): M | undefined;
  /** Writes a checked message; counts only when the walk has no issues. */
  write(message: unknown, walk: Walk): W;
  /** Writes the text of what {@link write} gives, without the object between. Faults that it reports have no place. */
  text(message: unknown, out: JsonWriter): void;
  /** Reports what only `strict` refuses in a checked message, and in all messages that it holds. */
  strict(message: unknown, walk: Walk): void;
  /** Steps of a zod path, in the words of the wire JSON. */
  steps(path: readonly Step[]): readonly Step[];
  /** The leaf of every field and oneof, by the name that protobuf-es gives it. */
  readonly leaves: () => Readonly<Record<string, Leaf>>;
  /** Every key of the wire JSON with its leaf, members of oneofs among them. */
  readonly fields: () => readonly FieldPlan[];
  /** True when the message has rules across fields, which no JSON Schema can say. */
  readonly hasRulesAcross: boolean;
  /** Turns the schema of what the leaves read into that of what {@link read} takes; without it both are the same. */
  readonly describe?: ((own: JsonSchema, context: SchemaContext) => JsonSchema) | undefined;
}

type Properties<M> = Exclude<keyof M, "$typeName" | "$unknown">;
/** One leaf for every property of a message, of the property's type. */
export type RulesFor<M> = {
  readonly [K in Properties<M>]-?: Leaf<
    Exclude<M[K], undefined>,
    unknown,
    undefined extends M[K] ? boolean : false
  >;
};

type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Snake<Tail>}`
    : `_${Lowercase<Head>}${Snake<Tail>}`
  : S;

/** Property names whose `json_name` is not what protobuf would have made of them. */
export type Renamed = Readonly<Record<string, string>>;
type Key<D extends Dialect, N extends Renamed, K extends string> = D["keys"] extends "proto"
  ? Snake<K>
  : K extends keyof N
    ? N[K]
    : K;

type OneofKeys<R> = { [K in keyof R]: R[K] extends OneofLeaf<infer _> ? K : never }[keyof R];
type WrittenKeys<R> = {
  [K in keyof R]: R[K] extends Leaf<unknown, unknown, boolean, true> ? K : never;
}[keyof R];
type Flat<T> = { [K in keyof T]: T[K] };

/** The wire JSON of a set of leaves: keys that are always written are there, the others may be missing. */
export type WireShape<D extends Dialect, R, N extends Renamed = Record<never, never>> = Flat<
  {
    [K in Exclude<WrittenKeys<R>, OneofKeys<R>> & string as Key<D, N, K>]: WireOf<R[K]>;
  } & {
    [K in Exclude<keyof R, WrittenKeys<R> | OneofKeys<R>> & string as Key<D, N, K>]?: WireOf<R[K]>;
  } & OneofWire<D, R, OneofKeys<R>, N>
>;
type OneofWire<D extends Dialect, R, Keys extends keyof R, N extends Renamed> = [Keys] extends [
  never,
]
  ? unknown
  : { [K in Keys]: MemberWire<D, MembersOf<R[K]>, N> }[Keys];
type MemberWire<D extends Dialect, Ms, N extends Renamed> = {
  [K in keyof Ms & string as Key<D, N, K>]?: WireOf<Ms[K]>;
};

/** The wire JSON type of a definition. */
export type Wire<T> = T extends Definition<infer _, infer W> ? W : never;

/** The function in which a system writes its messages' rules. */
export type Define<D extends Dialect, N extends Renamed> = <
  Desc extends DescMessage,
  R extends RulesFor<MessageShape<Desc>>,
  W = WireShape<D, R, N>,
>(
  schema: Desc,
  rules: (t: Leaves<D>) => R & Record<Exclude<keyof R, Properties<MessageShape<Desc>>>, never>,
  options?: RuleOptions<MessageShape<Desc>, W>,
) => Definition<MessageShape<Desc>, W>;

/**
 * Makes the function in which a system writes its rules. `renamed` lists the property names whose
 * `json_name` is set in the proto: for the compiler, and held against the descriptors.
 */
export function createDefine<D extends Dialect, N extends Renamed = Record<never, never>>(
  dialect: D,
  renamed?: N,
): Define<D, N> {
  const leaves = createLeaves(dialect);
  return (schema, rules, options = {}) =>
    buildDefinition(schema, dialect, () => rules(leaves), options, renamed);
}
