import { create, type Message } from "@bufbuild/protobuf";
import { DoubleValueSchema, type StringValue, StringValueSchema } from "@bufbuild/protobuf/wkt";
import { expect } from "vitest";
import { DoubleValueCodec, StringValueCodec } from "../../gen/google/wkt.js";
import { ExecAssignment } from "../../src/beamline/index.js";
import { ErrorEvent } from "../../src/jimbot/index.js";
import { EventEnvelope } from "../../src/leyline/index.js";
import { formatPath } from "../../src/wire/path.js";
import { preview } from "../../src/wire/preview.js";
import { concat, sized, tag } from "../support/binary/bytes.js";
import { checkDecode, checkEncode } from "../support/binary/differential.js";
import type { Subject } from "../support/binary/test-all-types.js";
import { refusalOf } from "../support/refusal.js";
import type { Check } from "./check.js";

const stringValue: Subject & { readonly codec: typeof StringValueCodec } = {
  schema: StringValueSchema,
  codec: StringValueCodec,
};

/** A message with one text, and the path of the text. */
interface Place {
  readonly name: string;
  readonly path: (text: string) => string;
  readonly subject: Subject;
  readonly make: (text: string) => Message;
}

const places: readonly Place[] = [
  { name: "a field", path: () => "value", subject: stringValue, make: messageOf },
  {
    name: "a list",
    path: () => "routing_keys[1]",
    subject: EventEnvelope,
    make: (text) => create(EventEnvelope.schema, { routingKeys: ["a", text, "b"] }),
  },
  {
    name: "a map key",
    path: keyPath,
    subject: ErrorEvent,
    make: (text) => create(ErrorEvent.schema, { context: { [text]: "a" } }),
  },
  {
    name: "a map value",
    path: () => "context.a",
    subject: ErrorEvent,
    make: (text) => create(ErrorEvent.schema, { context: { a: text } }),
  },
  {
    name: "a JSON object",
    path: () => "metadata",
    subject: ExecAssignment,
    make: (text) => create(ExecAssignment.schema, { metadata: { a: [text], [text]: text } }),
  },
];

function messageOf(value: string): StringValue {
  return create(StringValueSchema, { value });
}

function keyPath(text: string): string {
  return formatPath(["context", text]);
}

/** One character for each encoded length, and characters that a decoder may drop by mistake. */
const units = ["a", "\u0000", "é", "€", "\ufeff", "😀"];

/** Texts of all lengths around those at which another algorithm is used, with characters of each encoded length. */
const lengths = [
  ...Array.from({ length: 48 }, (_, index) => index),
  ...[63, 64, 85, 86, 127, 128, 129, 170, 171, 172, 255, 256, 257, 341, 342, 511, 512, 513, 1024],
];
/** Texts whose length prefix needs more bytes or for which the buffer must grow. */
const longLengths = [4095, 4096, 5461, 5462, 8191, 8192, 16_383, 16_384, 21_845, 65_536, 700_000];

function textsOf(unit: string, length: number): string[] {
  const letters = "b".repeat(length);
  return [unit.repeat(length), `${unit}${letters}`, `${letters}${unit}`, `c${unit}${letters}`];
}

function checkTexts({ subject, make }: Place): void {
  for (const unit of units) {
    for (const length of lengths) {
      for (const text of textsOf(unit, length)) checkText(subject, make(text));
    }
  }
}

function checkText(subject: Subject, message: Message): void {
  expect(checkDecode(subject, checkEncode(subject, message, 1))).toEqual([]);
}

function checkLongTexts(): void {
  for (const unit of units) {
    for (const length of longLengths) {
      for (const text of textsOf(unit, length)) checkText(stringValue, messageOf(text));
    }
  }
}

const lone = [
  "\ud800",
  "\udbff",
  "\udc00",
  "\udfff",
  "\ud83d\ud83d\ude00",
  "\ude00\ud83d",
  "😀\ud83d",
  "\ud800a",
];
/** Lengths around that from which the engine writes a text. */
const paddings = [0, 1, 30, 34, 35, 36, 37, 64, 127, 128, 129, 511, 512, 513, 20_000];

function checkLone({ subject, path, make }: Place): void {
  for (const text of lone.flatMap((part) => paddings.flatMap((length) => around(part, length)))) {
    const issue = `expected a string without lone surrogates, got ${preview(text)} [format]`;
    const message = `cannot encode ${subject.codec.typeName}: ${path(text)}: ${issue}`;
    const doomed = make(text);
    const { encode, encodeInto, size } = subject.codec;
    const target = new Uint8Array(100_000);
    for (const method of [encode, size]) {
      expect(refusalOf(() => method(doomed)).message).toBe(message);
    }
    expect(refusalOf(() => encodeInto(doomed, target, 5)).message).toBe(message);
  }
}

/** The part after, before and between letters. */
function around(part: string, length: number): string[] {
  const letters = "x".repeat(length);
  return [`${letters}${part}`, `${part}${letters}`, `${letters}${part}${letters}`];
}

