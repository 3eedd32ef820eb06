import {
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import {
  isReflectList,
  isReflectMap,
  isReflectMessage,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import { isImplicit, unsupported, valueType } from "./descriptors.js";
import { valueSize } from "./sizes.js";
import { TextPool } from "./text-pool.js";
import type { PreparedTree, WriterModule } from "./write-source.js";

/** What trees are made with. */
interface Kit {
  readonly pool: TextPool;
  readonly nodes: WriterModule["nodes"];
}

/**
 * Makes trees of messages: messages with all that can be done before they are written. Texts are
 * places in a pool of UTF-8, and every message, entry and packed list has its size. A map has its
 * values, and before them heads: the size and the key of each entry. Fields are `f` and their number;
 * those that are not set are zero or undefined.
 */
export function prepareTrees(
  schema: DescMessage,
  messages: readonly Message[],
  nodes: WriterModule["nodes"],
): PreparedTree[] {
  const kit = { pool: new TextPool(), nodes };
  const roots = messages.map((message) => prepareMessage(reflect(schema, message), kit));
  const texts = kit.pool.finish();
  const lengths = new Int32Array(texts.buffer);
  return roots.map((root) => ({ root, texts, lengths }));
}

function prepareMessage(message: ReflectMessage, kit: Kit): object {
  const properties: Record<string, unknown> = { size: messageSize(message) };
  for (const field of message.sortedFields) {
    const many = field.fieldKind === "list" || field.fieldKind === "map";
    const isThere = many || isImplicit(field) || message.isSet(field);
    const value = isThere ? prepareField(field, message.get(field), kit) : undefined;
    properties[`f${field.number}`] = value;
  }
  const node = kit.nodes[message.desc.typeName];
  if (node === undefined) throw new Error(`the writer has no node for ${message.desc.typeName}`);
  return node(properties);
}

function messageSize({ desc, message }: ReflectMessage): number {
  return toBinary(desc, message).length;
}

function prepareField(field: DescField, value: unknown, kit: Kit): unknown {
  if (isReflectMap(value)) {
    const { mapKey } = value.field();
    const heads = Array.from(value, ([key, item]) => [
      2 + sizeOf(field, mapKey, key) + sizeOf(field, valueType(field), item),
      prepareValue(key, kit),
    ]);
    return {
      heads: heads.flat(),
      values: Array.from(value.values(), (item) => prepareValue(item, kit)),
    };
  }
  if (!isReflectList(value)) return prepareValue(value, kit);
  const items = Array.from(value, (item) => prepareValue(item, kit));
  if (!value.field().packed) return items;
  const sizes = Array.from(value, (item) => sizeOf(field, valueType(field), item));
  return { size: sizes.reduce((sum, size) => sum + size, 0), items };
}

function prepareValue(value: unknown, kit: Kit): unknown {
  if (isReflectMessage(value)) return prepareMessage(value, kit);
  return typeof value === "string" ? kit.pool.add(value) : value;
}

/** How many bytes a value takes behind its tag. */
function sizeOf(field: DescField, type: ScalarType | undefined, value: unknown): number {
  if (isReflectMessage(value)) return valueSize(ScalarType.BYTES, messageSize(value));
  if (typeof value === "boolean") return 1;
  const counted = typeof value === "string" ? Buffer.byteLength(value) : value;
  const number = counted instanceof Uint8Array ? counted.length : counted;
  if (type !== undefined && (typeof number === "number" || typeof number === "bigint")) {
    return valueSize(type, number);
  }
  throw unsupported(field, `a value of the type ${typeof value}`);
}
