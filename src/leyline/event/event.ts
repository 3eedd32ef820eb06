import type { Duration } from "@bufbuild/protobuf/wkt";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import {
  DeliveryGuaranteeSchema,
  type EventEnvelope as EventEnvelopeMessage,
  EventEnvelopeSchema,
  MessagePrioritySchema,
} from "../../../gen/esper/leyline/v1/event_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Report } from "../../contract/model/definition.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { reportId, uuid4 } from "../../contract/rules/ids.js";
import { define } from "../dialect.js";
import { isPositive, nameOrEmpty } from "../formats.js";

/** SystemLimits.max_retry_attempts, the maximum for every event. */
const documentedAttempts = 3;

/** A duration measured from `created_at`: it must be positive, and `created_at` must be set. */
function reportSpan(
  key: string,
  span: Duration | undefined,
  createdAt: EventEnvelopeMessage["createdAt"],
  report: Report,
): void {
  if (span === undefined) return;
  if (!isPositive(span)) report([key], "range", "must be greater than 0s");
  if (createdAt === undefined) report(["created_at"], "required", `is required with ${key}`);
}

const eventEnvelope = /* @__PURE__ */ define(
  EventEnvelopeSchema,
  (t) => ({
    eventId: t.string(filled).required(),
    eventType: t.string(filled).required(),
    sourceSubsystem: t.string(nameOrEmpty),
    createdAt: t.timestamp(),
    processingDeadline: t.duration(),
    ttl: t.duration(),
    payload: t.bytes(),
    payloadType: t.string(),
    contentEncoding: t.string(),
    priority: t.enum(MessagePrioritySchema, "MESSAGE_PRIORITY_"),
    routingKeys: t.list(t.string(filled)),
    correlationId: t.string(),
    deliveryGuarantee: t.enum(DeliveryGuaranteeSchema, "DELIVERY_GUARANTEE_"),
    maxAttempts: t.uint32({ max: documentedAttempts }),
    currentAttempt: t.uint32(),
  }),
  {
    strict: ({ eventId, correlationId }, context) => {
      reportId(context, "event_id", eventId, uuid4);
      reportId(context, "correlation_id", correlationId, uuid4);
    },
    refine({ createdAt, processingDeadline, ttl, maxAttempts, currentAttempt }, report) {
      reportSpan("processing_deadline", processingDeadline, createdAt, report);
      reportSpan("ttl", ttl, createdAt, report);
      if (currentAttempt > (maxAttempts || documentedAttempts)) {
        const limit = maxAttempts === 0 ? `${documentedAttempts}` : `max_attempts (${maxAttempts})`;
        report(["current_attempt"], "rule", `must be at most ${limit}`);
      }
    },
  },
);

/** The envelope of one message on the bus. Document: the Leyline document, "EventEnvelope". */
export type EventEnvelope = EventEnvelopeMessage;
export type EventEnvelopeJson = Wire<typeof eventEnvelope>;
export const EventEnvelope: Contract<EventEnvelope, EventEnvelopeJson> =
  /* @__PURE__ */ createContract(EventEnvelopeSchema, eventEnvelope, EventEnvelopeCodec);
