// The codec that is generated for the page. It is not in the repository; the test's bundler resolves these
// names to it and its types.

declare module "google/protobuf/test_messages_proto3_codec" {
  import type { Message } from "@bufbuild/protobuf";

  export const TestAllTypesProto3Codec: import("../../src/wire/codec.js").Codec<Message>;
}
