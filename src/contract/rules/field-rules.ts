import type { DescEnum, EnumJsonType, EnumShape, JsonObject } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { Duration, Timestamp, Value } from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import { isByteArray } from "../../wire/buffers.js";
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

/** Whether a dialect writes fields that have their default value. */
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

/** The members of a oneof, by their names in protobuf-es. */
type Members = Readonly<Record<string, FieldRule>>;
/** The type of a oneof in a message. */
type OneofOf<R extends Members> =
  | { [K in keyof R & string]: { case: K; value: MessageOf<R[K]> } }[keyof R & string]
  | { case: undefined; value?: undefined };
/** The rule of a oneof. In wire JSON its members are keys of the message. */
export interface OneofRule<R extends Members> extends FieldRule<OneofOf<R>, unknown, false, false> {
  readonly members: R;
}
/** The members of a oneof's rule. */
export type MembersOf<R> = R extends OneofRule<infer Ms> ? Ms : never;

/** Converts a field whose wire JSON the dialect cannot express. */
export interface FieldConverter<M, W> {
  readonly kind: FieldKind;
  /** Makes the zod rule of the value in a message. */
  readonly rule: () => z.ZodMiniType<M>;
  /** Converts wire JSON to the message's value; reports what cannot be converted to `context`. */
  readonly read: (json: unknown, context: Context) => M | undefined;
  /** Converts a checked value to wire JSON; reports what JSON cannot express to `context`. */
  readonly write: (value: M, context: Context) => W;
  /** The JSON Schema of what `read` and `rule` accept, as far as it can be expressed. */
  readonly wireSchema: FieldRuleParts["wireSchema"];
  /** Whether a value is the one of an unset field. Default: whether it is undefined. */
  readonly isDefault?: (value: unknown) => boolean;
  /** Converts the path of an issue inside the value to steps of the wire JSON. */
  readonly steps?: FieldRuleParts["steps"];
}

/** Makes the field rules of one dialect: one method for each type of field. */
export interface FieldRules<D extends Dialect> {
  /** `rule` adds zod checks. `neverEmpty`: a key with "" is an error, because an unset field has no key. */
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
  /** Rounded to float32 on reading; written as the shortest decimal that reads back the same. */
  float(bounds?: NumberBounds): FieldRule<number, FloatWire<D>, false, Written<D>>;
  double(bounds?: NumberBounds): FieldRule<number, FloatWire<D>, false, Written<D>>;
  /** `rule` adds zod checks. */
  bytes(
    rule?: (bytes: z.ZodMiniType<Uint8Array>) => z.ZodMiniType,
  ): FieldRule<Uint8Array, string, false, Written<D>>;
  /** An enum. `prefix` is the common prefix of its value names, which the spellings `bare` and `lower` omit. */
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
  /** A string such as `1.5s`. Bounds are in seconds, both included. */
  duration(bounds?: NumberBounds): FieldRule<Duration, string, true, false>;
  /** google.protobuf.Struct: a plain JSON object. */
  struct(): FieldRule<JsonObject, JsonObject, true, false>;
  /** google.protobuf.Value: any plain JSON value, null included. */
  value(): FieldRule<Value, unknown, true, false>;
  /** Another message, with the rules of its contract. */
  message<M, W>(contract: { readonly definition: Definition<M, W> }): FieldRule<M, W, true, false>;
  /** A repeated field. Bounds are numbers of items, both included. */
  list<R extends FieldRule>(
    item: R,
    bounds?: NumberBounds,
  ): FieldRule<MessageOf<R>[], WireOf<R>[], false, Written<D>>;
  /** A map with string keys. */
  map<R extends FieldRule>(
    item: R,
  ): FieldRule<MapOf<MessageOf<R>>, MapOf<WireOf<R>>, false, Written<D>>;
  /** A scalar field with explicit presence (`optional` in the proto). */
  optional<M, W>(field: FieldRule<M, W>): FieldRule<M, W, true, false>;
  /** A oneof. Its members are keys of the message, unless it is `custom`. */
  oneof<R extends Members>(fields: R): OneofRule<R>;
  /** A field that the dialect cannot express, with a converter of its own. */
  converter<M, W>(parts: FieldConverter<M, W>): FieldRule<M, W, false, Written<D>>;
}

/** A byte array that is what it looks like: no Proxy, and its buffer was not transferred. */
function bytesRule(): z.ZodMiniType<Uint8Array> {
  return z.instanceof(Uint8Array).check(z.refine(isByteArray, "a Uint8Array with a buffer"));
}

const anyBytes = (bytes: z.ZodMiniType<Uint8Array>): z.ZodMiniType => bytes;

/** Creates the field rules of a dialect. */
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
    bytes: (rule = anyBytes) => plain(bytesParts(() => rule(bytesRule()), dialect.bytes)),
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
    converter: (parts) => plain(converterParts(parts)),
  };
}

function converterParts<M, W>(parts: FieldConverter<M, W>): FieldRuleParts {
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
