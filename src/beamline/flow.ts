import {
  MessageCodec,
  RouteDecisionCodec,
  RouteRequestCodec,
} from "../../gen/beamline/flow/v1/flow_codec.js";
import {
  type Message as MessageMessage,
  MessageSchema,
  type RouteDecision as RouteDecisionMessage,
  RouteDecisionSchema,
  type RouteRequest as RouteRequestMessage,
  RouteRequestSchema,
} from "../../gen/beamline/flow/v1/flow_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { atMostBytes, filled, filledAtMostBytes } from "../contract/formats.js";
import type { Wire } from "../contract/rules.js";
import { define } from "./dialect.js";
import { absentNotEmpty, tenant } from "./fields.js";

const message = define(MessageSchema, (t) => ({
  messageId: t.string(undefined, absentNotEmpty),
  tenantId: t.string(tenant).required(),
  traceId: t.string(undefined, absentNotEmpty),
  messageType: t.string(filled).required(),
  payload: t
    .bytes((bytes) => bytes.refine((value) => value.length > 0, "at least 1 byte"))
    .required(),
  metadata: t.map(t.string()),
  timestampMs: t.int64({ min: 0n }),
  runId: t.string(undefined, absentNotEmpty),
  flowId: t.string(undefined, absentNotEmpty),
  stepId: t.string(undefined, absentNotEmpty),
  idempotencyKey: t.string(atMostBytes(256), absentNotEmpty),
  spanId: t.string(undefined, absentNotEmpty),
}));

/** An incoming message that waits for routing; in DTO words `MessageDto`. Document: the BeamLine protobuf README. */
export type Message = MessageMessage;
export type MessageJson = Wire<typeof message>;
/** The NATS JSON of a {@link Message}, under the name that the BeamLine gateway has for it. */
export type MessageDto = MessageJson;
export const Message: Contract<Message, MessageJson> = createContract(
  MessageSchema,
  message,
  MessageCodec,
);

const routeRequest = define(RouteRequestSchema, (t) => ({
  message: t.message(Message).required(),
  policyId: t.string(undefined, absentNotEmpty),
  context: t.map(t.string()),
  idempotencyKey: t.string(atMostBytes(256), absentNotEmpty),
}));

/** A question to the Router: where shall this message go. Document: the BeamLine protobuf README. */
export type RouteRequest = RouteRequestMessage;
export type RouteRequestJson = Wire<typeof routeRequest>;
/** The NATS JSON of a {@link RouteRequest}, under the name that the BeamLine gateway has for it. */
export type RouteRequestDto = RouteRequestJson;
export const RouteRequest: Contract<RouteRequest, RouteRequestJson> = createContract(
  RouteRequestSchema,
  routeRequest,
  RouteRequestCodec,
);

const routeDecision = define(RouteDecisionSchema, (t) => ({
  providerId: t.string(filledAtMostBytes(128)).required(),
  reason: t.string(filled).required(),
  priority: t.int32({ min: 0, max: 100 }),
  expectedLatencyMs: t.int64({ min: 0n }),
  expectedCost: t.double({ min: 0 }),
  metadata: t.map(t.string()),
}));

/** The Router's answer: the provider that it selected, and why. Document: the BeamLine protobuf README. */
export type RouteDecision = RouteDecisionMessage;
export type RouteDecisionJson = Wire<typeof routeDecision>;
/** The NATS JSON of a {@link RouteDecision}, under the name that the BeamLine gateway has for it. */
export type RouteDecisionDto = RouteDecisionJson;
export const RouteDecision: Contract<RouteDecision, RouteDecisionJson> = createContract(
  RouteDecisionSchema,
  routeDecision,
  RouteDecisionCodec,
);