/** Invalid UTF-8, one example of each kind. */
const noUtf8 = [
  [0x80],
  [0xbf],
  [0xc0, 0x80],
  [0xc1, 0xbf],
  [0xc3],
  [0xc3, 0x28],
  [0xe0, 0x80, 0x80],
  [0xe0, 0x9f, 0xbf],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xed, 0xb0, 0x80],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xfe],
  [0xff],
];
/** Lengths around those at which another reading algorithm is used. */
const readPaddings = [
  0, 1, 3, 20, 21, 22, 23, 24, 25, 100, 126, 127, 128, 510, 511, 512, 513, 5000,
];

function checkNoUtf8(): void {
  for (const sequence of noUtf8) {
    for (const length of readPaddings) {
      const letters = new Uint8Array(length).fill(0x78);
      for (const text of [concat(letters, sequence), concat(sequence, letters)]) {
        const bytes = concat(tag(1, 2), sized(text));
        const at = bytes.length - text.length;
        expect(refusalOf(() => StringValueCodec.decode(bytes)).message).toBe(
          `cannot decode google.protobuf.StringValue from binary: value: a string that is not UTF-8 (at byte ${at}) [format]`,
        );
        const key = concat(tag(6, 2), sized(bytes));
        expect(refusalOf(() => ErrorEvent.codec.decode(key)).message).toBe(
          `cannot decode jimbot.events.v1.ErrorEvent from binary: context: a string that is not UTF-8 (at byte ${key.length - text.length}) [format]`,
        );
      }
    }
  }
}

/** Byte arrays that TextEncoder may refuse to write to. */
const memories: readonly (readonly [string, () => ArrayBufferLike])[] = [
  ["shared memory", () => new SharedArrayBuffer(4096)],
  ["shared memory that can grow", () => new SharedArrayBuffer(4096, { maxByteLength: 8192 })],
  ["memory that can be resized", () => new ArrayBuffer(4096, { maxByteLength: 8192 })],
];

function checkMemory(make: () => ArrayBufferLike): void {
  for (const unit of units) {
    for (const length of [1, 35, 36, 37, 200, 300]) {
      const message = messageOf(unit.repeat(length));
      const expected = StringValueCodec.encode(message);
      const target = new Uint8Array(make(), 8);
      const end = StringValueCodec.encodeInto(message, target, 7);
      expect(end).toBe(7 + expected.length);
      expect(target.slice(7, end)).toEqual(expected);
      expect(StringValueCodec.decode(target.subarray(7, end))).toEqual(message);
    }
  }
}

/** A target that was resized since the last call can be used completely. */
function checkGrowth(): void {
  const memory = new ArrayBuffer(16, { maxByteLength: 4096 });
  const target = new Uint8Array(memory);
  const message = create(DoubleValueSchema, { value: 1.5 });
  expect(DoubleValueCodec.encodeInto(message, target, 0)).toBe(9);
  memory.resize(4096);
  expect(DoubleValueCodec.encodeInto(message, target, 100)).toBe(109);
  expect(target.slice(100, 109)).toEqual(DoubleValueCodec.encode(message));
}

/** Long texts are written and read with TextEncoder and TextDecoder. */
function checkPlatform(): void {
  const calls: string[] = [];
  const encoding = spyOn(TextEncoder.prototype, "encodeInto", calls);
  const decoding = spyOn(TextDecoder.prototype, "decode", calls);
  try {
    const message = messageOf("a".repeat(100));
    expect(StringValueCodec.decode(StringValueCodec.encode(message))).toEqual(message);
    expect(calls).toEqual(["encodeInto", "decode"]);
  } finally {
    encoding();
    decoding();
  }
}

/** Records the calls of a method, until the returned function is called. */
function spyOn(prototype: object, name: string, calls: string[]): () => void {
  const method: unknown = Reflect.get(prototype, name);
  if (typeof method !== "function") throw new Error(`there is no ${name}`);
  Reflect.set(prototype, name, function spy(this: unknown, ...given: unknown[]): unknown {
    calls.push(name);
    return Reflect.apply(method, this, given);
  });
  return () => Reflect.set(prototype, name, method);
}

/** Checks of everything that depends on how the platform writes and reads text. */
export const textChecks: readonly Check[] = [
  { name: "long texts go through TextEncoder and TextDecoder", run: checkPlatform },
  ...places.map((place) => ({
    name: `texts of many lengths in ${place.name} are written as protobuf-es writes them`,
    run: () => checkTexts(place),
  })),
  { name: "very long texts are written as protobuf-es writes them", run: checkLongTexts },
  ...places.map((place) => ({
    name: `lone surrogates in ${place.name} are refused`,
    run: () => checkLone(place),
  })),
  { name: "bytes that are not UTF-8 are refused", run: checkNoUtf8 },
  ...memories.map(([name, make]) => ({
    name: `texts are encoded into ${name}`,
    run: () => checkMemory(make),
  })),
  { name: "a target may grow", run: checkGrowth },
];
