import {
  AssignmentCorrelationCodec,
  AssignmentDecisionCodec,
  AssignmentExecutorCodec,
  AssignmentJobCodec,
  AssignmentOptionsCodec,
  AssignmentRetryCodec,
  ExecAssignmentAckCodec,
  ExecAssignmentCodec,
} from "../../../gen/beamline/worker/v1/assignment_codec.js";
import {
  type AssignmentCorrelation as AssignmentCorrelationMessage,
  AssignmentCorrelationSchema,
  type AssignmentDecision as AssignmentDecisionMessage,
  AssignmentDecisionSchema,
  type AssignmentExecutor as AssignmentExecutorMessage,
  AssignmentExecutorSchema,
  type AssignmentJob as AssignmentJobMessage,
  AssignmentJobSchema,
  type AssignmentOptions as AssignmentOptionsMessage,
  AssignmentOptionsSchema,
  type AssignmentRetry as AssignmentRetryMessage,
  AssignmentRetrySchema,
  type ExecAssignmentAck as ExecAssignmentAckMessage,
  ExecAssignmentAckSchema,
  type ExecAssignment as ExecAssignmentMessage,
  ExecAssignmentSchema,
} from "../../../gen/beamline/worker/v1/assignment_pb.js";
import type { Context } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { type Contract, createContract } from "../../contract/contract.js";
import { withKeys } from "../../contract/model/json-schema-keywords.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, filledAtMostBytes, oneOf } from "../../contract/rules/formats.js";
import { maxTextKeywords } from "../../contract/rules/scalars.js";
import { define } from "../dialect.js";
import { absentNotEmpty, tenant, tenantOrNone, versionOne } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const executorChannels = ["nats", "grpc"] as const;

/** The transport to an executor. */
export type ExecutorChannel = (typeof executorChannels)[number];

const assignmentExecutor = /* @__PURE__ */ define(
  AssignmentExecutorSchema,
  (t) => ({
    providerId: t.string(filledAtMostBytes(128)).required(),
    channel: t.string(oneOf(executorChannels)).required(),
    endpoint: t.string(),
  }),
  {
    refine({ channel, endpoint }, report) {
      if (channel === "grpc" && endpoint === "") {
        report(["endpoint"], "required", "this key is required when channel is grpc");
      }
    },
  },
);

/** The provider that executes an assignment, with its address. Document: the BeamLine API contracts. */
export type AssignmentExecutor = AssignmentExecutorMessage;
export type AssignmentExecutorJson = Wire<typeof assignmentExecutor>;
export const AssignmentExecutor: Contract<AssignmentExecutor, AssignmentExecutorJson> =
  /* @__PURE__ */ createContract(
    AssignmentExecutorSchema,
    assignmentExecutor,
    AssignmentExecutorCodec,
  );

const assignmentJob = /* @__PURE__ */ define(AssignmentJobSchema, (t) => ({
  type: t.string(filled).required(),
  payloadRef: t.string(),
  payload: t.value(),
}));

/** The work to be done: its type and its input. Document: the BeamLine API contracts. */
export type AssignmentJob = AssignmentJobMessage;
export type AssignmentJobJson = Wire<typeof assignmentJob>;
export const AssignmentJob: Contract<AssignmentJob, AssignmentJobJson> =
  /* @__PURE__ */ createContract(AssignmentJobSchema, assignmentJob, AssignmentJobCodec);

const assignmentRetry = /* @__PURE__ */ define(AssignmentRetrySchema, (t) => ({
  maxAttempts: t.int32({ min: 0 }),
  backoffMs: t.int64({ min: 0n }),
}));

/** The retry policy of a job. Document: the BeamLine API contracts. */
export type AssignmentRetry = AssignmentRetryMessage;
export type AssignmentRetryJson = Wire<typeof assignmentRetry>;
export const AssignmentRetry: Contract<AssignmentRetry, AssignmentRetryJson> =
  /* @__PURE__ */ createContract(AssignmentRetrySchema, assignmentRetry, AssignmentRetryCodec);

const assignmentOptions = /* @__PURE__ */ define(AssignmentOptionsSchema, (t) => ({
  priority: t.int32({ min: 0, max: 100 }),
  deadlineMs: t.int64({ min: 0n }),
  retry: t.message(AssignmentRetry),
}));

/** The priority, deadline and retry policy of a job. Document: the BeamLine API contracts. */
export type AssignmentOptions = AssignmentOptionsMessage;
export type AssignmentOptionsJson = Wire<typeof assignmentOptions>;
export const AssignmentOptions: Contract<AssignmentOptions, AssignmentOptionsJson> =
  /* @__PURE__ */ createContract(
    AssignmentOptionsSchema,
    assignmentOptions,
    AssignmentOptionsCodec,
  );

const assignmentCorrelation = /* @__PURE__ */ define(
  AssignmentCorrelationSchema,
  (t) => ({
    traceId: t.string(undefined, absentNotEmpty),
  }),
  { strict: reportCorrelation },
);

