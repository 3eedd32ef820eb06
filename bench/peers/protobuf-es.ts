import {
  fromBinary,
  fromJsonString,
  type Message,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import type { AnyContract } from "../../src/contract/contract.js";
import type { EncodingPeer } from "./contender.js";
import { type Library, openLibrary, registry } from "./library.js";

/** Protobuf-es, by which the meaning of all others is measured. */
export const protobufEs: EncodingPeer = {
  name: "protobuf-es",
  kind: "protobuf",
  packages: ["@bufbuild/protobuf"],
  open: (suiteCase) => openLibrary(suiteCase, libraryOf(suiteCase.contract)),
};

function libraryOf({ schema }: AnyContract): Library<Message> {
  const options = { registry };
  return {
    encode: (message) => toBinary(schema, message),
    decode: (bytes) => fromBinary(schema, bytes),
    jsonIn: (text) => fromJsonString(schema, text, options),
    jsonOut: (message) => toJsonString(schema, message, options),
  };
}
