import type { Context } from "../base/context.js";

/** Writes a checked value as JSON text. */
export type ValueWriter = (value: unknown, out: JsonWriter) => void;

/**
 * Takes the values of a message in order and writes them as JSON text. What JSON cannot express is
 * reported to `context`.
 */
export interface JsonWriter {
  readonly context: Context;
  openObject(): void;
  closeObject(): void;
  openArray(): void;
  closeArray(): void;
  /** Begins the next item of the array that was opened last. */
  item(): void;
  /** A key of the object that was opened last, made by {@link keyBytes}. */
  key(bytes: Uint8Array): void;
  /** A key of a map, which is escaped. */
  entry(key: string): void;
  string(text: string): void;
  /**
   * Writes UTF-8 bytes as a string and returns true if all are ASCII and none needs an escape. Otherwise
   * writes nothing and returns false.
   */
  asciiString(content: Uint8Array): boolean;
  /** A finite number. */
  number(value: number): void;
  /** Any JSON value. */
  value(json: unknown): void;
  /** JSON text, which is not checked. */
  json(text: string): void;
  /** JSON text of ASCII characters only, which is not checked. */
  raw(ascii: string): void;
}

const encoder = new TextEncoder();

/** A key as a {@link JsonWriter} takes it: with the comma before it and the colon after it. */
export function keyBytes(key: string): Uint8Array {
  return encoder.encode(`,${JSON.stringify(key)}:`);
}

/** The `text` of a field rule; where it has none, what its `write` returns is written as text. */
export function valueWriter({
  text,
  write,
}: {
  readonly text?: ValueWriter;
  readonly write: (value: unknown, context: Context) => unknown;
}): ValueWriter {
  return text ?? ((value, out) => out.value(write(value, out.context)));
}
