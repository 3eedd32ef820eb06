// The codec that is generated for the page. It is never in the tree; the test's bundler finds it, and
// the types beside it, under these names.

declare module "google/protobuf/test_messages_proto3_codec" {
  import type { Message } from "@bufbuild/protobuf";

  export const TestAllTypesProto3Codec: import("../../src/wire/codec.js").Codec<Message>;
}
