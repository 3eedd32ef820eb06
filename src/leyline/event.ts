import type { Duration } from "@bufbuild/protobuf/wkt";
import { EventEnvelopeCodec } from "../../gen/esper/leyline/v1/event_codec.js";
import {
  DeliveryGuaranteeSchema,
  type EventEnvelope as EventEnvelopeMessage,
  EventEnvelopeSchema,
  MessagePrioritySchema,
} from "../../gen/esper/leyline/v1/event_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { filled } from "../contract/formats.js";
import { holdId, uuid4 } from "../contract/ids.js";
import type { Report, Wire } from "../contract/rules.js";
import { define } from "./dialect.js";
import { isPositive, nameOrEmpty } from "./formats.js";

/** SystemLimits.max_retry_attempts, which bounds every event's attempts. */
const mostAttempts = 3;

/** A time that counts from created_at: it must be greater than 0, and created_at must be there. */
function holdSpan(
  key: string,
  span: Duration | undefined,
  createdAt: EventEnvelopeMessage["createdAt"],
  report: Report,
): void {
  if (span === undefined) return;
  if (!isPositive(span)) report([key], "range", "must be greater than 0s");
  if (createdAt === undefined) report(["created_at"], "required", `is required with ${key}`);
}

const eventEnvelope = define(
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
    maxAttempts: t.uint32({ max: mostAttempts }),
    currentAttempt: t.uint32(),
  }),
  {
    strict: ({ eventId, correlationId }, walk) => {
      holdId(walk, "event_id", eventId, uuid4);
      holdId(walk, "correlation_id", correlationId, uuid4);
    },
    across({ createdAt, processingDeadline, ttl, maxAttempts, currentAttempt }, report) {
      holdSpan("processing_deadline", processingDeadline, createdAt, report);
      holdSpan("ttl", ttl, createdAt, report);
      if (currentAttempt > (maxAttempts || mostAttempts)) {
        const limit = maxAttempts === 0 ? `${mostAttempts}` : `max_attempts (${maxAttempts})`;
        report(["current_attempt"], "rule", `must be at most ${limit}`);
      }
    },
  },
);

/** One message on the bus. Document: the Leyline document, "EventEnvelope". */
export type EventEnvelope = EventEnvelopeMessage;
export type EventEnvelopeJson = Wire<typeof eventEnvelope>;
export const EventEnvelope: Contract<EventEnvelope, EventEnvelopeJson> = createContract(
  EventEnvelopeSchema,
  eventEnvelope,
  EventEnvelopeCodec,
);
