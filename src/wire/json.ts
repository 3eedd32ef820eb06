import { countElement, enterMessage, maxDepth } from "./elements.js";
import { full, listLength, malformed, tooDeep, truncated, wrong } from "./fault.js";
import { checkMap, isOwn, readKey, setEntry } from "./map.js";
import { readString, writeString } from "./text.js";
import { skip } from "./unknown.js";
import { after, closeLength, readBool, readLength, readTag, readVarint } from "./varint.js";

/** A plain JSON object: how protobuf-es represents a google.protobuf.Struct field. */
export type JsonObject = { [key: string]: JsonValue };
/** A plain JSON value. */
type JsonValue = number | string | boolean | null | JsonObject | JsonValue[];

/** Reads a google.protobuf.Struct as an object. Merges into `present` if the field occurred before. */
export function readJsonObject(
  present: JsonObject | undefined,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  depth: number,
): JsonObject {
  if (depth > maxDepth) enterMessage(depth, start);
  const object = present ?? {};
  let at = start;
  while (at < end) {
    const tag = readTag(bytes, at, end);
    at = after();
    if (tag !== 10) {
      at = skip(tag, bytes, at, end, depth);
      continue;
    }
    const length = readLength(bytes, at, end);
    at = after();
    if (depth > maxDepth) countElement(depth, at);
    readEntry(object, bytes, view, at, at + length, depth);
    at += length;
  }
  if (at !== end) truncated(end);
  return object;
}

function readEntry(
  object: JsonObject,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  depth: number,
): void {
  // What writers write: one key, then one value, both with a length of one byte.
  const keySize = bytes[start + 1] ?? 0;
  const middle = start + 2 + keySize;
  const valueSize = bytes[middle + 1] ?? 0;
  if (
    bytes[start] === 10 &&
    bytes[middle] === 18 &&
    (keySize | valueSize) < 0x80 &&
    middle + 2 + valueSize === end
  ) {
    const name = readKey(bytes, view, start + 2, keySize);
    setEntry(object, name, readValue(undefined, bytes, view, middle + 2, end, depth + 1));
    return;
  }
  let key = "";
  let value: JsonValue | undefined;
  let at = start;
  while (at < end) {
    const tag = readTag(bytes, at, end);
    at = after();
    if (tag !== 10 && tag !== 18) {
      at = skip(tag, bytes, at, end, depth);
      continue;
    }
    const length = readLength(bytes, at, end);
    at = after();
    if (tag === 10) key = readKey(bytes, view, at, length);
    else value = readValue(value, bytes, view, at, at + length, depth + 1);
    at += length;
  }
  if (at !== end) truncated(end);
  setEntry(object, key, value ?? null);
}

function readValue(
  present: JsonValue | undefined,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  depth: number,
): JsonValue {
  if (depth > maxDepth) enterMessage(depth, start);
  const first = bytes[start];
  if (first === 26 && end - start === 2 + (bytes[start + 1] ?? 0) && end - start < 0x80) {
    return readString(bytes, view, start + 2, end - start - 2, depth);
  }
  if (first === 17 && end - start === 9) {
    const number = view.getFloat64(start + 1, true);
    if (Number.isFinite(number)) return number;
  }
  let value = present;
  let at = start;
  while (at < end) {
    const tag = readTag(bytes, at, end);
    at = after();
    switch (tag) {
      case 8:
        readVarint(bytes, at);
        at = after();
        value = null;
        break;
      case 17:
        if (at + 8 > end) truncated(at);
        value = view.getFloat64(at, true);
        if (!Number.isFinite(value)) malformed("a google.protobuf.Value that is not finite", at);
        at += 8;
        break;
      case 32:
        value = readBool(bytes, at);
        at = after();
        break;
      case 26:
      case 42:
      case 50: {
        const length = readLength(bytes, at, end);
        at = after();
        value = readSized(value, tag, bytes, view, at, at + length, depth);
        at += length;
        break;
      }
      default:
        at = skip(tag, bytes, at, end, depth);
    }
  }
  if (at !== end) truncated(end);
  // Other implementations send a Value without a kind after merely reading an entry that is missing.
  return value ?? null;
}

