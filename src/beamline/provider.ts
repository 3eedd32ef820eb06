import {
  ProviderRequestCodec,
  ProviderResponseCodec,
  StreamChunkCodec,
} from "../../gen/beamline/provider/v1/provider_codec.js";
import {
  type ProviderRequest as ProviderRequestMessage,
  ProviderRequestSchema,
  type ProviderResponse as ProviderResponseMessage,
  ProviderResponseSchema,
  type StreamChunk as StreamChunkMessage,
  StreamChunkSchema,
} from "../../gen/beamline/provider/v1/provider_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, filledBytes, oneOf } from "../contract/rules/formats.js";
import { define, defineReply } from "./dialect.js";
import { absentNotEmpty, tenant } from "./fields.js";
import { reportCorrelation } from "./strict.js";

/** The rules of {@link ProviderRequest}, for bytes as UTF-8 text or as base64. */
export function defineProviderRequest(using: typeof define) {
  return using(
    ProviderRequestSchema,
    (t) => ({
      providerId: t.string(filled).required(),
      messageId: t.string(filled).required(),
      tenantId: t.string(tenant).required(),
      traceId: t.string(undefined, absentNotEmpty),
      body: t.bytes(filledBytes).required(),
      parameters: t.map(t.string()),
      metadata: t.map(t.string()),
      timestampMs: t.int64({ min: 0n }),
    }),
    { strict: reportCorrelation },
  );
}

const providerRequest = defineProviderRequest(define);

/** One call to a provider. Document: the BeamLine API registry. */
export type ProviderRequest = ProviderRequestMessage;
export type ProviderRequestJson = Wire<typeof providerRequest>;
export const ProviderRequest: Contract<ProviderRequest, ProviderRequestJson> =
  /* @__PURE__ */ createContract(ProviderRequestSchema, providerRequest, ProviderRequestCodec);

/** The rules of {@link ProviderResponse}, for bytes as UTF-8 text or as base64. */
export function defineProviderResponse(using: typeof define) {
  return using(
    ProviderResponseSchema,
    (t) => ({
      requestId: t.string(filled).required(),
      status: t.string(oneOf(["success", "error", "timeout"])).required(),
      body: t.bytes(),
      metadata: t.map(t.string()),
      latencyMs: t.int64({ min: 0n }),
      cost: t.double({ min: 0 }),
      errorCode: t.string(),
      errorMessage: t.string(),
      timestampMs: t.int64({ min: 0n }),
    }),
    {
      refine({ status, errorCode, errorMessage }, report) {
        if (status !== "success") return;
        const message = "must be absent when status is success";
        if (errorCode !== "") report(["error_code"], "rule", message);
        if (errorMessage !== "") report(["error_message"], "rule", message);
      },
    },
  );
}

const providerResponse = defineProviderResponse(defineReply);

/** The outcome of one call. Document: the BeamLine API registry. */
export type ProviderResponse = ProviderResponseMessage;
export type ProviderResponseJson = Wire<typeof providerResponse>;
export const ProviderResponse: Contract<ProviderResponse, ProviderResponseJson> =
  /* @__PURE__ */ createContract(ProviderResponseSchema, providerResponse, ProviderResponseCodec);

/** The rules of {@link StreamChunk}, for bytes as UTF-8 text or as base64. */
export function defineStreamChunk(using: typeof define) {
  return using(StreamChunkSchema, (t) => ({
    requestId: t.string(filled).required(),
    data: t.bytes(),
    done: t.bool(),
    metadata: t.map(t.string()),
  }));
}

const streamChunk = defineStreamChunk(defineReply);

/** One chunk of a streamed answer. Document: the BeamLine API registry. */
export type StreamChunk = StreamChunkMessage;
export type StreamChunkJson = Wire<typeof streamChunk>;
export const StreamChunk: Contract<StreamChunk, StreamChunkJson> = /* @__PURE__ */ createContract(
  StreamChunkSchema,
  streamChunk,
  StreamChunkCodec,
);
