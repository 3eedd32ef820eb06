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
import { filled, oneOf } from "../contract/formats.js";
import type { Wire } from "../contract/rules.js";
import { define } from "./dialect.js";
import { absentNotEmpty, tenant } from "./fields.js";

const providerRequest = define(ProviderRequestSchema, (t) => ({
  providerId: t.string(filled).required(),
  messageId: t.string(filled).required(),
  tenantId: t.string(tenant).required(),
  traceId: t.string(undefined, absentNotEmpty),
  body: t.bytes((bytes) => bytes.refine((value) => value.length > 0, "at least 1 byte")).required(),
  parameters: t.map(t.string()),
  metadata: t.map(t.string()),
  timestampMs: t.int64({ min: 0n }),
}));

/** One call to a provider. Document: the BeamLine API registry. */
export type ProviderRequest = ProviderRequestMessage;
export type ProviderRequestJson = Wire<typeof providerRequest>;
export const ProviderRequest: Contract<ProviderRequest, ProviderRequestJson> = createContract(
  ProviderRequestSchema,
  providerRequest,
  ProviderRequestCodec,
);

const providerResponse = define(
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
    across({ status, errorCode, errorMessage }, report) {
      if (status !== "success") return;
      const message = "must be absent when status is success";
      if (errorCode !== "") report(["error_code"], "rule", message);
      if (errorMessage !== "") report(["error_message"], "rule", message);
    },
  },
);

/** The outcome of one call. Document: the BeamLine API registry. */
export type ProviderResponse = ProviderResponseMessage;
export type ProviderResponseJson = Wire<typeof providerResponse>;
export const ProviderResponse: Contract<ProviderResponse, ProviderResponseJson> = createContract(
  ProviderResponseSchema,
  providerResponse,
  ProviderResponseCodec,
);

const streamChunk = define(StreamChunkSchema, (t) => ({
  requestId: t.string(filled).required(),
  data: t.bytes(),
  done: t.bool(),
  metadata: t.map(t.string()),
}));

/** One piece of an answer that arrives bit by bit. Document: the BeamLine API registry. */
export type StreamChunk = StreamChunkMessage;
export type StreamChunkJson = Wire<typeof streamChunk>;
export const StreamChunk: Contract<StreamChunk, StreamChunkJson> = createContract(
  StreamChunkSchema,
  streamChunk,
  StreamChunkCodec,
);
