import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { avroShape, toAvroSchema } from "../../bench/peers/avro-schema.js";
import { filesOf, toProtoText } from "../../bench/peers/generate/proto-text.mjs";
import { normalize, schemalessShape, toPlain } from "../../bench/peers/plain.js";
import { MessageEnvelopeSchema } from "../../gen/pitboss/v1/envelope_pb.js";
import { EnvelopeSchema } from "../../gen/sim/v1/envelope_pb.js";

const envelope = create(MessageEnvelopeSchema, {
  timestamp: 1_732_535_853_442n,
  messageBody: { rules: ["a", null], exact: true },
});

describe("messages as plain objects", () => {
  it("have numbers where those are whole, and no keys for what is not set", () => {
    expect(toPlain(MessageEnvelopeSchema, envelope, schemalessShape)).toEqual({
      type: 0,
      version: "",
      timestamp: 1_732_535_853_442,
      sessionId: "",
      requestId: "",
      verb: "",
      returnCode: 0,
      decision: 0,
      confidence: 0,
      reason: "",
      messageBody: { rules: ["a", null], exact: true },
    });
    const large = 2n ** 53n + 1n;
    expect(schemalessShape.integer(2n ** 53n - 1n)).toBe(2 ** 53 - 1);
    expect(schemalessShape.integer(-(2n ** 53n))).toBe(-(2 ** 53));
    expect(schemalessShape.integer(large)).toBe(large);
  });

  it("have null for Avro where nothing is set, and records for values of JSON", () => {
    const { nextAgent, messageBody, timestamp } = toPlain(
      MessageEnvelopeSchema,
      envelope,
      avroShape,
    );
    expect(nextAgent).toBeNull();
    expect(timestamp).toBe(1_732_535_853_442n);
    expect(messageBody).toEqual({
      rules: { value: [{ value: "a" }, { value: null }] },
      exact: { value: true },
    });
  });

  it("have the member of a oneof as a key", () => {
    const message = create(EnvelopeSchema, {
      payload: { case: "logMessage", value: { message: "x" } },
    });
    const plain = toPlain(EnvelopeSchema, message, schemalessShape);
    expect(Object.keys(plain)).toEqual(["runId", "messageType", "logMessage"]);
    expect(() => toPlain(EnvelopeSchema, {}, schemalessShape)).toThrow(
      "the oneof payload is no object",
    );
  });

  it("are compared without classes", () => {
    class Box {
      bytes = Buffer.from([1]);
    }
    expect(normalize([new Box()])).toStrictEqual([{ bytes: Uint8Array.of(1) }]);
  });
});

describe("the Avro schema", () => {
  it("has a record for each message, and a union with null for what can be unset", () => {
    const schema = JSON.stringify(toAvroSchema(MessageEnvelopeSchema));
    expect(schema).toBe(
      '{"type":"record","name":"pitboss_v1_MessageEnvelope","fields":[{"name":"type","type":"int"},{"name":"version","type":"string"},{"name":"timestamp","type":"int64"},{"name":"sessionId","type":"string"},{"name":"requestId","type":"string"},{"name":"verb","type":"string"},{"name":"nextAgent","type":["null","string"]},{"name":"returnCode","type":"int"},{"name":"decision","type":"int"},{"name":"confidence","type":"double"},{"name":"reason","type":"string"},{"name":"messageBody","type":["null",{"type":"map","values":{"type":"record","name":"JsonValue","fields":[{"name":"value","type":["null","boolean","double","string",{"type":"map","values":"JsonValue"},{"type":"array","items":"JsonValue"}]}]}}]}]}',
    );
  });
});

describe("the proto files of the old compiler", () => {
  const files = filesOf([EnvelopeSchema]);

  it("are all that the message needs", () => {
    expect(files.map(({ name }) => name).sort()).toEqual([
      "google/protobuf/struct",
      "google/protobuf/timestamp",
      "sim/v1/control",
      "sim/v1/data",
      "sim/v1/envelope",
      "sim/v1/log",
      "sim/v1/status",
    ]);
  });

  it("have optional fields in oneofs, and no options", () => {
    const log = files.find(({ name }) => name === "sim/v1/log");
    expect(log && toProtoText(log)).toBe(
      [
        'syntax = "proto3";',
        "package sim.v1;",
        "message LogMessage {",
        ".sim.v1.LogLevel level = 1;",
        "string message = 2;",
        "oneof _component_id {",
        "string component_id = 3;",
        "}",
        "}",
        "enum LogLevel {",
        "LOG_LEVEL_UNSPECIFIED = 0;",
        "LOG_LEVEL_DEBUG = 1;",
        "LOG_LEVEL_INFO = 2;",
        "LOG_LEVEL_WARN = 3;",
        "LOG_LEVEL_ERROR = 4;",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("have oneofs, imports and maps", () => {
    const data = files.find(({ name }) => name === "sim/v1/data");
    expect(data && toProtoText(data)).toBe(
      [
        'syntax = "proto3";',
        "package sim.v1;",
        'import "google/protobuf/struct.proto";',
        "message DataExchange {",
        "double time = 1;",
        "repeated .sim.v1.Signal signals = 2;",
        "}",
        "message Signal {",
        "string source_component = 1;",
        "string source_port = 2;",
        "oneof value {",
        "double number_value = 3;",
        "bool bool_value = 4;",
        "string string_value = 5;",
        ".google.protobuf.NullValue null_value = 6;",
        ".sim.v1.NumberList list_value = 7;",
        "}",
        "}",
        "message NumberList {",
        "repeated double values = 1;",
        "}",
        "",
      ].join("\n"),
    );
    const struct = files.find(({ name }) => name === "google/protobuf/struct");
    expect(struct && toProtoText(struct)).toContain(
      "map<string, .google.protobuf.Value> fields = 1;",
    );
  });
});
