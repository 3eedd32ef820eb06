import {
  create,
  type DescMessage,
  fromBinary,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import type { Codec } from "../wire/codec.js";
import { ContractError, type ContractIssue, mismatch } from "../wire/error.js";

/** The codec of protobuf-es behind the Codec interface. */
export function reflectiveCodec<Desc extends DescMessage>(schema: Desc): Codec<MessageShape<Desc>> {
  const { typeName } = schema;
  const encode = (message: MessageShape<Desc>): Uint8Array => {
    try {
      return toBinary(schema, message);
    } catch (cause) {
      throw new ContractError("encode", typeName, refusal("type", cause));
    }
  };
  return {
    typeName,
    encode,
    encodePooled: encode,
    encodeInto(message, target, offset) {
      const bytes = encode(message);
      if (!Number.isInteger(offset) || offset < 0 || offset + bytes.length > target.length) {
        const room = `${bytes.length} bytes do not fit at offset ${offset} of ${target.length}`;
        throw new ContractError("encode", typeName, { path: "", rule: "length", message: room });
      }
      target.set(bytes, offset);
      return offset + bytes.length;
    },
    size: (message) => encode(message).length,
    decode(bytes) {
      if (!(bytes instanceof Uint8Array)) {
        const issue = mismatch("", "input.type", "a Uint8Array", bytes);
        throw new ContractError("decode", typeName, issue);
      }
      if (bytes.length === 0) return create(schema);
      try {
        // protobuf-es gives views of its input; a copy keeps the message from changing with the caller's buffer.
        return fromBinary(schema, new Uint8Array(bytes));
      } catch (cause) {
        throw new ContractError("decode", typeName, decodeIssue(cause, bytes));
      }
    },
  };
}

function decodeIssue(cause: unknown, bytes: Uint8Array): ContractIssue {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (text.includes("premature EOF")) {
    return {
      path: "",
      rule: "binary.truncated",
      message: `the ${bytes.length} bytes end in the middle of a field`,
    };
  }
  return refusal("binary.malformed", cause);
}

function refusal(rule: ContractIssue["rule"], cause: unknown): ContractIssue {
  const text = cause instanceof Error ? cause.message : String(cause);
  return { path: "", rule, message: text.length <= 120 ? text : `${text.slice(0, 117)}...` };
}
