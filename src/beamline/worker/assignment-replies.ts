import { guarded } from "../../contract/base/result.js";
import { type BeamlineOptions, readBeamlineOptions, timeOf } from "../options.js";
import { type AckStatus, ExecAssignment, ExecAssignmentAck } from "./assignment.js";
import { ExecResult } from "./result.js";
import type { ResultOrigin } from "./step-to-result.js";
import { UsageEvent } from "./usage.js";

/** Optional settings of {@link toExecAssignmentAck}. */
export interface AckSettings extends Pick<BeamlineOptions, "now"> {
  /** A human-readable reason. Default none. */
  readonly message?: string;
}

/**
 * A worker's acknowledgement of an assignment, with the assignment's ids and the current time. Throws
 * ContractError when the assignment breaks its rules. Document: the BeamLine protobuf README, "CAF Worker Contracts".
 *
 * @example
 * toExecAssignmentAck(assignment, "rejected", { message: "unknown job type" }).status; // "rejected"
 */
export function toExecAssignmentAck(
  assignment: ExecAssignment,
  status: AckStatus,
  settings: AckSettings = {},
): ExecAssignmentAck {
  const own = readBeamlineOptions(ExecAssignmentAck.typeName, settings);
  const { assignmentId, requestId, tenantId, correlation } = ExecAssignment.check(assignment);
  const ack = guarded("convert", ExecAssignmentAck.typeName, () =>
    ExecAssignmentAck.create({
      assignmentId,
      status,
      message: own.message ?? "",
      requestId,
      traceId: correlation?.traceId ?? "",
      tenantId,
      acknowledgedAt: timeOf(own, ExecAssignmentAck.typeName),
    }),
  );
  return ExecAssignmentAck.check(ack);
}

/** Optional settings of {@link toResultOrigin}. */
export interface ResultOriginSettings extends Pick<BeamlineOptions, "now"> {
  /** US dollars. Default 0, which workers that know no prices write. */
  readonly cost?: number;
}

/**
 * The fields of a result that a step result does not have: the ids and the job type of the assignment,
 * the cost and the current time. Throws ContractError when the assignment breaks its rules.
 *
 * @example
 * toExecResult(step, toResultOrigin(assignment, { cost: 0.012 }));
 */
export function toResultOrigin(
  assignment: ExecAssignment,
  settings: ResultOriginSettings = {},
): Required<ResultOrigin> {
  const own = readBeamlineOptions(ExecAssignment.typeName, settings);
  const { assignmentId, requestId, executor, job } = ExecAssignment.check(assignment);
  return guarded("convert", ExecAssignment.typeName, () => ({
    assignmentId,
    requestId,
    providerId: executor?.providerId ?? "",
    jobType: job?.type ?? "",
    cost: own.cost ?? 0,
    timestamp: timeOf(own, ExecAssignment.typeName),
  }));
}

/**
 * The record that the Router publishes for billing once it has processed a result. Its `assignment_id`
 * shows whether a result was billed before. Throws ContractError when the result breaks its rules, and
 * `length` when it has no tenant. Document: the BeamLine NATS subjects, `beamline.usage.v1.metered`.
 *
 * @example
 * toUsageEvent(result).eventType; // the type of the result's job, "text.generate"
 */
export function toUsageEvent(
  result: ExecResult,
  settings: Pick<BeamlineOptions, "now"> = {},
): UsageEvent {
  const own = readBeamlineOptions(UsageEvent.typeName, settings);
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
      timestamp: timeOf(own, UsageEvent.typeName),
      assignmentId,
      requestId,
    }),
  );
  return UsageEvent.check(event);
}
