import type { AnyContract } from "../../src/contract/contract.js";
import type { SuiteCase } from "../suite/cases.js";
import { meanLength, type PeerContender, toContender, work } from "./contender.js";
import { describeDifference } from "./difference.js";
import { normalize, type PlainShape, toPlain } from "./plain.js";

/** What a library of another format does with plain objects. */
export interface Format {
  readonly encode: (value: unknown) => Uint8Array;
  readonly decode: (bytes: Buffer) => unknown;
  /** Writes into an array of its own, always from the same byte on, and gives the array and the end. */
  readonly encodeInto?: (value: unknown) => number;
  /** What `encodeInto` has written, by what it gave. */
  readonly written?: (end: number) => Buffer;
}

/** The messages of a case as plain objects. */
export function plainMessages({ contract, encoded }: SuiteCase, shape: PlainShape): unknown[] {
  const { schema, codec }: AnyContract = contract;
  return encoded.map((bytes) => toPlain(schema, codec.decode(bytes), shape));
}

/** Makes a format ready for plain objects: they have to come back the same. */
export function openFormat(values: readonly unknown[], format: Format): PeerContender {
  const { encode, decode, encodeInto, written } = format;
  // Formats that learn the shapes of objects have seen them all after one round.
  for (const value of values) encode(value);
  const encoded = values.map((value) => Buffer.from(encode(value)));
  const back = (bytes: Uint8Array): unknown => normalize(decode(Buffer.from(bytes)));
  return toContender({
    count: values.length,
    bytes: meanLength(encoded, (bytes) => bytes),
    works: {
      encode: work(values, encode, back),
      decode: work(encoded, decode, normalize),
      ...(encodeInto && written
        ? { encodeInto: work(values, encodeInto, (end) => back(written(end))) }
        : {}),
    },
    expected: (index) => normalize(values[index]),
    difference: describeDifference,
  });
}
