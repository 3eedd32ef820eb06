import type { Context } from "../base/context.js";
import type { FieldRuleParts } from "./field-rule.js";

/** Writes a checked value as JSON text. */
export type ValueWriter = (value: unknown, out: JsonWriter) => void;

/** Takes the values of a message in order and makes JSON text of them. What JSON cannot express is reported to `walk`. */
export interface JsonWriter {
  readonly context: Context;
  openObject(): void;
  closeObject(): void;
  openArray(): void;
  closeArray(): void;
  /** Begins the next item of an array. */
  item(): void;
  /** A key of the object that was opened last, made by {@link keyBytes}. */
  key(bytes: Uint8Array): void;
  /** A key of a map. */
  entry(key: string): void;
  string(text: string): void;
  /** A string of these UTF-8 bytes, when they are ASCII and none needs an escape; otherwise nothing is written. */
  asciiString(content: Uint8Array): boolean;
  /** A finite number. */
  number(value: number): void;
  /** Any JSON value. */
  value(json: unknown): void;
  /** Text that is JSON. */
  json(text: string): void;
  /** JSON text of ASCII characters. */
  raw(ascii: string): void;
}

const encoder = new TextEncoder();

/** A key as a {@link JsonWriter} takes it: with the comma before it and the colon after it. */
export function keyBytes(key: string): Uint8Array {
  return encoder.encode(`,${JSON.stringify(key)}:`);
}

/** How a leaf's values become text: without a way of its own, as what it writes. */
export function valueWriter({ text, write }: FieldRuleParts): ValueWriter {
  return text ?? ((value, out) => out.value(write(value, out.context)));
}
