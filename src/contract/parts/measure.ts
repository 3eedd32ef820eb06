import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";
import { createCodec } from "../../wire/create-codec.js";
import { tooDeep, truncated, within, wrongMessage } from "../../wire/fault.js";
import { readString } from "../../wire/text.js";
import { maxDepth } from "../../wire/unknown.js";
import {
  after,
  readBool,
  readInt64,
  readLength,
  readSint64,
  readUint64,
  readVarint,
} from "../../wire/varint.js";
import { formatPath, type Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import type { Contract } from "../contract.js";
import { eachRecord, type WireRecord } from "./records.js";

/**
 * Where bytes of an encoded message are. `bytes` is always the sum of the three kinds of bytes, and
 * `valueBytes` that of the parts, where there are any. Plain data: JSON can carry it.
 */
export interface Measured {
  /**
   * What the bytes are: a message; a list or map with all its records; a packed list, which is one run
   * of numbers; an entry of a map, its key; a single value; or records that the contract does not know.
   */
  readonly kind: "message" | "list" | "packed" | "map" | "entry" | "key" | "value" | "unknown";
  /**
   * The step from the place around it to its own: a field, a list index, a map key, or `field 99` for
   * records that are not known. Unset for the whole message, and for the key and value of an entry,
   * which are at the entry's place.
   */
  readonly step?: Step;
  /** All bytes, those of its own tags and lengths too. */
  readonly bytes: number;
  /** Bytes of its own tags. */
  readonly tagBytes: number;
  /** Bytes of the lengths that stand before its values. */
  readonly lengthBytes: number;
  /** Bytes of its values; the end tag of an unknown group is one of them. */
  readonly valueBytes: number;
  /** How many numbers a packed list has. */
  readonly items?: number;
  /** What the value is made of, in the order in which it first stands in the bytes. */
  readonly parts: readonly Measured[];
}

/**
 * Where the bytes of a message go, as a tree of its fields, in the words of the wire JSON. The sum of
 * every node is exact, unknown fields included. No rules are enforced. Throws what the codec's `encode`
 * throws.
 */
export function measure<M extends Message>(
  { schema, codec, definition }: Contract<M>,
  message: M,
): Measured {
  return measureBytes(schema, codec.encode(message), definition.dialect.keys);
}

/**
 * Where the bytes of an encoded message go. Records of one field are one node, wherever they stand; so
 * are those of a message that was written in several pieces. `keys` is the spelling of the names: the
 * proto's, which is the default, or its JSON names. Takes time and memory in proportion to the bytes.
 * Throws ContractError `input.type`, `input.depth`, `format` (a map key that is not UTF-8),
 * `binary.truncated` or `binary.malformed`, as decoding does; strings outside of keys are not read.
 */
export function measureBytes(
  schema: DescMessage,
  bytes: Uint8Array,
  keys: Dialect["keys"] = "proto",
): Measured {
  return read(schema, bytes, new Ruler(keys, true));
}

/** The same for the fields of the message alone: their nodes have no parts. */
export function measureFields(
  schema: DescMessage,
  bytes: Uint8Array,
  keys: Dialect["keys"],
): Measured {
  return read(schema, bytes, new Ruler(keys, false));
}

/** Every place of a tree with its path, `seed_states[3].stage`; a place comes before what is in it. */
export function* eachPlace(
  measured: Measured,
): Generator<readonly [path: string, measured: Measured], void, undefined> {
  const pending: { node: Measured; steps: readonly Step[] }[] = [{ node: measured, steps: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, steps } = next;
    yield [formatPath(steps), node];
    for (const part of node.parts.toReversed()) {
      pending.push({ node: part, steps: part.step === undefined ? steps : [...steps, part.step] });
    }
  }
}

/** A tree is read by a codec of its own, so that bytes are taken and refused as they are on decoding. */
function read(schema: DescMessage, bytes: Uint8Array, ruler: Ruler): Measured {
  const codec = createCodec<Scope>(
    schema.typeName,
    () => openScope("message"),
    (scope, source, view, start, end, depth) => {
      count(scope.node, 0, 0, end - start);
      ruler.message(scope, schema, { bytes: source, view }, start, end, depth);
    },
    (scope) => wrongMessage(schema.typeName, scope),
  );
  return codec.decode(bytes).node;
}

type Growing = { -readonly [K in keyof Measured]: Measured[K] } & { readonly parts: Growing[] };

/** A node that still grows, and the nodes of its fields by their numbers. */
interface Scope {
  readonly node: Growing;
  fields: Map<number, Scope> | undefined;
}

interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function openScope(kind: Measured["kind"], step?: Step): Scope {
  return { node: open(kind, step), fields: undefined };
}

function open(kind: Measured["kind"], step?: Step): Growing {
  const sizes = { bytes: 0, tagBytes: 0, lengthBytes: 0, valueBytes: 0, parts: [] };
  return step === undefined ? { kind, ...sizes } : { kind, step, ...sizes };
}

function count(node: Growing, tag: number, length: number, value: number): void {
  node.tagBytes += tag;
  node.lengthBytes += length;
  node.valueBytes += value;
  node.bytes += tag + length + value;
}

/** Counts a record and returns where its value begins, after the length if it has one. */
function countRecord(node: Growing, { bytes }: Source, record: WireRecord): number {
  let from = record.value;
  if (record.wireType === WireType.LengthDelimited) {
    readLength(bytes, from, record.end);
    from = after();
  }
  count(node, record.value - record.start, from - record.value, record.end - from);
  return from;
}

/** The part of a field, which is made for its first record. */
function partOf(scope: Scope, number: number, kind: Measured["kind"], step?: Step): Scope {
  scope.fields ??= new Map();
  let part = scope.fields.get(number);
  if (part === undefined) {
    part = openScope(kind, step);
    scope.fields.set(number, part);
    scope.node.parts.push(part.node);
  }
  return part;
}

/** A further part of a list or map. */
function append(list: Growing, kind: Measured["kind"], record: WireRecord): Scope {
  const item = openScope(kind, list.parts.length);
  list.parts.push(item.node);
  count(list, 0, 0, record.end - record.start);
  return item;
}

/** Counts the records of messages into their nodes. */
class Ruler {
  readonly #known = new Map<DescMessage, ReadonlyMap<number, DescField>>();

  /** `deep`: also counts what is in the fields of the outermost message. */
  constructor(
    readonly keys: Dialect["keys"],
    readonly deep: boolean,
  ) {}

  message(
    scope: Scope,
    schema: DescMessage,
    source: Source,
    start: number,
    end: number,
    depth: number,
  ): void {
    if (depth > maxDepth) tooDeep(start);
    const fields = this.#fieldsOf(schema);
    eachRecord(source.bytes, start, end, depth, (record) => {
      const field = fields.get(record.number);
      if (field === undefined || !takes(field, record.wireType)) unknown(scope, source, record);
      else this.#field(scope, field, source, record, depth);
    });
  }

  #fieldsOf(schema: DescMessage): ReadonlyMap<number, DescField> {
    let fields = this.#known.get(schema);
    if (fields === undefined) {
      fields = new Map(schema.fields.map((field) => [field.number, field]));
      this.#known.set(schema, fields);
    }
    return fields;
  }

  #field(scope: Scope, field: DescField, source: Source, record: WireRecord, depth: number): void {
    const part = partOf(
      scope,
      field.number,
      kindOf(field),
      this.keys === "proto" ? field.name : field.jsonName,
    );
    const { node } = part;
    if (!this.deep) {
      countRecord(node, source, record);
      return;
    }
    const index = node.parts.length;
    try {
      if (field.fieldKind === "map") {
        this.#entry(append(node, "entry", record), field, source, record, depth + 1);
      } else if (node.kind === "packed") {
        countPacked(node, field, source, record);
      } else {
        const item = node.kind === "list" ? append(node, valueKindOf(field), record) : part;
        this.#value(item, field, source, record, depth + 1);
      }
    } catch (thrown) {
      throw within(thrown, field.name, node.kind === "list" ? index : undefined);
    }
  }

  /** Counts a single value: that of a field, an item of a list, or the value of a map entry. */
  #value(scope: Scope, field: DescField, source: Source, record: WireRecord, depth: number): void {
    const from = countRecord(scope.node, source, record);
    if (field.message !== undefined) {
      this.message(scope, field.message, source, from, record.end, depth);
    }
  }

  #entry(scope: Scope, field: MapField, source: Source, record: WireRecord, depth: number): void {
    const { node } = scope;
    const from = countRecord(node, source, record);
    node.step = defaultKey(field.mapKey);
    eachRecord(source.bytes, from, record.end, depth, (inner) => {
      if (inner.number === 1 && inner.wireType === wireTypes[field.mapKey]) {
        const at = countRecord(partOf(scope, 1, "key").node, source, inner);
        node.step = readKey(field.mapKey, source, at, inner.end);
      } else if (inner.number === 2 && inner.wireType === wireTypeOf(field)) {
        this.#value(partOf(scope, 2, valueKindOf(field)), field, source, inner, depth);
      } else {
        unknown(scope, source, inner);
      }
    });
  }
}