/** The ids that tie an assignment to a trace. Document: the BeamLine API contracts. */
export type AssignmentCorrelation = AssignmentCorrelationMessage;
export type AssignmentCorrelationJson = Wire<typeof assignmentCorrelation>;
export const AssignmentCorrelation: Contract<AssignmentCorrelation, AssignmentCorrelationJson> =
  /* @__PURE__ */ createContract(
    AssignmentCorrelationSchema,
    assignmentCorrelation,
    AssignmentCorrelationCodec,
  );

const assignmentDecision = /* @__PURE__ */ define(AssignmentDecisionSchema, (t) => ({
  providerId: t.string(filledAtMostBytes(128)).required(),
  expectedLatencyMs: t.int64({ min: 0n, max: 3_600_000n }).required(),
  expectedCost: t.double({ min: 0 }).required(),
  reason: t.string(filled).required(),
  priority: t.int32({ min: 0, max: 100 }),
  metadata: t.struct(),
}));

/** The Router's decision as the worker sees it. Document: the BeamLine API contracts. */
export type AssignmentDecision = AssignmentDecisionMessage;
export type AssignmentDecisionJson = Wire<typeof assignmentDecision>;
export const AssignmentDecision: Contract<AssignmentDecision, AssignmentDecisionJson> =
  /* @__PURE__ */ createContract(
    AssignmentDecisionSchema,
    assignmentDecision,
    AssignmentDecisionCodec,
  );

const execAssignment = /* @__PURE__ */ define(
  ExecAssignmentSchema,
  (t) => ({
    version: t.string(versionOne).required(),
    assignmentId: t.string(filled).required(),
    requestId: t.string(filled).required(),
    tenantId: t.string(tenant).required(),
    executor: t.message(AssignmentExecutor).required(),
    job: t.message(AssignmentJob).required(),
    options: t.message(AssignmentOptions),
    correlation: t.message(AssignmentCorrelation),
    decision: t.message(AssignmentDecision).required(),
    metadata: t.struct(),
  }),
  {
    strict: reportCorrelation,
    constants: { version: "1" },
    refine({ executor, decision }, report) {
      if (executor?.providerId !== decision?.providerId) {
        report(["executor", "provider_id"], "rule", "must be equal to decision.provider_id");
      }
    },
  },
);

/** The Router's order to a worker to execute one job. Document: the BeamLine protobuf README. */
export type ExecAssignment = ExecAssignmentMessage;
export type ExecAssignmentJson = Wire<typeof execAssignment>;
export const ExecAssignment: Contract<ExecAssignment, ExecAssignmentJson> =
  /* @__PURE__ */ createContract(ExecAssignmentSchema, execAssignment, ExecAssignmentCodec);

const ackStatuses = ["accepted", "rejected", "error"] as const;

/** A worker's answer to an assignment. */
export type AckStatus = (typeof ackStatuses)[number];

const currentAck = /* @__PURE__ */ define(
  ExecAssignmentAckSchema,
  (t) => ({
    assignmentId: t.string(filled).required(),
    status: t.string(oneOf(ackStatuses)).required(),
    message: t.string(),
    requestId: t.string(undefined, absentNotEmpty),
    traceId: t.string(undefined, absentNotEmpty),
    tenantId: t.string(tenantOrNone, absentNotEmpty),
    acknowledgedAt: t.int64({ min: 0n }),
  }),
  { strict: reportCorrelation },
);

const execAssignmentAck: typeof currentAck = {
  ...currentAck,
  read: (json, context) => currentAck.read(reasonAsMessage(json, context), context),
  describe: (own) => ({
    ...withKeys(own, { reason: { type: "string", ...maxTextKeywords } }),
    dependentSchemas: { reason: { properties: { message: false } } },
  }),
};

/** Older workers write the key `reason` instead of `message`. */
function reasonAsMessage(json: unknown, context: Context): unknown {
  if (!isPlainObject(json) || json["reason"] === undefined) return json;
  const { reason, ...rest } = json;
  if (rest["message"] !== undefined) {
    context.fault("duplicate_key", "the same field as message", "reason");
  } else if (typeof reason === "string") {
    return { ...rest, message: reason };
  } else {
    context.mismatch("type", "a string", reason, "reason");
  }
  return rest;
}

/** A worker's acknowledgement of an assignment: whether it accepts it. Document: the BeamLine protobuf README. */
export type ExecAssignmentAck = ExecAssignmentAckMessage;
export type ExecAssignmentAckJson = Wire<typeof execAssignmentAck>;
export const ExecAssignmentAck: Contract<ExecAssignmentAck, ExecAssignmentAckJson> =
  /* @__PURE__ */ createContract(
    ExecAssignmentAckSchema,
    execAssignmentAck,
    ExecAssignmentAckCodec,
  );
