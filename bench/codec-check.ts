import { fromBinary } from "@bufbuild/protobuf";
import type { CodecCase } from "./codec-cases.js";
import type { Operations, Peer } from "./codec-peers.js";

/** A library that is ready for one case. */
export interface Contender {
  readonly operations: Operations;
  /** The encoded messages, in the library's format. */
  readonly encoded: readonly Uint8Array[];
  /** The messages as the library itself decodes them, so that converting them is not measured. */
  readonly messages: readonly unknown[];
  /** True when it gives the bytes of every message again after decoding it. */
  readonly agrees: boolean;
}

/** Opens a library for a case. */
export function prepare(peer: Peer, { contract, encoded }: CodecCase): Contender {
  const operations = peer.open(contract);
  const { encode, decode } = operations;
  const own =
    peer.kind === "other"
      ? encoded.map((bytes) => copy(encode(toPlain(fromBinary(contract.schema, bytes)))))
      : encoded;
  const messages = own.map((bytes) => decode(bytes));
  const agrees = own.every(
    (bytes, index) => Buffer.compare(bytes, copy(encode(messages[index]))) === 0,
  );
  return { operations, encoded: own, messages, agrees };
}

/** Whether a library takes part in a case, or why it cannot; undefined where it is not meant to. */
export function takesPart(
  { only, leftOut }: Peer,
  { contract }: CodecCase,
): true | string | undefined {
  if (only !== undefined && !contract.typeName.startsWith(only)) return undefined;
  return leftOut?.[contract.typeName] ?? true;
}

/** The bytes in a buffer of their own: some libraries use theirs again. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** The fields of a message without the names of message types, which another format has no use for. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "$typeName");
  return Object.fromEntries(entries.map(([key, item]) => [key, toPlain(item)]));
}