function unknown(scope: Scope, source: Source, record: WireRecord): void {
  // A known field in a form that is not its own has a part of each kind, so its number is not free.
  const { node } = partOf(scope, -record.number, "unknown", `field ${record.number}`);
  countRecord(node, source, record);
}

function kindOf(field: DescField): Measured["kind"] {
  if (field.fieldKind === "map") return "map";
  if (field.fieldKind !== "list") return valueKindOf(field);
  return wireTypeOf(field) === WireType.LengthDelimited ? "list" : "packed";
}

function valueKindOf(field: DescField): Measured["kind"] {
  return field.message === undefined ? "value" : "message";
}

/** True for the wire types in which the field is read; any other is an unknown field. */
function takes(field: DescField, wireType: number): boolean {
  if (field.fieldKind === "map") return wireType === WireType.LengthDelimited;
  if (wireType === wireTypeOf(field)) return true;
  return field.fieldKind === "list" && wireType === WireType.LengthDelimited;
}

/** The wire type of one value of a field: an item of a list, the value of a map entry. */
function wireTypeOf(field: DescField): WireType {
  if (field.scalar !== undefined) return wireTypes[field.scalar];
  return field.message === undefined ? WireType.Varint : WireType.LengthDelimited;
}

const wireTypes: Readonly<Record<ScalarType, WireType>> = {
  [ScalarType.DOUBLE]: WireType.Bit64,
  [ScalarType.FLOAT]: WireType.Bit32,
  [ScalarType.INT64]: WireType.Varint,
  [ScalarType.UINT64]: WireType.Varint,
  [ScalarType.INT32]: WireType.Varint,
  [ScalarType.FIXED64]: WireType.Bit64,
  [ScalarType.FIXED32]: WireType.Bit32,
  [ScalarType.BOOL]: WireType.Varint,
  [ScalarType.STRING]: WireType.LengthDelimited,
  [ScalarType.BYTES]: WireType.LengthDelimited,
  [ScalarType.UINT32]: WireType.Varint,
  [ScalarType.SFIXED32]: WireType.Bit32,
  [ScalarType.SFIXED64]: WireType.Bit64,
  [ScalarType.SINT32]: WireType.Varint,
  [ScalarType.SINT64]: WireType.Varint,
};

