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
import type { Wire } from "../contract/rules/define.js";
import { atMostBytes, filled, filledAtMostBytes, filledBytes } from "../contract/rules/formats.js";
import { reportMissingId } from "../contract/rules/ids.js";
import { define, defineReply } from "./dialect.js";
import { absentNotEmpty, tenant } from "./fields.js";
import { reportCorrelation } from "./strict.js";

/** The rules of {@link Message}, for bytes as UTF-8 text or as base64. */
export function defineMessage(using: typeof define) {
  return using(
    MessageSchema,
    (t) => ({
      messageId: t.string(undefined, absentNotEmpty),
      tenantId: t.string(tenant).required(),
      traceId: t.string(undefined, absentNotEmpty),
      messageType: t.string(filled).required(),
      payload: t.bytes(filledBytes).required(),
      metadata: t.map(t.string()),
      timestampMs: t.int64({ min: 0n }),
      runId: t.string(undefined, absentNotEmpty),
      flowId: t.string(undefined, absentNotEmpty),
      stepId: t.string(undefined, absentNotEmpty),
      idempotencyKey: t.string(atMostBytes(256), absentNotEmpty),
      spanId: t.string(undefined, absentNotEmpty),
    }),
    {
      strict: (message, context) => {
        reportCorrelation(message, context);
        reportMissingId(context, "trace_id", message.traceId);
        reportMissingId(context, "idempotency_key", message.idempotencyKey);
      },
    },
  );
}

const message = defineMessage(define);

/** An incoming message to be routed; the gateway calls it `MessageDto`. Document: the BeamLine protobuf README. */
export type Message = MessageMessage;
export type MessageJson = Wire<typeof message>;
/** The NATS JSON of a {@link Message}, under the name that the BeamLine gateway uses. */
export type MessageDto = MessageJson;
export const Message: Contract<Message, MessageJson> = /* @__PURE__ */ createContract(
  MessageSchema,
  message,
  MessageCodec,
);

/** The rules of {@link RouteRequest}, for bytes as UTF-8 text or as base64. */
export function defineRouteRequest(using: typeof define, inner: Contract<Message, MessageJson>) {
  return using(RouteRequestSchema, (t) => ({
    message: t.message(inner).required(),
    policyId: t.string(undefined, absentNotEmpty),
    context: t.map(t.string()),
    idempotencyKey: t.string(atMostBytes(256), absentNotEmpty),
  }));
}

const routeRequest = defineRouteRequest(define, Message);

/** A request to the Router to select a provider for a message. Document: the BeamLine protobuf README. */
export type RouteRequest = RouteRequestMessage;
export type RouteRequestJson = Wire<typeof routeRequest>;
/** The NATS JSON of a {@link RouteRequest}, under the name that the BeamLine gateway uses. */
export type RouteRequestDto = RouteRequestJson;
export const RouteRequest: Contract<RouteRequest, RouteRequestJson> =
  /* @__PURE__ */ createContract(RouteRequestSchema, routeRequest, RouteRequestCodec);

const routeDecision = /* @__PURE__ */ defineReply(RouteDecisionSchema, (t) => ({
  providerId: t.string(filledAtMostBytes(128)).required(),
  reason: t.string(filled).required(),
  priority: t.int32({ min: 0, max: 100 }),
  expectedLatencyMs: t.int64({ min: 0n }),
  expectedCost: t.double({ min: 0 }),
  metadata: t.map(t.string()),
}));

/** The Router's decision: the selected provider and the reason. Document: the BeamLine protobuf README. */
export type RouteDecision = RouteDecisionMessage;
export type RouteDecisionJson = Wire<typeof routeDecision>;
/** The NATS JSON of a {@link RouteDecision}, under the name that the BeamLine gateway uses. */
export type RouteDecisionDto = RouteDecisionJson;
export const RouteDecision: Contract<RouteDecision, RouteDecisionJson> =
  /* @__PURE__ */ createContract(RouteDecisionSchema, routeDecision, RouteDecisionCodec);
