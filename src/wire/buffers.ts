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

/** Node's Buffer where there is one, found without naming any module. */
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

/** Whether bytes made by {@link createBuffers} have Node's fast text methods. */
export const native: boolean = node !== undefined;

/** True for bytes of {@link createBuffers} where {@link native} is true. */
export function isNative(bytes: Uint8Array): bytes is NodeBuffer {
  return native && bytes.length >= 0;
}

/** Buffers of a size. In Node the byte array is a Buffer, because its text methods are the fastest. */
export function createBuffers(size: number): Buffers {
  return viewOf(new Uint8Array(size));
}

const lengthGetter: unknown = Reflect.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  "length",
)?.get;

/**
 * The length of a byte array as the engine knows it, whatever a property of that name says; -1 for what
 * only looks like a Uint8Array.
 */
export function lengthOf(bytes: Uint8Array): number {
  try {
    return typeof lengthGetter === "function" ? lengthGetter.call(bytes) : -1;
  } catch {
    return -1;
  }
}

/** Buffers over bytes that exist already. */
export function viewOf(source: Uint8Array): Buffers {
  const { buffer, byteOffset, byteLength } = source;
  // Not the source itself: the length of that may follow a buffer that grows, a DataView's does not.
  const bytes =
    node === undefined
      ? new Uint8Array(buffer, byteOffset, byteLength)
      : node.from(buffer, byteOffset, byteLength);
  return { bytes, view: new DataView(buffer, byteOffset, byteLength) };
}
