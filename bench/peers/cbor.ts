import { ScalarType } from "@bufbuild/protobuf";
import type { EncodingPeer } from "./contender.js";
import { hasScalar } from "./descriptors.js";
import { openFormat, plainMessages } from "./format.js";
import { schemalessShape } from "./plain.js";

/**
 * Cbor-x without records, which is CBOR as everybody reads it. Numbers with a fraction take four bytes,
 * unless a message has some that need eight: it is all or none.
 */
export function createCbor({ Encoder, FLOAT32_OPTIONS }: typeof import("cbor-x")): EncodingPeer {
  const { ALWAYS, NEVER } = FLOAT32_OPTIONS;
  return {
    name: "cbor-x",
    kind: "format",
    packages: ["cbor-x"],
    open(suiteCase) {
      const useFloat32 = hasScalar(suiteCase.contract.schema, ScalarType.DOUBLE) ? NEVER : ALWAYS;
      const cbor = new Encoder({ useRecords: false, useFloat32 });
      return openFormat(plainMessages(suiteCase, schemalessShape), {
        encode: (value) => cbor.encode(value),
        decode: (bytes) => cbor.decode(bytes),
      });
    },
  };
}
