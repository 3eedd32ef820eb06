import { MessageCodec, RouteRequestCodec } from "../../gen/beamline/flow/v1/flow_codec.js";
import { MessageSchema, RouteRequestSchema } from "../../gen/beamline/flow/v1/flow_pb.js";
import {
  ProviderRequestCodec,
  ProviderResponseCodec,
  StreamChunkCodec,
} from "../../gen/beamline/provider/v1/provider_codec.js";
import {
  ProviderRequestSchema,
  ProviderResponseSchema,
  StreamChunkSchema,
} from "../../gen/beamline/provider/v1/provider_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { defineBase64, defineBase64Reply } from "./dialect.js";
import * as flow from "./flow.js";
import * as provider from "./provider.js";

const Message: Contract<flow.Message, flow.MessageJson> = /* @__PURE__ */ createContract(
  MessageSchema,
  flow.defineMessage(defineBase64),
  MessageCodec,
);

const RouteRequest: Contract<flow.RouteRequest, flow.RouteRequestJson> =
  /* @__PURE__ */ createContract(
    RouteRequestSchema,
    flow.defineRouteRequest(defineBase64, Message),
    RouteRequestCodec,
  );

const ProviderRequest: Contract<provider.ProviderRequest, provider.ProviderRequestJson> =
  /* @__PURE__ */ createContract(
    ProviderRequestSchema,
    provider.defineProviderRequest(defineBase64),
    ProviderRequestCodec,
  );

const ProviderResponse: Contract<provider.ProviderResponse, provider.ProviderResponseJson> =
  /* @__PURE__ */ createContract(
    ProviderResponseSchema,
    provider.defineProviderResponse(defineBase64Reply),
    ProviderResponseCodec,
  );

const StreamChunk: Contract<provider.StreamChunk, provider.StreamChunkJson> =
  /* @__PURE__ */ createContract(
    StreamChunkSchema,
    provider.defineStreamChunk(defineBase64Reply),
    StreamChunkCodec,
  );

/**
 * Contracts for peers that write `bytes` fields (`payload`, `body` and `data`) to NATS JSON as base64
 * instead of UTF-8 text. Both ends must agree on it, because the text alone does not show which it is.
 * Messages, rules and binary encoding are the same. Document: the BeamLine protobuf README, "NATS JSON
 * Payload".
 */
export const base64Contracts = {
  Message,
  RouteRequest,
  ProviderRequest,
  ProviderResponse,
  StreamChunk,
} as const;
