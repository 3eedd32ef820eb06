// The program that the protobuf conformance runner tests: it answers each request on stdin with a
// response on stdout. Requests other than binary proto3 are skipped, with their format.
import { readSync, writeSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type ConformanceRequest,
  ConformanceRequestSchema,
  type ConformanceResponse,
  ConformanceResponseSchema,
  FailureSetSchema,
  WireFormat,
} from "conformance/conformance_pb";
import { TestAllTypesProto3Codec } from "conformance/tested-codec";

const stdin = 0;
const stdout = 1;

for (;;) {
  const request = readFrame();
  if (request === undefined) break;
  const result = answer(fromBinary(ConformanceRequestSchema, request));
  writeFrame(toBinary(ConformanceResponseSchema, create(ConformanceResponseSchema, { result })));
}

function answer(request: ConformanceRequest): ConformanceResponse["result"] {
  const { messageType, payload, requestedOutputFormat } = request;
  if (messageType === FailureSetSchema.typeName) {
    // A runner may first ask for the list of known failures, which is empty.
    return {
      case: "protobufPayload",
      value: toBinary(FailureSetSchema, create(FailureSetSchema)),
    };
  }
  if (messageType !== TestAllTypesProto3Codec.typeName) {
    return { case: "skipped", value: `no codec for ${messageType}` };
  }
  if (payload.case !== "protobufPayload") {
    return { case: "skipped", value: `no input as ${payload.case}` };
  }
  if (requestedOutputFormat !== WireFormat.PROTOBUF) {
    return { case: "skipped", value: `no output as ${WireFormat[requestedOutputFormat]}` };
  }
  return roundTrip(payload.value);
}

function roundTrip(bytes: Uint8Array): ConformanceResponse["result"] {
  let message: ReturnType<typeof TestAllTypesProto3Codec.decode>;
  try {
    message = TestAllTypesProto3Codec.decode(bytes);
  } catch (error) {
    return { case: "parseError", value: String(error) };
  }
  try {
    return { case: "protobufPayload", value: TestAllTypesProto3Codec.encode(message) };
  } catch (error) {
    return { case: "serializeError", value: String(error) };
  }
}

/** Reads the next message, after its length in four bytes. Returns undefined at the end of the input. */
function readFrame(): Uint8Array | undefined {
  const head = readBytes(4);
  if (head === undefined) return undefined;
  const size = new DataView(head.buffer).getUint32(0, true);
  const frame = readBytes(size);
  if (frame === undefined) throw new Error(`the input ends before a request of ${size} bytes`);
  return frame;
}

function writeFrame(message: Uint8Array): void {
  const frame = new Uint8Array(4 + message.length);
  new DataView(frame.buffer).setUint32(0, message.length, true);
  frame.set(message, 4);
  let written = 0;
  while (written < frame.length) written += writeSync(stdout, frame, written);
}

/** Reads exactly `size` bytes, in any number of chunks. Returns undefined if the input ends before the first. */
function readBytes(size: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(stdin, bytes, filled, size - filled, null);
    if (count === 0 && filled === 0) return undefined;
    if (count === 0) throw new Error(`the input ends after ${filled} of ${size} bytes`);
    filled += count;
  }
  return bytes;
}
