import { ErrorCode, StepStatus } from "../../gen/beamline/worker/v1/step_pb.js";
import { ExecResult } from "./result.js";
import { StepResult } from "./step.js";

/** What a result says and a step result does not. */
export interface ResultOrigin {
  readonly assignmentId: string;
  readonly requestId: string;
  readonly providerId: string;
  readonly jobType: string;
  /** US dollars. Default 0. */
  readonly cost?: number;
  /** Milliseconds since 1970. Default 0, which means not given. */
  readonly timestamp?: bigint;
}

const statuses: ReadonlyMap<StepStatus, string> = new Map([
  [StepStatus.OK, "success"],
  [StepStatus.ERROR, "error"],
  [StepStatus.TIMEOUT, "timeout"],
  [StepStatus.CANCELLED, "cancelled"],
]);

/**
 * The result that a worker publishes for what its block returned. The error code becomes its name
 * (`UNKNOWN_ERROR` for a number without one) and is written, like the error message, only with status
 * error. `outputs` and `retries_used` stay in the worker: a result has no field for them. Throws
 * ContractError when the step result breaks its rules, or the result would break its own. Document: the
 * BeamLine protobuf README, "StepResult → ExecResult Mapping".
 */
export function toExecResult(step: StepResult, origin: ResultOrigin): ExecResult {
  const { status, errorCode, errorMessage, metadata, latencyMs } = StepResult.check(step);
  const isError = status === StepStatus.ERROR;
  return ExecResult.check(
    ExecResult.create({
      assignmentId: origin.assignmentId,
      requestId: origin.requestId,
      status: statuses.get(status) ?? "error",
      providerId: origin.providerId,
      job: { type: origin.jobType },
      latencyMs,
      cost: origin.cost ?? 0,
      timestamp: origin.timestamp ?? 0n,
      errorCode: isError ? (ErrorCode[errorCode] ?? "UNKNOWN_ERROR") : "",
      errorMessage: isError ? errorMessage : "",
      traceId: metadata?.traceId ?? "",
      runId: metadata?.runId ?? "",
      flowId: metadata?.flowId ?? "",
      stepId: metadata?.stepId ?? "",
      tenantId: metadata?.tenantId ?? "",
    }),
  );
}
