/** A byte array that a codec writes to or reads from, with a view of the same bytes. */
export interface Buffers {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

interface NodeBuffer extends Uint8Array {
  utf8Write(text: string, offset: number): number;
  asciiSlice(start: number, end: number): string;
}

interface NodeBufferStatic {
  from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array;
  readonly prototype: unknown;
}

/** Node's Buffer, or undefined elsewhere. Looked up at run time: an import would break browser bundles. */
const node = findNodeBuffer();

function findNodeBuffer(): NodeBufferStatic | undefined {
  const candidate: unknown = Reflect.get(globalThis, "Buffer");
  return isNodeBufferStatic(candidate) ? candidate : undefined;
}

function isNodeBufferStatic(value: unknown): value is NodeBufferStatic {
  if (typeof value !== "function" || !("from" in value)) return false;
  const prototype: unknown = value.prototype;
  return (
    typeof prototype === "object" &&
    prototype !== null &&
    "utf8Write" in prototype &&
    "asciiSlice" in prototype
  );
}

/** Whether the bytes of {@link createBuffers} are a Node Buffer with fast text methods. */
export const native: boolean = node !== undefined;

/** Narrows bytes of {@link createBuffers} to a Node Buffer, if {@link native} is true. */
export function isNative(bytes: Uint8Array): bytes is NodeBuffer {
  return native && bytes.length >= 0;
}

/** New buffers of `size` bytes. In Node the byte array is a Buffer, because its text methods are the fastest. */
export function createBuffers(size: number): Buffers {
  return viewOf(new Uint8Array(size));
}

/**
 * Marks a buffer so that it cannot be transferred: instead of emptying what others have in it,
 * `structuredClone` and `postMessage` throw a DataCloneError, or copy (before Node 21). Undefined where there is no such function, as in browsers.
 * Looked up at run time: an import would break browser bundles.
 */
const markUntransferable: ((buffer: object) => void) | undefined = findMark();

function findMark(): ((buffer: object) => void) | undefined {
  try {
    const platform: unknown = Reflect.get(globalThis, "process");
    if (typeof platform !== "object" || platform === null) return undefined;
    const load: unknown = Reflect.get(platform, "getBuiltinModule");
    if (typeof load !== "function") return undefined;
    const threads: unknown = Reflect.apply(load, platform, ["node:worker_threads"]);
    if (typeof threads !== "object" || threads === null) return undefined;
    const mark: unknown = Reflect.get(threads, "markAsUntransferable");
    if (typeof mark !== "function") return undefined;
    return (buffer) => void Reflect.apply(mark, undefined, [buffer]);
  } catch {
    // A platform that only looks like Node.
    return undefined;
  }
}

/** Whether values may share a block: only where nobody can transfer it away from the others. */
export const canShare: boolean = markUntransferable !== undefined;

/** New buffers of `size` bytes for values that share them, which cannot be transferred. See {@link canShare}. */
export function createShared(size: number): Buffers {
  const buffers = createBuffers(size);
  markUntransferable?.(buffers.bytes.buffer);
  return buffers;
}

const lengthGetter: unknown = Reflect.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  "length",
)?.get;

/**
 * The length of a byte array as the engine knows it, even if a property `length` of its own says
 * something else. Returns -1 for an object that only looks like a Uint8Array.
 */
export function lengthOf(bytes: Uint8Array): number {
  try {
    return typeof lengthGetter === "function" ? lengthGetter.call(bytes) : -1;
  } catch {
    return -1;
  }
}

/** Like {@link lengthOf}, for any value; -1 for what is no Uint8Array, such as a Proxy. */
export function lengthOfBytes(value: unknown): number {
  try {
    return value instanceof Uint8Array ? lengthOf(value) : -1;
  } catch {
    return -1;
  }
}

/** Whether a value is a byte array that is what it looks like, with a buffer that was not transferred. */
export function isByteArray(value: unknown): value is Uint8Array {
  if (!(value instanceof Uint8Array)) return false;
  const length = lengthOf(value);
  if (length < 0 || length !== value.length) return false;
  return length > 0 || !isDetached(value);
}

function isDetached(value: Uint8Array): boolean {
  try {
    new Uint8Array(0).set(value);
    return false;
  } catch {
    return true;
  }
}

/** Buffers that share the memory of existing bytes. */
export function viewOf(source: Uint8Array): Buffers {
  const { buffer, byteOffset, byteLength } = source;
  // Not the source itself: its length may change with a resizable buffer, while the DataView's does not.
  const bytes =
    node === undefined
      ? new Uint8Array(buffer, byteOffset, byteLength)
      : node.from(buffer, byteOffset, byteLength);
  return { bytes, view: new DataView(buffer, byteOffset, byteLength) };
}
