import { describe, expect, expectTypeOf, it } from "vitest";
import {
  ProviderRequest,
  type ProviderRequestJson,
  ProviderResponse,
  type ProviderResponseJson,
  StreamChunk,
  type StreamChunkJson,
} from "../../src/beamline/provider.js";
import { refused, refusedAsJson, through } from "../support/all-methods.js";

const request = { provider_id: "openai", message_id: "m1", tenant_id: "acme", body: "{}" };
const response = { request_id: "m1", status: "error" };

describe.each([
  {
    contract: ProviderRequest,
    minimal: request,
    more: {
      trace_id: "t",
      parameters: { model: "" },
      metadata: { a: "b" },
      timestamp_ms: 1704067200000,
    },
  },
  {
    contract: ProviderResponse,
    minimal: response,
    more: {
      body: "text",
      metadata: { a: "b" },
      latency_ms: 250,
      cost: 0.5,
      error_code: "E42",
      error_message: "refused",
      timestamp_ms: 1704067200000,
    },
  },
  {
    contract: StreamChunk,
    minimal: { request_id: "m1" },
    more: { data: "ä", done: true, metadata: { a: "b" } },
  },
])("$contract.typeName", ({ contract, minimal, more }) => {
  it.each(Object.keys(minimal))("needs %s", (key) => {
    const rest = Object.entries(minimal).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("needs no other key, and omits unset fields", () => {
    expect(through(contract, minimal)).toEqual(minimal);
  });

  it("keeps every key", () => {
    expect(Object.keys({ ...minimal, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...minimal, ...more })).toEqual({ ...minimal, ...more });
  });
});

describe("the rules of providers", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = "expected a number of at least 0, got";
  const status = 'status: expected one of "success", "error", "timeout", got';
  const notOnSuccess = "must be absent when status is success [rule]";

  it.each([
    [`provider_id: ${empty}`, ProviderRequest, { ...request, provider_id: "" }],
    [`message_id: ${empty}`, ProviderRequest, { ...request, message_id: "" }],
    [`tenant_id: ${empty}`, ProviderRequest, { ...request, tenant_id: "" }],
    [
      `tenant_id: expected a string of at most 256 characters, got "${"x".repeat(75)}"... [length]`,
      ProviderRequest,
      { ...request, tenant_id: "x".repeat(257) },
    ],
    [
      "body: expected at least 1 byte, got 0 bytes [length]",
      ProviderRequest,
      { ...request, body: "" },
    ],
    [`timestamp_ms: ${below} -1 [range]`, ProviderRequest, { ...request, timestamp_ms: -1 }],
    [`request_id: ${empty}`, ProviderResponse, { ...response, request_id: "" }],
    [`${status} "cancelled" [format]`, ProviderResponse, { ...response, status: "cancelled" }],
    [`${status} "" [format]`, ProviderResponse, { ...response, status: "" }],
    [`${status} "Error" [format]`, ProviderResponse, { ...response, status: "Error" }],
    [`latency_ms: ${below} -1 [range]`, ProviderResponse, { ...response, latency_ms: -1 }],
    [`cost: ${below} -0.5 [range]`, ProviderResponse, { ...response, cost: -0.5 }],
    [`timestamp_ms: ${below} -1 [range]`, ProviderResponse, { ...response, timestamp_ms: -1 }],
    [
      `error_code: ${notOnSuccess}`,
      ProviderResponse,
      { request_id: "m1", status: "success", error_code: "E" },
    ],
    [
      `error_message: ${notOnSuccess}`,
      ProviderResponse,
      { request_id: "m1", status: "success", error_message: "e" },
    ],
    [`request_id: ${empty}`, StreamChunk, { request_id: "" }],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["a tenant of 256 characters", ProviderRequest, { ...request, tenant_id: "x".repeat(256) }],
    ["one byte of body", ProviderRequest, { ...request, body: "\u0000" }],
    ["a success", ProviderResponse, { ...response, status: "success" }],
    ["a timeout", ProviderResponse, { ...response, status: "timeout" }],
    [
      "a timeout with its error",
      ProviderResponse,
      { ...response, status: "timeout", error_code: "T", error_message: "late" },
    ],
    ["an error without a message", ProviderResponse, { ...response, status: "error" }],
  ])("take %s", (_, contract, json) => {
    expect(through(contract, json)).toEqual(json);
  });

  it.each([
    ["trace_id", "", empty],
    ["trace_id", null, "expected a string, got null [type]"],
    ["body", 5, "expected a string, got 5 [type]"],
    ["timestamp_ms", "5", 'expected an integer, got "5" [type]'],
    ["parameters", [], "expected an object, got an array of 0 [type]"],
  ])("refuse the JSON %s %j", (key, value, text) => {
    expect(refusedAsJson(ProviderRequest, { ...request, [key]: value })).toBe(
      `cannot decode beamline.provider.v1.ProviderRequest from JSON: ${key}: ${text}`,
    );
  });

  it("need strings as parameters", () => {
    expect(refusedAsJson(ProviderRequest, { ...request, parameters: { top_k: 4 } })).toBe(
      "cannot decode beamline.provider.v1.ProviderRequest from JSON: parameters.top_k: expected a string, got 4 [type]",
    );
  });

  it("cannot write bytes as JSON that are not UTF-8 text", () => {
    const chunk = StreamChunk.create({ requestId: "m1", data: new Uint8Array([0xc3]) });
    expect(StreamChunk.decode(StreamChunk.encode(chunk)).data).toEqual(new Uint8Array([0xc3]));
    const result = StreamChunk.safeToJson(chunk);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode beamline.provider.v1.StreamChunk to JSON: data: expected bytes that are UTF-8 text, got 1 byte [format]",
    );
  });
});

describe("the types of providers", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<ProviderRequestJson>().toEqualTypeOf<{
      provider_id: string;
      message_id: string;
      tenant_id: string;
      body: string;
      trace_id?: string;
      parameters?: { [key: string]: string };
      metadata?: { [key: string]: string };
      timestamp_ms?: number;
    }>();
    expectTypeOf<ProviderResponseJson>().toEqualTypeOf<{
      request_id: string;
      status: string;
      body?: string;
      metadata?: { [key: string]: string };
      latency_ms?: number;
      cost?: number;
      error_code?: string;
      error_message?: string;
      timestamp_ms?: number;
    }>();
    expectTypeOf<StreamChunkJson>().toEqualTypeOf<{
      request_id: string;
      data?: string;
      done?: boolean;
      metadata?: { [key: string]: string };
    }>();
  });
});
