import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { functionName, isImplicit, messageTypes, unsupported, valueType } from "./descriptors.js";

/** What a generated writer exports. */
export interface WriterModule {
  /** The array that it writes into, from the beginning. */
  readonly bytes: Uint8Array;
  /** Makes the node of a message in a tree, by message type, of an object with the same properties. */
  readonly nodes: Readonly<Record<string, (properties: object) => object>>;
  /** Writes a tree of `prepareTrees`, and gives how many bytes it took. */
  write(tree: PreparedTree): number;
}

/** A message as a generated writer takes it, with the pool of its texts. */
export interface PreparedTree {
  readonly root: object;
  /** The UTF-8 of texts, in numbers of eight bytes. */
  readonly texts: Float64Array;
  /** The same memory, where each text begins with its length. */
  readonly lengths: Int32Array;
}

/** The size of the array that generated writers write into. */
export const writerRoom = 4 * 1024 * 1024;

/**
 * The functions that all writers share. A text is the place of its length among `lengths`, with its
 * UTF-8 behind it in numbers of eight bytes; it is written in such steps, past its end.
 */
const runtime = `const bytes = new Uint8Array(${writerRoom + 8});
const view = new DataView(bytes.buffer);
const long = new BigInt64Array(1);
const half = new Uint32Array(long.buffer);

function varint32(p, n) {
  while (n > 127) {
    bytes[p++] = (n & 127) | 128;
    n >>>= 7;
  }
  bytes[p++] = n;
  return p;
}

function varint64(p, x) {
  long[0] = x;
  const low = half[0];
  const high = half[1];
  if (high === 0) return varint32(p, low);
  bytes[p++] = (low & 127) | 128;
  bytes[p++] = ((low >>> 7) & 127) | 128;
  bytes[p++] = ((low >>> 14) & 127) | 128;
  bytes[p++] = ((low >>> 21) & 127) | 128;
  const next = (low >>> 28) | ((high & 7) << 4);
  const rest = high >>> 3;
  if (rest === 0) {
    bytes[p++] = next;
    return p;
  }
  bytes[p++] = next | 128;
  return varint32(p, rest);
}

function int32(p, n) {
  return n < 0 ? varint64(p, BigInt(n)) : varint32(p, n);
}

function sint32(p, n) {
  return varint32(p, ((n << 1) ^ (n >> 31)) >>> 0);
}

function text(p, place, texts, lengths) {
  const length = lengths[place * 2];
  if (length < 128) bytes[p++] = length;
  else p = varint32(p, length);
  const end = p + length;
  for (let from = place + 1; p < end; p += 8) view.setFloat64(p, texts[from++], true);
  return end;
}

function block(p, whole) {
  p = varint32(p, whole.length);
  bytes.set(whole, p);
  return p + whole.length;
}
`;

/** The source text of a module that writes trees of a message: straight-line code, tags as constants. */
export function writerSource(schema: DescMessage): string {
  const types = messageTypes(schema);
  const functions = types.map(
    (type) => `
function ${functionName("write", type)}(p, m, texts, lengths) {
${byNumber(type).flatMap(writeField).map(indent).join("\n")}
  return p;
}
`,
  );
  return `${runtime}${functions.join("")}
exports.bytes = bytes;
exports.nodes = {
${types.map(nodeOf).join("\n")}
};
exports.write = ({ root, texts, lengths }) =>
  ${functionName("write", schema)}(0, root, texts, lengths);
`;
}

/** The function that makes the node of a message: one literal, so that all nodes have one shape. */
function nodeOf(type: DescMessage): string {
  const fields = byNumber(type).map(({ number }) => `f${number}: m.f${number}`);
  return `  "${type.typeName}": (m) => ({ ${["size: m.size", ...fields].join(", ")} }),`;
}

function byNumber({ fields }: DescMessage): DescField[] {
  return [...fields].sort((a, b) => a.number - b.number);
}

function indent(line: string): string {
  return `  ${line}`;
}

/** The wire types of protobuf. */
const wire = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

function wireType(type: ScalarType): number {
  switch (type) {
    case ScalarType.DOUBLE:
      return wire.fixed64;
    case ScalarType.FLOAT:
      return wire.fixed32;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return wire.delimited;
    default:
      return wire.varint;
  }
}

