import type { DescEnum, EnumJsonType, EnumShape, JsonObject } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { Duration, Timestamp, Value } from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import { listParts, type MapOf, mapParts, messageParts, oneofParts } from "./composites.js";
import type { Dialect } from "./dialect.js";
import { type EnumOptions, enumParts, type ZeroValue } from "./enums.js";
import {
  type Leaf,
  type LeafKind,
  type LeafParts,
  leaf,
  type MessageOf,
  plainPresence,
  type WireOf,
} from "./leaf.js";
import { proven } from "./proven.js";
import type { Definition } from "./rules.js";
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
import type { Walk } from "./walk.js";
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
export type Members = Readonly<Record<string, Leaf>>;
/** A oneof as it stands in a message. */
export type OneofOf<R extends Members> =
  | { [K in keyof R & string]: { case: K; value: MessageOf<R[K]> } }[keyof R & string]
  | { case: undefined; value?: undefined };
/** The rule of a oneof: in wire JSON its members are keys of the message itself. */
export interface OneofLeaf<R extends Members> extends Leaf<OneofOf<R>, unknown, false, false> {
  readonly members: R;
}
/** The members of a oneof's rule. */
export type MembersOf<L> = L extends OneofLeaf<infer R> ? R : never;

/** A field whose wire form the dialect cannot say. */
export interface CustomParts<M, W> {
  readonly kind: LeafKind;
  /** The zod rule of the value as it stands in a message. */
  readonly rule: () => z.ZodMiniType<M>;
  readonly read: (json: unknown, walk: Walk) => M | undefined;
  readonly write: (value: M, walk: Walk) => W;
  /** What `read` and `rule` take, as far as JSON Schema can say it. */
  readonly wireSchema: LeafParts["wireSchema"];
  readonly isDefault?: (value: unknown) => boolean;
  /** Turns steps of an issue inside the value into steps of the wire JSON. */
  readonly steps?: LeafParts["steps"];
}

/** The leaves of one system's dialect: the words in which its rules are written. */
export interface Leaves<D extends Dialect> {
  /** `rule` adds zod's string checks; `neverEmpty` makes a key with "" an error, because unset has no key. */
  string(
    rule?: (text: z.ZodMiniString) => z.ZodMiniString,
    options?: { readonly neverEmpty?: boolean },
  ): Leaf<string, string, false, Written<D>>;
  bool(): Leaf<boolean, boolean, false, Written<D>>;
  int32(bounds?: NumberBounds): Leaf<number, number, false, Written<D>>;
  sint32(bounds?: NumberBounds): Leaf<number, number, false, Written<D>>;
  uint32(bounds?: NumberBounds): Leaf<number, number, false, Written<D>>;
  int64(bounds?: BigIntBounds): Leaf<bigint, Int64Wire<D>, false, Written<D>>;
  uint64(bounds?: BigIntBounds): Leaf<bigint, Int64Wire<D>, false, Written<D>>;
  /** Rounded to float32 on reading, written as the shortest decimal that reads back the same. */
  float(bounds?: NumberBounds): Leaf<number, FloatWire<D>, false, Written<D>>;
  double(bounds?: NumberBounds): Leaf<number, FloatWire<D>, false, Written<D>>;
  /** `rule` adds zod checks on the bytes. */
  bytes(
    rule?: (bytes: z.ZodMiniType<Uint8Array>) => z.ZodMiniType,
  ): Leaf<Uint8Array, string, false, Written<D>>;
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
  ): Leaf<EnumShape<Desc>, EnumWire<Desc, Spelling, Prefix, Zero>, false, Written<D>>;
  timestamp(): Leaf<Timestamp, TimeWire<D>, true, false>;
  /** `1.5s`. Bounds are in seconds, both included. */
  duration(bounds?: NumberBounds): Leaf<Duration, string, true, false>;
  /** google.protobuf.Struct: a plain JSON object. */
  struct(): Leaf<JsonObject, JsonObject, true, false>;
  /** google.protobuf.Value: any plain JSON value, null included. */
  value(): Leaf<Value, unknown, true, false>;
  message<M, W>(contract: { readonly definition: Definition<M, W> }): Leaf<M, W, true, false>;
  list<L extends Leaf>(
    item: L,
    bounds?: NumberBounds,
  ): Leaf<MessageOf<L>[], WireOf<L>[], false, Written<D>>;
  map<L extends Leaf>(item: L): Leaf<MapOf<MessageOf<L>>, MapOf<WireOf<L>>, false, Written<D>>;
  /** A scalar field with explicit presence (`optional` in the proto). */
  optional<M, W>(field: Leaf<M, W>): Leaf<M, W, true, false>;
  /** A oneof: its members are keys of the message itself, unless it is `byHand`. */
  oneof<R extends Members>(fields: R): OneofLeaf<R>;
  custom<M, W>(parts: CustomParts<M, W>): Leaf<M, W, false, Written<D>>;
}

const anyBytes = (bytes: z.ZodMiniType<Uint8Array>): z.ZodMiniType => bytes;

/** The leaves of a dialect. */
export function createLeaves<D extends Dialect>(dialect: D): Leaves<D> {
  const written = dialect.defaults === "written";
  const plain = <M, W>(parts: LeafParts): Leaf<M, W, false, Written<D>> =>
    leaf(parts, { ...plainPresence, written });
  const unset = <M, W>(parts: LeafParts): Leaf<M, W, true, false> => leaf(parts, plainPresence);
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
    oneof: (fields) => ({ ...leaf(oneofParts(fields), plainPresence), members: fields }),
    custom: (parts) => plain(customParts(parts)),
  };
}

function customParts<M, W>(parts: CustomParts<M, W>): LeafParts {
  return {
    kind: parts.kind,
    rule: parts.rule,
    read: parts.read,
    write: (value, walk) => parts.write(proven<M>(value), walk),
    wireSchema: parts.wireSchema,
    isDefault: parts.isDefault ?? ((value) => value === undefined),
    ...(parts.steps === undefined ? {} : { steps: parts.steps }),
  };
}