function readSized(
  present: JsonValue | undefined,
  tag: number,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  depth: number,
): JsonValue {
  if (tag === 26) return readString(bytes, view, start, end - start, depth);
  if (tag === 50) {
    return readList(Array.isArray(present) ? present : [], bytes, view, start, end, depth + 1);
  }
  const object = isObject(present) ? present : undefined;
  return readJsonObject(object, bytes, view, start, end, depth + 1);
}

function readList(
  list: JsonValue[],
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  depth: number,
): JsonValue[] {
  if (depth > maxDepth) enterMessage(depth, start);
  let at = start;
  while (at < end) {
    const tag = readTag(bytes, at, end);
    at = after();
    if (tag !== 10) {
      at = skip(tag, bytes, at, end, depth);
      continue;
    }
    const length = readLength(bytes, at, end);
    at = after();
    list.push(readValue(undefined, bytes, view, at, at + length, depth + 1));
    at += length;
  }
  if (at !== end) truncated(end);
  return list;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Throws for a Map, a Date or any other object that is not plain: `for..in` does not see their content. */
function checkObject(object: object): void {
  // Reading the prototype of many different objects takes longer than writing a small one.
  if (object?.constructor !== Object) checkMap(object);
}

/** Bytes for the tags and lengths of an entry and its value, and for a value of fixed size. */
const room = 40;

/** Writes an object as a google.protobuf.Struct and returns the end. */
export function writeJsonObject(
  object: JsonObject,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  depth: number,
): number {
  if (depth > maxDepth) tooDeep();
  checkObject(object);
  let at = start;
  for (const key in object) {
    if (!isOwn.call(object, key)) continue;
    if (at + room > bytes.length) throw full;
    bytes[at++] = 10;
    const entry = ++at;
    bytes[at++] = 10;
    at = writeString(key, bytes, at);
    if (at + room > bytes.length) throw full;
    bytes[at++] = 18;
    at = closeLength(bytes, at + 1, writeValue(object[key], bytes, view, at + 1, depth + 1));
    at = closeLength(bytes, entry, at);
  }
  return at;
}

function writeValue(
  value: JsonValue | undefined,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  depth: number,
): number {
  if (depth > maxDepth) tooDeep();
  switch (typeof value) {
    case "string":
      bytes[start] = 26;
      return writeString(value, bytes, start + 1);
    case "number":
      if (!Number.isFinite(value)) wrong("a finite number", value, "float.not_finite");
      bytes[start] = 17;
      view.setFloat64(start + 1, value, true);
      return start + 9;
    case "boolean":
      bytes[start] = 32;
      bytes[start + 1] = value ? 1 : 0;
      return start + 2;
    case "object":
      return writeContainer(value, bytes, view, start, depth);
    default:
      return wrong("a JSON value", value);
  }
}

function writeContainer(
  value: JsonObject | JsonValue[] | null,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  depth: number,
): number {
  if (value === null) {
    bytes[start] = 8;
    bytes[start + 1] = 0;
    return start + 2;
  }
  bytes[start] = Array.isArray(value) ? 50 : 42;
  const end = Array.isArray(value)
    ? writeList(value, bytes, view, start + 2, depth + 1)
    : writeJsonObject(value, bytes, view, start + 2, depth + 1);
  return closeLength(bytes, start + 2, end);
}

function writeList(
  list: readonly JsonValue[],
  bytes: Uint8Array,
  view: DataView,
  start: number,
  depth: number,
): number {
  if (depth > maxDepth) tooDeep();
  let at = start;
  const count = listLength(list);
  for (let index = 0; index < count; index++) {
    if (at + room > bytes.length) throw full;
    bytes[at++] = 10;
    at = closeLength(bytes, at + 1, writeValue(list[index], bytes, view, at + 1, depth + 1));
  }
  return at;
}
