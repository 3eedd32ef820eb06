import { UsageEventCodec } from "../../../gen/beamline/worker/v1/usage_codec.js";
import {
  type UsageEvent as UsageEventMessage,
  UsageEventSchema,
} from "../../../gen/beamline/worker/v1/usage_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { absentNotEmpty, execStatuses, tenant, versionOne } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const usageEvent = /* @__PURE__ */ define(
  UsageEventSchema,
  (t) => ({
    version: t.string(versionOne).required(),
    tenantId: t.string(tenant).required(),
    providerId: t.string(filled).required(),
    eventType: t.string(filled).required(),
    latencyMs: t.int64({ min: 0n }).required(),
    cost: t.double({ min: 0 }).required(),
    status: t.string(oneOf(execStatuses)).required(),
    traceId: t.string(undefined, absentNotEmpty),
    timestamp: t.int64({ min: 0n }).required(),
    assignmentId: t.string(undefined, absentNotEmpty),
    requestId: t.string(undefined, absentNotEmpty),
  }),
  { strict: reportCorrelation, constants: { version: "1" } },
);

/** The record of one processed result, for billing and statistics. Document: the BeamLine NATS subjects. */
export type UsageEvent = UsageEventMessage;
export type UsageEventJson = Wire<typeof usageEvent>;
export const UsageEvent: Contract<UsageEvent, UsageEventJson> = /* @__PURE__ */ createContract(
  UsageEventSchema,
  usageEvent,
  UsageEventCodec,
);
