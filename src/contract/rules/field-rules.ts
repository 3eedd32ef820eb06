import type { DescEnum, EnumJsonType, EnumShape, JsonObject } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { Duration, Timestamp, Value } from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import type { Context } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { unsafeCast } from "../base/unsafe-cast.js";
import type { Definition } from "../model/definition.js";
import {
  type FieldKind,
  type FieldRule,
  type FieldRuleParts,
  fieldRule,
  type MessageOf,
  plainPresence,
  type WireOf,
} from "../model/field-rule.js";
import { listParts, type MapOf, mapParts, messageParts, oneofParts } from "./composites.js";

import { type EnumOptions, enumParts, type ZeroValue } from "./enums.js";
import {
  anyText,
  type BigIntBounds,
  boolParts,
  bytesParts,
  floatParts,
  integer32Parts,
  integer64Parts,
  type NumberBounds,
  stringParts,
} from "./scalars.js";
import { durationParts, structParts, timestampParts, valueParts } from "./well-known.js";

/** True when a dialect writes fields that hold their default. */
type Written<D extends Dialect> = D["defaults"] extends "written" ? true : false;
type Int64Wire<D extends Dialect> = D["int64"] extends "number" ? number : string;
type TimeWire<D extends Dialect> = D["time"] extends "epoch" ? number : string;
type FloatWire<D extends Dialect> = D["notFinite"] extends true
  ? number | "NaN" | "Infinity" | "-Infinity"
  : number;

type Bare<Name, Prefix extends string> = Name extends `${Prefix}${infer Rest}` ? Rest : never;
type Spelled<Name extends string, Spelling, Prefix extends string> = Spelling extends "full"
  ? Name
  : Spelling extends "lower"
    ? Lowercase<Bare<Name, Prefix>>
    : Bare<Name, Prefix>;
type EnumWire<Desc extends DescEnum, Spelling, Prefix extends string, Zero> = Exclude<
  Spelled<EnumJsonType<Desc> & string, Spelling, Prefix>,
  Zero extends "named" ? never : "UNSPECIFIED" | "unspecified"
>;

/** The members of a oneof, by the names that protobuf-es gives them. */
export type Members = Readonly<Record<string, FieldRule>>;
/** A oneof as it stands in a message. */
export type OneofOf<R extends Members> =
  | { [K in keyof R & string]: { case: K; value: MessageOf<R[K]> } }[keyof R & string]
  | { case: undefined; value?: undefined };
/** The rule of a oneof: in wire JSON its members are keys of the message itself. */
export interface OneofRule<R extends Members> extends FieldRule<OneofOf<R>, unknown, false, false> {
  readonly members: R;
}
/** The members of a oneof's rule. */
export type MembersOf<L> = L extends OneofRule<infer R> ? R : never;

/** A field whose wire form the dialect cannot say. */
export interface CustomParts<M, W> {
  readonly kind: FieldKind;
  /** The zod rule of the value as it stands in a message. */
  readonly rule: () => z.ZodMiniType<M>;
  readonly read: (json: unknown, context: Context) => M | undefined;
  readonly write: (value: M, context: Context) => W;
  /** What `read` and `rule` take, as far as JSON Schema can say it. */
  readonly wireSchema: FieldRuleParts["wireSchema"];
  readonly isDefault?: (value: unknown) => boolean;
  /** Turns steps of an issue inside the value into steps of the wire JSON. */
  readonly steps?: FieldRuleParts["steps"];
}

