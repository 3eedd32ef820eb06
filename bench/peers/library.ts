import {
  createRegistry,
  type DescMessage,
  equals,
  fromBinary,
  fromJsonString,
  type Message,
  toJsonString,
} from "@bufbuild/protobuf";
import type { AnyContract } from "../../src/contract/contract.js";
import { contracts } from "../../src/jimbot/index.js";
import type { SuiteCase } from "../suite/cases.js";
import {
  type ContenderParts,
  meanLength,
  type PeerContender,
  reasonOf,
  toContender,
  type Works,
  work,
} from "./contender.js";
import { describeDifference } from "./difference.js";

/** What a protobuf library does with one message type, on message objects `N` of its own. */
export interface Library<N = unknown> {
  readonly encode: (message: N) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => N;
  /** Protobuf's JSON, as text. */
  readonly jsonIn?: (text: string) => N;
  readonly jsonOut?: (message: N) => string;
}

/** The messages that travel in an Any; JSON needs to know them. */
export const registry = createRegistry(...[...contracts].map(({ schema }) => schema));

/** What an operation of a protobuf library means: a message of protobuf-es, or bytes that protobuf-es reads. */
export type Meaning = Message | Uint8Array;

/** How the results of protobuf libraries are compared. */
type Comparison = Pick<ContenderParts<Meaning>, "count" | "expected" | "difference">;

/** Compares results with the messages of a case, as protobuf-es reads and compares them. */
export function comparison({ contract, encoded }: SuiteCase): Comparison {
  const { schema }: AnyContract = contract;
  const read = (meaning: Meaning): Message =>
    meaning instanceof Uint8Array ? fromBinary(schema, meaning) : meaning;
  return {
    count: encoded.length,
    expected(index) {
      const bytes = encoded[index];
      if (bytes === undefined) throw new Error(`there is no message ${index}`);
      return bytes;
    },
    difference(expected, actual, index) {
      if (areSameBytes(expected, actual)) return undefined;
      const [wanted, given] = [read(expected), read(actual)];
      if (equals(schema, wanted, given)) return undefined;
      return describeDifference(wanted, given, index) ?? `message ${index} comes back changed`;
    },
  };
}

/** The same bytes mean the same message. Others may mean it too: the entries of a map have no order. */
function areSameBytes(expected: Meaning, actual: Meaning): boolean {
  return (
    expected instanceof Uint8Array &&
    actual instanceof Uint8Array &&
    Buffer.compare(expected, actual) === 0
  );
}

/** For operations whose results are what they mean. */
export function itself(meaning: Meaning): Meaning {
  return meaning;
}

/** Makes a protobuf library ready for a case, with messages that it has decoded itself. */
export function openLibrary<N>(suiteCase: SuiteCase, library: Library<N>): PeerContender {
  const { encode, decode } = library;
  const { encoded } = suiteCase;
  const messages = encoded.map((bytes) => decode(bytes));
  return toContender({
    ...comparison(suiteCase),
    bytes: meanLength(messages, encode),
    works: {
      encode: work(messages, encode, itself),
      decode: work(encoded, decode, encode),
    },
    trials: jsonWorks(suiteCase, library, messages),
  });
}

/** The JSON operations of a library that has them. */
function jsonWorks<N>(
  { contract, encoded }: SuiteCase,
  { encode, jsonIn, jsonOut }: Library<N>,
  messages: readonly N[],
): Works<Meaning> {
  if (jsonIn === undefined || jsonOut === undefined) return {};
  const { schema }: AnyContract = contract;
  const texts = encoded.map((bytes) =>
    toJsonString(schema, fromBinary(schema, bytes), { registry }),
  );
  return {
    jsonIn: work(texts, jsonIn, encode),
    jsonOut: work(messages, jsonOut, (text) => readJson(schema, text)),
  };
}

function readJson(schema: DescMessage, text: string): Message {
  try {
    return fromJsonString(schema, text, { registry });
  } catch (error) {
    throw new Error(`protobuf-es does not take its JSON: ${reasonOf(error)}`);
  }
}
