import { TestAllTypesProto3Codec as codec } from "google/protobuf/test_messages_proto3_codec";
import { TestAllTypesProto3Schema as schema } from "google/protobuf/test_messages_proto3_pb";
import { resultOf } from "./check.js";
import { checks } from "./checks.js";

const results = checks.map((check) => resultOf(check, { schema, codec }));
fetch("/results", { method: "POST", body: JSON.stringify(results) });
