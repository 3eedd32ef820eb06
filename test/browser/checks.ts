import { expect } from "vitest";
import { BytesValueCodec } from "../../gen/google/wkt.js";
import type { Example } from "../../src/contract/example.js";
import { Comparison, subjects } from "../support/binary/compare.js";
import { allExamples as examples } from "../support/examples.js";
import type { Check } from "./check.js";
import { textChecks } from "./text-checks.js";

const comparison = new Comparison(4_000);

/** All checks in the browser, in this order. */
export const checks: readonly Check[] = [
  { name: "there is no Buffer and no process", run: checkGlobals },
  { name: "bytes of one message are transferred without those of another", run: checkTransfer },
  ...textChecks,
  ...examples.flatMap((example) => [
    { name: `${nameOf(example)} goes from JSON to bytes and back`, run: () => journey(example) },
    {
      name: `${nameOf(example)} is read as protobuf-es reads it, wherever it is cut`,
      run: () => comparison.ofExample(example),
    },
  ]),
  ...subjects.map((subject) => ({
    name: `${subject.codec.typeName} does what protobuf-es does`,
    run: () => comparison.ofSubject(subject),
  })),
  {
    name: "a message with fields of every kind does what protobuf-es does",
    run: (everyKind) => comparison.ofEveryKind(everyKind),
  },
  {
    name: `there were at least ${comparison.total} cases`,
    run: () => expect(comparison.cases).toBeGreaterThanOrEqual(comparison.total),
  },
];

function nameOf({ contract, name }: Example): string {
  return `${contract.typeName} of the example ${name}`;
}

function checkGlobals(): void {
  expect(Reflect.get(globalThis, "Buffer")).toBeUndefined();
  expect(Reflect.get(globalThis, "process")).toBeUndefined();
}

function checkTransfer(): void {
  for (const options of [undefined, { own: true }]) {
    const [one, other] = [1, 2].map((byte) => {
      const bytes = Uint8Array.of(10, 2, byte, byte);
      return BytesValueCodec.decode(bytes, options).value;
    });
    if (one === undefined || other === undefined) throw new Error("there are two");
    expect(one.buffer.byteLength).toBe(2);
    expect(structuredClone(one, { transfer: [one.buffer as ArrayBuffer] }).length).toBe(2);
    expect([one.length, [...other]]).toEqual([0, [2, 2]]);
  }
  const [first, second] = [1, 2].map((byte) => {
    return BytesValueCodec.encode({
      $typeName: "google.protobuf.BytesValue",
      value: Uint8Array.of(byte),
    });
  });
  expect(first?.buffer).not.toBe(second?.buffer);
}

function journey({ contract, json, bytes }: Example): void {
  const message = contract.fromJson(json);
  const encoded = contract.encode(message, { budget: false });
  expect(Object.getPrototypeOf(encoded)).toBe(Uint8Array.prototype);
  expect(encoded.length).toBe(bytes);
  const decoded = contract.decode(encoded);
  expect(contract.equals(decoded, message)).toBe(true);
  expect(contract.toJson(decoded)).toEqual(json);
  expect(contract.toJsonText(decoded)).toBe(JSON.stringify(contract.toJson(message)));
  expect(contract.fromJsonText(JSON.stringify(json))).toEqual(message);
}
