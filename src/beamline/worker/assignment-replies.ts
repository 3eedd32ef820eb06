import { guarded } from "../../contract/base/result.js";
import { type BeamlineOptions, timeOf } from "../options.js";
import { ExecAssignment, ExecAssignmentAck } from "./assignment.js";
import { ExecResult } from "./result.js";
import type { ResultOrigin } from "./step-to-result.js";
import { UsageEvent } from "./usage.js";

/** What a worker answers to an assignment. */
export type AckStatus = "accepted" | "rejected" | "error";

/** What {@link toExecAssignmentAck} takes besides the answer. */
export interface AckSettings extends Pick<BeamlineOptions, "now"> {
  /** The reason, for people. Default none. */
  readonly message?: string;
}

/**
 * A worker's answer to an assignment, with its ids and the time. Throws ContractError when the
 * assignment breaks its rules. Document: the BeamLine protobuf README, "CAF Worker Contracts".
 *
 * @example
 * toExecAssignmentAck(assignment, "rejected", { message: "unknown job type" }).status; // "rejected"
 */
export function toExecAssignmentAck(
  assignment: ExecAssignment,
  status: AckStatus,
  settings: AckSettings = {},
): ExecAssignmentAck {
  const { assignmentId, requestId, tenantId, correlation } = ExecAssignment.check(assignment);
  const ack = guarded("convert", ExecAssignmentAck.typeName, () =>
    ExecAssignmentAck.create({
      assignmentId,
      status,
      message: settings.message ?? "",
      requestId,
      traceId: correlation?.traceId ?? "",
      tenantId,
      acknowledgedAt: timeOf(settings, ExecAssignmentAck.typeName),
    }),
  );
  return ExecAssignmentAck.check(ack);
}

/** What {@link toResultOrigin} takes besides the assignment. */
export interface ResultOriginSettings extends Pick<BeamlineOptions, "now"> {
  /** US dollars. Default 0, which is what workers without prices write. */
  readonly cost?: number;
}

/**
 * What a worker adds to the outcome of its block to make a result of it: the ids and the job of the
 * assignment, the price and the time.
 *
 * @example
 * toExecResult(step, toResultOrigin(assignment, { cost: 0.012 }));
 */
export function toResultOrigin(
  assignment: ExecAssignment,
  settings: ResultOriginSettings = {},
): Required<ResultOrigin> {
  const { assignmentId, requestId, executor, job } = ExecAssignment.check(assignment);
  return guarded("convert", ExecAssignment.typeName, () => ({
    assignmentId,
    requestId,
    providerId: executor?.providerId ?? "",
    jobType: job?.type ?? "",
    cost: settings.cost ?? 0,
    timestamp: timeOf(settings, ExecAssignment.typeName),
  }));
}

/**
 * The record that the Router publishes for billing once it has processed a result. `assignment_id` tells
 * whether a result was billed already. Throws ContractError when the result breaks its rules, and
 * `length` when it names no tenant. Document: the BeamLine NATS subjects, `beamline.usage.v1.metered`.
 *
 * @example
 * toUsageEvent(result).eventType; // the type of the result's job, "text.generate"
 */
export function toUsageEvent(
  result: ExecResult,
  settings: Pick<BeamlineOptions, "now"> = {},
): UsageEvent {
  const { tenantId, providerId, job, latencyMs, cost, status, ...ids } = ExecResult.check(result);
  const { traceId, assignmentId, requestId } = ids;
  const event = guarded("convert", UsageEvent.typeName, () =>
    UsageEvent.create({
      tenantId,
      providerId,
      eventType: job?.type ?? "",
      latencyMs,
      cost,
      status,
      traceId,
      timestamp: timeOf(settings, UsageEvent.typeName),
      assignmentId,
      requestId,
    }),
  );
  return UsageEvent.check(event);
}