/** The statements that write a tag. */
function tag(number: number, type: number): string[] {
  const lines: string[] = [];
  let rest = (number << 3) | type;
  for (; rest > 127; rest >>>= 7) lines.push(`bytes[p++] = ${(rest & 127) | 128};`);
  return [...lines, `bytes[p++] = ${rest};`];
}

/** The statement that writes a length, which mostly takes one byte. */
function length(size: string): string {
  return `if (${size} < 128) bytes[p++] = ${size}; else p = varint32(p, ${size});`;
}

function writeField(field: DescField): string[] {
  const item = `m.f${field.number}`;
  switch (field.fieldKind) {
    case "list":
      return writeList(field, item);
    case "map":
      return writeMap(field, item);
    case "message":
      return guarded(`${item} !== undefined`, writeMessage(field.number, field.message, item));
    default:
      return guarded(isSet(field, item), writeValue(field, typeOf(field), item));
  }
}

function guarded(condition: string, lines: readonly string[]): string[] {
  return [`if (${condition}) {`, ...lines.map(indent), "}"];
}

/** The condition under which a writer writes a scalar field. */
function isSet(field: DescField, item: string): string {
  if (!isImplicit(field)) return `${item} !== undefined`;
  switch (typeOf(field)) {
    case ScalarType.BYTES:
      return `${item}.length !== 0`;
    case ScalarType.BOOL:
      return item;
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return `${item} !== 0n`;
    default:
      return `${item} !== 0`;
  }
}

function typeOf(field: DescField): ScalarType {
  const type = valueType(field);
  if (type === undefined) throw unsupported(field, "a field of no scalar type");
  return type;
}

function writeMessage(number: number, type: DescMessage, item: string): string[] {
  const written = `p = ${functionName("write", type)}(p, ${item}, texts, lengths);`;
  return [...tag(number, wire.delimited), length(`${item}.size`), written];
}

function writeList(field: DescField & { readonly fieldKind: "list" }, item: string): string[] {
  if (field.packed) {
    const lines = [
      ...tag(field.number, wire.delimited),
      length(`${item}.size`),
      `for (const x of ${item}.items) ${put(field, typeOf(field), "x")}`,
    ];
    return guarded(`${item}.size !== 0`, lines);
  }
  const lines =
    field.listKind === "message"
      ? writeMessage(field.number, field.message, "x")
      : writeValue(field, typeOf(field), "x");
  return [`for (const x of ${item}) {`, ...lines.map(indent), "}"];
}

function writeMap(field: DescField & { readonly fieldKind: "map" }, item: string): string[] {
  const lines = [
    `const size = ${item}.heads[i * 2];`,
    `const key = ${item}.heads[i * 2 + 1];`,
    `const value = ${item}.values[i];`,
    ...tag(field.number, wire.delimited),
    length("size"),
    ...tag(1, wireType(field.mapKey)),
    put(field, field.mapKey, "key"),
    ...(field.mapKind === "message"
      ? writeMessage(2, field.message, "value")
      : [...tag(2, wireType(typeOf(field))), put(field, typeOf(field), "value")]),
  ];
  return [`for (let i = 0; i < ${item}.values.length; i++) {`, ...lines.map(indent), "}"];
}

function writeValue(field: DescField, type: ScalarType, item: string): string[] {
  return [...tag(field.number, wireType(type)), put(field, type, item)];
}

/** The statement that writes a value behind its tag. */
function put(field: DescField, type: ScalarType, item: string): string {
  switch (type) {
    case ScalarType.STRING:
      return `p = text(p, ${item}, texts, lengths);`;
    case ScalarType.BYTES:
      return `p = block(p, ${item});`;
    case ScalarType.BOOL:
      return `bytes[p++] = ${item} ? 1 : 0;`;
    case ScalarType.FLOAT:
      return `{ view.setFloat32(p, ${item}, true); p += 4; }`;
    case ScalarType.DOUBLE:
      return `{ view.setFloat64(p, ${item}, true); p += 8; }`;
    case ScalarType.UINT32:
      return `if (${item} < 128) bytes[p++] = ${item}; else p = varint32(p, ${item});`;
    case ScalarType.INT32:
      return `if (${item} >>> 0 < 128) bytes[p++] = ${item}; else p = int32(p, ${item});`;
    case ScalarType.SINT32:
      return `p = sint32(p, ${item});`;
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return `p = varint64(p, ${item});`;
    default:
      throw unsupported(field, `the scalar type ${ScalarType[type]}`);
  }
}
