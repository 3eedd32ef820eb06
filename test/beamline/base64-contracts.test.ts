import { describe, expect, it } from "vitest";
import {
  base64Contracts,
  Message,
  ProviderRequest,
  ProviderResponse,
  RouteRequest,
  StreamChunk,
} from "../../src/beamline/index.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { refusalOf } from "../support/refusal.js";

const binary = "AP/+gA==";
const bytes = Uint8Array.of(0, 0xff, 0xfe, 0x80);
const message = { tenant_id: "acme", message_type: "chat", payload: binary };
const call = { provider_id: "p", message_id: "m", tenant_id: "acme", body: binary };

describe("bytes as base64", () => {
  it.each<[string, AnyContract, AnyContract, object]>([
    ["payload", base64Contracts.Message, Message, message],
    ["message.payload", base64Contracts.RouteRequest, RouteRequest, { message }],
    ["body", base64Contracts.ProviderRequest, ProviderRequest, call],
    [
      "body",
      base64Contracts.ProviderResponse,
      ProviderResponse,
      { request_id: "r", status: "success", body: binary },
    ],
    ["data", base64Contracts.StreamChunk, StreamChunk, { request_id: "r", data: binary }],
  ])("carry bytes that are not UTF-8: %s", (path, encoded, plain, json) => {
    const text = JSON.stringify(json);
    const read = encoded.decode(encoded.codec.encode(encoded.fromJsonText(text)));
    expect(encoded.toJson(read)).toEqual(json);
    expect(refusalOf(() => plain.toJson(plain.decode(encoded.codec.encode(read)))).path).toBe(path);
    expect(encoded.typeName).toBe(plain.typeName);
  });

  it("are the same bytes in the message", () => {
    expect(base64Contracts.Message.fromJson(message).payload).toEqual(bytes);
    expect(Message.fromJson(message).payload).toEqual(new TextEncoder().encode(binary));
  });

  it("keep all other rules", () => {
    expect(
      refusalOf(() => base64Contracts.Message.fromJson({ ...message, payload: "hello!" })).message,
    ).toBe(
      'cannot decode beamline.flow.v1.Message from JSON: payload: expected base64, got "hello!" [format]',
    );
    expect(
      refusalOf(() =>
        base64Contracts.RouteRequest.fromJson({ message: { ...message, payload: "" } }),
      ).message,
    ).toBe(
      "cannot decode beamline.flow.v1.RouteRequest from JSON: message.payload: expected at least 1 byte, got 0 bytes [length]",
    );
    expect(
      refusalOf(() => base64Contracts.Message.fromJson({ ...message, tenant_id: "" })).code,
    ).toBe("length");
  });
});