/** The leaves of one system's dialect: the words in which its rules are written. */
export interface FieldRules<D extends Dialect> {
  /** `rule` adds zod's string checks; `neverEmpty` makes a key with "" an error, because unset has no key. */
  string(
    rule?: (text: z.ZodMiniString) => z.ZodMiniString,
    options?: { readonly neverEmpty?: boolean },
  ): FieldRule<string, string, false, Written<D>>;
  bool(): FieldRule<boolean, boolean, false, Written<D>>;
  int32(bounds?: NumberBounds): FieldRule<number, number, false, Written<D>>;
  sint32(bounds?: NumberBounds): FieldRule<number, number, false, Written<D>>;
  uint32(bounds?: NumberBounds): FieldRule<number, number, false, Written<D>>;
  int64(bounds?: BigIntBounds): FieldRule<bigint, Int64Wire<D>, false, Written<D>>;
  uint64(bounds?: BigIntBounds): FieldRule<bigint, Int64Wire<D>, false, Written<D>>;
  /** Rounded to float32 on reading, written as the shortest decimal that reads back the same. */
  float(bounds?: NumberBounds): FieldRule<number, FloatWire<D>, false, Written<D>>;
  double(bounds?: NumberBounds): FieldRule<number, FloatWire<D>, false, Written<D>>;
  /** `rule` adds zod checks on the bytes. */
  bytes(
    rule?: (bytes: z.ZodMiniType<Uint8Array>) => z.ZodMiniType,
  ): FieldRule<Uint8Array, string, false, Written<D>>;
  /** An enum; `prefix` is what its value names have in common and the spellings "bare" and "lower" leave out. */
  enum<
    Desc extends DescEnum,
    const Prefix extends string,
    Spelling extends Dialect["enums"] = D["enums"],
    Zero extends ZeroValue = "named",
  >(
    schema: Desc,
    prefix: Prefix,
    options?: EnumOptions<Spelling, Zero>,
  ): FieldRule<EnumShape<Desc>, EnumWire<Desc, Spelling, Prefix, Zero>, false, Written<D>>;
  timestamp(): FieldRule<Timestamp, TimeWire<D>, true, false>;
  /** `1.5s`. Bounds are in seconds, both included. */
  duration(bounds?: NumberBounds): FieldRule<Duration, string, true, false>;
  /** google.protobuf.Struct: a plain JSON object. */
  struct(): FieldRule<JsonObject, JsonObject, true, false>;
  /** google.protobuf.Value: any plain JSON value, null included. */
  value(): FieldRule<Value, unknown, true, false>;
  message<M, W>(contract: { readonly definition: Definition<M, W> }): FieldRule<M, W, true, false>;
  list<L extends FieldRule>(
    item: L,
    bounds?: NumberBounds,
  ): FieldRule<MessageOf<L>[], WireOf<L>[], false, Written<D>>;
  map<L extends FieldRule>(
    item: L,
  ): FieldRule<MapOf<MessageOf<L>>, MapOf<WireOf<L>>, false, Written<D>>;
  /** A scalar field with explicit presence (`optional` in the proto). */
  optional<M, W>(field: FieldRule<M, W>): FieldRule<M, W, true, false>;
  /** A oneof: its members are keys of the message itself, unless it is `byHand`. */
  oneof<R extends Members>(fields: R): OneofRule<R>;
  custom<M, W>(parts: CustomParts<M, W>): FieldRule<M, W, false, Written<D>>;
}

const anyBytes = (bytes: z.ZodMiniType<Uint8Array>): z.ZodMiniType => bytes;

/** The leaves of a dialect. */
export function createFieldRules<D extends Dialect>(dialect: D): FieldRules<D> {
  const written = dialect.defaults === "written";
  const plain = <M, W>(parts: FieldRuleParts): FieldRule<M, W, false, Written<D>> =>
    fieldRule(parts, { ...plainPresence, written });
  const unset = <M, W>(parts: FieldRuleParts): FieldRule<M, W, true, false> =>
    fieldRule(parts, plainPresence);
  return {
    string: (rule = anyText, options = {}) => plain(stringParts(rule, options.neverEmpty ?? false)),
    bool: () => plain(boolParts()),
    int32: (bounds = {}) => plain(integer32Parts(ScalarType.INT32, bounds)),
    sint32: (bounds = {}) => plain(integer32Parts(ScalarType.SINT32, bounds)),
    uint32: (bounds = {}) => plain(integer32Parts(ScalarType.UINT32, bounds)),
    int64: (bounds = {}) => plain(integer64Parts(ScalarType.INT64, bounds, dialect.int64)),
    uint64: (bounds = {}) => plain(integer64Parts(ScalarType.UINT64, bounds, dialect.int64)),
    float: (bounds = {}) => plain(floatParts(ScalarType.FLOAT, bounds, dialect.notFinite)),
    double: (bounds = {}) => plain(floatParts(ScalarType.DOUBLE, bounds, dialect.notFinite)),
    bytes: (rule = anyBytes) =>
      plain(bytesParts(() => rule(z.instanceof(Uint8Array)), dialect.bytes)),
    enum: (schema, prefix, options) => plain(enumParts(schema, prefix, dialect, options)),
    timestamp: () => unset(timestampParts(dialect.time)),
    duration: (bounds = {}) => unset(durationParts(bounds)),
    struct: () => unset(structParts()),
    value: () => unset(valueParts()),
    message: (contract) => unset(messageParts(() => contract.definition)),
    list: (item, bounds = {}) => plain(listParts(item, bounds)),
    map: (item) => plain(mapParts(item)),
    optional: (field) => unset({ ...field.parts, isDefault: (value) => value === undefined }),
    oneof: (fields) => ({ ...fieldRule(oneofParts(fields), plainPresence), members: fields }),
    custom: (parts) => plain(customParts(parts)),
  };
}

function customParts<M, W>(parts: CustomParts<M, W>): FieldRuleParts {
  return {
    kind: parts.kind,
    rule: parts.rule,
    read: parts.read,
    write: (value, context) => parts.write(unsafeCast<M>(value), context),
    wireSchema: parts.wireSchema,
    isDefault: parts.isDefault ?? ((value) => value === undefined),
    ...(parts.steps === undefined ? {} : { steps: parts.steps }),
  };
}
