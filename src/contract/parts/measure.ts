import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";
import { createCodec } from "../../wire/create-codec.js";
import { maxDepth } from "../../wire/elements.js";
import { tooDeep, truncated, within, wrongMessage } from "../../wire/fault.js";
import { readString } from "../../wire/text.js";
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
import { eachRecord, type WireRecord } from "./records.js";

/**
 * The sizes of a message or of one place in it, as a tree. `bytes` is the sum of `tagBytes`,
 * `lengthBytes` and `valueBytes`; `valueBytes` is the sum of the parts, where there are any. Plain data
 * that JSON can carry.
 */
export interface Measured {
  /**
   * What is measured: a message; a list or map with all its records; a packed list of numbers; an entry of
   * a map; the key of an entry; a single value; or fields that the contract does not know.
   */
  readonly kind: "message" | "list" | "packed" | "map" | "entry" | "key" | "value" | "unknown";
  /**
   * The last step of its path: a field name, a list index, a map key, or `field 99` for an unknown field.
   * Not set for the whole message, nor for the key and value of an entry, which share the entry's path.
   */
  readonly step?: Step;
  /** All bytes, its own tags and lengths included. */
  readonly bytes: number;
  /** Bytes of its field tags. */
  readonly tagBytes: number;
  /** Bytes of its length prefixes. */
  readonly lengthBytes: number;
  /** Bytes of its values; the end tag of an unknown group counts as value. */
  readonly valueBytes: number;
  /** Number of items of a packed list; not set otherwise. */
  readonly items?: number;
  /** What the value consists of, in the order of first appearance in the bytes. */
  readonly parts: readonly Measured[];
}

/** What {@link measure} needs of a contract; every `Contract` has it. */
export interface MeasuredContract<in M> {
  readonly schema: DescMessage;
  readonly codec: { encode(message: M): Uint8Array };
  readonly definition: { readonly dialect: Pick<Dialect, "keys"> };
}

/**
 * Measures the binary size of each field of a message, in bytes. Names are those of the wire JSON. The
 * sizes are exact, unknown fields included. No rules are enforced. Throws what the codec's `encode` throws.
 */
export function measure<M>(
  { schema, codec, definition }: MeasuredContract<M>,
  message: M,
): Measured {
  return measureBytes(schema, codec.encode(message), definition.dialect.keys);
}

/**
 * Measures an encoded message. All records of a field are one node, wherever they are in the bytes; so are
 * the pieces of a message field that was written several times. `keys`: names as in the proto (`proto`,
 * the default) or its JSON names (`json`). Time and memory grow in proportion to the bytes. Throws
 * ContractError `input.type`, `input.depth`, `format` (a map key that is not UTF-8), `binary.truncated` or
 * `binary.malformed`, as decoding does; strings are only read where they are map keys.
 */
export function measureBytes(
  schema: DescMessage,
  bytes: Uint8Array,
  keys: Dialect["keys"] = "proto",
): Measured {
  return read(schema, bytes, new Ruler(keys, true));
}

/** Like {@link measureBytes}, but only the top-level fields: their nodes have no parts. */
export function measureFields(
  schema: DescMessage,
  bytes: Uint8Array,
  keys: Dialect["keys"],
): Measured {
  return read(schema, bytes, new Ruler(keys, false));
}

/** Every node of a tree with its path, e.g. `seed_states[3].stage`; a node comes before its parts. */
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

/** Reads through a codec of its own, so that the same bytes are accepted and refused as on decoding. */
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

/** A node that is being filled, and the nodes of its fields by field number. */
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

/** Counts a record and returns the offset of its value, after the length prefix if there is one. */
function countRecord(node: Growing, { bytes }: Source, record: WireRecord): number {
  let from = record.value;
  if (record.wireType === WireType.LengthDelimited) {
    readLength(bytes, from, record.end);
    from = after();
  }
  count(node, record.value - record.start, from - record.value, record.end - from);
  return from;
}

/** The node of a field; created for its first record. */
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

/** Adds a node for the next item of a list or entry of a map. */
function append(list: Growing, kind: Measured["kind"], record: WireRecord): Scope {
  const item = openScope(kind, list.parts.length);
  list.parts.push(item.node);
  count(list, 0, 0, record.end - record.start);
  return item;
}

/** Adds the sizes of a message's records to their nodes. */
class Ruler {
  readonly #known = new Map<DescMessage, ReadonlyMap<number, DescField>>();

  /** `deep`: also measures inside the top-level fields. */
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
  // A known field with another wire type has both an own and an unknown node, so its number is taken.
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

/** Whether a field is read with this wire type; with any other it is an unknown field. */
function takes(field: DescField, wireType: number): boolean {
  if (field.fieldKind === "map") return wireType === WireType.LengthDelimited;
  if (wireType === wireTypeOf(field)) return true;
  return field.fieldKind === "list" && wireType === WireType.LengthDelimited;
}

/** The wire type of one value of a field: of an item of a list, or of the value of a map entry. */
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

/** Counts a packed run of numbers, or a single unpacked one. */
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

/** The key of an entry whose bytes have none. */
function defaultKey(type: MapKey): string {
  if (type === ScalarType.STRING) return "";
  return type === ScalarType.BOOL ? "false" : "0";
}

function readKey(type: MapKey, { bytes, view }: Source, at: number, end: number): string {
  switch (type) {
    case ScalarType.STRING:
      return readString(bytes, view, at, end - at, 0);
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
