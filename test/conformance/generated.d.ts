// The code that scripts/conformance.mjs generates from the protos of the conformance suite, as far as the
// testee uses it. It is not in the repository; the script's bundler resolves these names to it.

declare module "conformance/conformance_pb" {
  import type { Message } from "@bufbuild/protobuf";
  import type { GenMessage } from "@bufbuild/protobuf/codegenv2";

  export enum WireFormat {
    UNSPECIFIED = 0,
    PROTOBUF = 1,
    JSON = 2,
    JSPB = 3,
    TEXT_FORMAT = 4,
  }

  export type FailureSet = Message<"conformance.FailureSet">;

  export type ConformanceRequest = Message<"conformance.ConformanceRequest"> & {
    payload:
      | { case: "protobufPayload"; value: Uint8Array }
      | { case: "jsonPayload" | "jspbPayload" | "textPayload"; value: string }
      | { case: undefined; value?: undefined };
    requestedOutputFormat: WireFormat;
    messageType: string;
  };

  export type ConformanceResponse = Message<"conformance.ConformanceResponse"> & {
    result:
      | { case: "parseError" | "serializeError" | "skipped"; value: string }
      | { case: "protobufPayload"; value: Uint8Array }
      | { case: undefined; value?: undefined };
  };

  export const FailureSetSchema: GenMessage<FailureSet>;
  export const ConformanceRequestSchema: GenMessage<ConformanceRequest>;
  export const ConformanceResponseSchema: GenMessage<ConformanceResponse>;
}

declare module "google/protobuf/test_messages_proto3_pb" {
  import type { Message } from "@bufbuild/protobuf";
  import type { GenMessage } from "@bufbuild/protobuf/codegenv2";

  export type TestAllTypesProto3 = Message<"protobuf_test_messages.proto3.TestAllTypesProto3">;
  export const TestAllTypesProto3Schema: GenMessage<TestAllTypesProto3>;
}

/** The codec under test: the generated one, or reflective-codec.ts. */
declare module "conformance/tested-codec" {
  import type { TestAllTypesProto3 } from "google/protobuf/test_messages_proto3_pb";

  export const TestAllTypesProto3Codec: {
    readonly typeName: string;
    encode(message: TestAllTypesProto3): Uint8Array;
    decode(bytes: Uint8Array): TestAllTypesProto3;
  };
}
