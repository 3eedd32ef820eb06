import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { TestAllTypesProto3Schema } from "google/protobuf/test_messages_proto3_pb";

/** protobuf-es in place of the generated codec. It passes every case, so a failure with it is a bug of the harness. */
export const TestAllTypesProto3Codec = {
  typeName: TestAllTypesProto3Schema.typeName,
  encode: (message) => toBinary(TestAllTypesProto3Schema, message),
  decode: (bytes) => fromBinary(TestAllTypesProto3Schema, bytes),
} satisfies typeof import("conformance/tested-codec").TestAllTypesProto3Codec;