/** Counts a run of numbers, or one that stands alone. */
function countPacked(node: Growing, field: DescField, source: Source, record: WireRecord): void {
  const from = countRecord(node, source, record);
  const wireType = wireTypeOf(field);
  let items = 0;
  let at = from;
  for (; at < record.end; items++) {
    if (wireType === WireType.Varint) {
      readVarint(source.bytes, at);
      at = after();
    } else {
      at += wireType === WireType.Bit64 ? 8 : 4;
    }
  }
  if (at !== record.end) truncated(record.end);
  node.items = (node.items ?? 0) + items;
}

type MapField = DescField & { readonly fieldKind: "map" };
type MapKey = MapField["mapKey"];

/** The key of an entry that has none. */
function defaultKey(type: MapKey): string {
  if (type === ScalarType.STRING) return "";
  return type === ScalarType.BOOL ? "false" : "0";
}

function readKey(type: MapKey, { bytes, view }: Source, at: number, end: number): string {
  switch (type) {
    case ScalarType.STRING:
      return readString(bytes, view, at, end - at);
    case ScalarType.BOOL:
      return String(readBool(bytes, at));
    case ScalarType.INT64:
      return String(readInt64(bytes, at));
    case ScalarType.UINT64:
      return String(readUint64(bytes, at));
    case ScalarType.SINT64:
      return String(readSint64(bytes, at));
    case ScalarType.FIXED64:
      return String(view.getBigUint64(at, true));
    case ScalarType.SFIXED64:
      return String(view.getBigInt64(at, true));
    case ScalarType.FIXED32:
      return String(view.getUint32(at, true));
    case ScalarType.SFIXED32:
      return String(view.getInt32(at, true));
    case ScalarType.UINT32:
      return String(readVarint(bytes, at) >>> 0);
    case ScalarType.SINT32: {
      const zigzag = readVarint(bytes, at);
      return String((zigzag >>> 1) ^ -(zigzag & 1));
    }
    default:
      return String(readVarint(bytes, at));
  }
}
