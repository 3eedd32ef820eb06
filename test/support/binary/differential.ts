import { fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { expect } from "vitest";
import type { Codec, CodecDecodeOptions } from "../../../src/wire/codec.js";
import { type ContractError, isContractError } from "../../../src/wire/error.js";
import { type Difference, judge, restoreNumbers } from "../json/judge.js";
import { difference } from "../same.js";
import { hex, sameBytes } from "./bytes.js";
import type { Subject } from "./test-all-types.js";

type Outcome = { readonly value: Message } | { readonly error: unknown };

function attempt(decode: () => Message): Outcome {
  try {
    return { value: decode() };
  } catch (error) {
    return { error };
  }
}

/** Asserts that every encoding method writes the same bytes as protobuf-es, and nothing outside of them. */
export function checkEncode(
  { schema, codec }: Subject,
  message: Message,
  room = 0,
): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(toBinary(schema, message));
  const own = codec.encode(message, { own: true });
  expectBytes(own, bytes);
  expect(own.buffer.byteLength).toBe(bytes.length);
  expect(codec.size(message)).toBe(bytes.length);
  const shared = codec.encode(message);
  expectBytes(codec.encode(message), bytes);
  expectBytes(shared, bytes);
  const target = new Uint8Array(3 + bytes.length + room).fill(0xa5);
  expect(codec.encodeInto(message, target, 3)).toBe(3 + bytes.length);
  const around = new Uint8Array(target.length).fill(0xa5);
  around.set(bytes, 3);
  expectBytes(target, around);
  return bytes;
}

function expectBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (sameBytes(actual, expected)) return;
  expect(hex(actual)).toBe(hex(expected));
}

/** Asserts that the decoded message equals that of protobuf-es, and does not change when the input is overwritten. */
export function checkAliasing(
  { schema, codec }: Subject,
  bytes: Uint8Array,
  aliasing: CodecDecodeOptions,
): void {
  const input = bytes.slice();
  const message = codec.decode(input, aliasing);
  if (aliasing.alias !== true) input.fill(0xff);
  spoil(codec, input.length);
  expectSame(message, fromBinary(schema, bytes));
}

function expectSame(actual: Message, expected: Message): void {
  expect(difference(actual, expected)).toBeUndefined();
}

/**
 * Asserts that decoding is the same as in protobuf-es, except for the differences of a strict decoder.
 * Returns the differences that these bytes show.
 */
export function checkDecode(subject: Subject, bytes: Uint8Array): readonly Difference[] {
  const { schema, codec } = subject;
  const judgement = judge(schema, bytes);
  const ours = attempt(() => codec.decode(bytes));
  const theirs = attempt(() => fromBinary(schema, bytes.slice()));
  const differences = [...judgement.differences];
  if (!judgement.ok) {
    if ("value" in ours) return expect.unreachable(`${judgement.code} not refused: ${hex(bytes)}`);
    const codes = [judgement.code];
    // A decoder notices only after such a value that the message has ended, and may report another error first.
    if (differences.includes("value beyond the end of its message")) codes.push("binary.malformed");
    checkError(subject, bytes, ours.error, codes);
    if (differences.length === 0) {
      expect("error" in theirs, `protobuf-es takes ${hex(bytes)}`).toBe(true);
    }
    return differences;
  }
  if ("error" in ours) throw ours.error;
  const expected =
    differences.length === 0 ? theirs : attempt(() => fromBinary(schema, judgement.bytes));
  if ("error" in expected) throw expected.error;
  if (differences.length > 0) restoreNumbers(expected.value);
  expectSame(ours.value, expected.value);
  return differences;
}

function checkError(
  { codec }: Subject,
  bytes: Uint8Array,
  error: unknown,
  codes: readonly ContractError["code"][],
): void {
  if (!isContractError(error)) throw error;
  expect(codes, hex(bytes)).toContain(error.code);
  expect(error.type).toBe(codec.typeName);
  const { offset = -1 } = error.issues[0] ?? {};
  expect(offset).toBeGreaterThanOrEqual(0);
  expect(offset).toBeLessThanOrEqual(bytes.length);
  spoil(codec, bytes.length);
  // Earlier inputs must not influence the result, e.g. through the bytes after the input.
  expect(attempt(() => codec.decode(bytes))).toEqual({ error });
}

/** Decodes invalid bytes, only to overwrite the internal buffers where codecs copy their input. */
function spoil(codec: Codec<Message>, length: number): void {
  attempt(() => codec.decode(new Uint8Array(length + 32).fill(0xff)));
}
