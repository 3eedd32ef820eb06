import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import type { Dialect } from "../base/dialect.js";
import type { Definition, Renamed, RuleOptions } from "../model/definition.js";
import type { FieldRule, WireOf } from "../model/field-rule.js";
import { buildDefinition } from "./definition.js";
import {
  createFieldRules,
  type FieldRules,
  type MembersOf,
  type OneofRule,
} from "./field-rules.js";

type Properties<M> = Exclude<keyof M, "$typeName" | "$unknown">;
/** One field rule of the right type for every property of a message. */
type RulesFor<M> = {
  readonly [K in Properties<M>]-?: FieldRule<
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

type Key<D extends Dialect, N extends Renamed, K extends string> = D["keys"] extends "proto"
  ? Snake<K>
  : K extends keyof N
    ? N[K]
    : K;

type OneofKeys<R> = { [K in keyof R]: R[K] extends OneofRule<infer _> ? K : never }[keyof R];
type WrittenKeys<R> = {
  [K in keyof R]: R[K] extends FieldRule<unknown, unknown, boolean, true> ? K : never;
}[keyof R];
type Flat<T> = { [K in keyof T]: T[K] };

/** The wire JSON type of a set of field rules. Keys that are always written are required, the others optional. */
type WireShape<D extends Dialect, R, N extends Renamed = Record<never, never>> = Flat<
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

/** Defines the rules of one message in a system's dialect. A missing or wrongly typed field rule is a compile error. */
export type Define<D extends Dialect, N extends Renamed> = <
  Desc extends DescMessage,
  R extends RulesFor<MessageShape<Desc>>,
  W = WireShape<D, R, N>,
>(
  schema: Desc,
  rules: (t: FieldRules<D>) => R & Record<Exclude<keyof R, Properties<MessageShape<Desc>>>, never>,
  options?: RuleOptions<MessageShape<Desc>, W>,
) => Definition<MessageShape<Desc>, W>;

/**
 * Creates the function that defines messages in a dialect. `renamed` has the JSON names of properties whose
 * `json_name` is set in the proto file; the compiler needs them, and they are checked against the descriptors.
 */
export function createDefine<D extends Dialect, N extends Renamed = Record<never, never>>(
  dialect: D,
  renamed?: N,
): Define<D, N> {
  const fieldRules = createFieldRules(dialect);
  return (schema, rules, options = {}) =>
    buildDefinition(schema, dialect, () => rules(fieldRules), options, renamed);
}
