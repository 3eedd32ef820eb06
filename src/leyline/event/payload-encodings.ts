import type { UnknownKeys } from "../../contract/base/dialect.js";
import { type JsonValue, type ReadValue, unwrap } from "../../contract/base/result.js";
import type { AnyContract } from "../../contract/contract.js";
import { ContractError } from "../../wire/error.js";

/** The supported encodings of a payload. */
export type PayloadEncoding = "protobuf" | "json";

/** A message that was read from a payload; `unknownKeys` only of JSON. */
export type ReadPayload = ReadValue<unknown> & Partial<Pick<JsonValue<unknown>, "unknownKeys">>;

/** Converts between a message and a payload. Both functions throw what the contract's method throws. */
interface PayloadCodec {
  write(contract: AnyContract, message: unknown): Uint8Array;
  read(contract: AnyContract, payload: Uint8Array, unknownKeys?: UnknownKeys): ReadPayload;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The codec of each encoding. */
export const encodings: Readonly<Record<PayloadEncoding, PayloadCodec>> = Object.freeze({
  protobuf: {
    write: (contract, message) => contract.encode(message, { budget: false }),
    read: (contract, payload) => unwrap(contract.safeDecode(payload)),
  },
  json: {
    write: (contract, message) => encoder.encode(contract.toJsonText(message)),
    read: (contract, payload, unknownKeys) =>
      unwrap(
        contract.safeFromJsonText(
          toText(contract, payload),
          unknownKeys === undefined ? {} : { unknownKeys },
        ),
      ),
  },
});

/** Whether a value is the name of an encoding. */
export function isEncoding(name: unknown): name is PayloadEncoding {
  return typeof name === "string" && Object.hasOwn(encodings, name);
}

function toText({ typeName }: AnyContract, payload: Uint8Array): string {
  try {
    return decoder.decode(payload);
  } catch {
    const issue = { path: "", rule: "format", message: "expected JSON text in UTF-8" } as const;
    throw new ContractError("decode from JSON", typeName, issue);
  }
}
