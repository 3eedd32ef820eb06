import { ErrorCode, StepStatus } from "../../../gen/beamline/worker/v1/step_pb.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import type { execStatuses } from "../fields.js";
import { ExecResult, Job } from "./result.js";
import { StepResult } from "./step.js";
import { formatStepErrorCode, parseStepErrorCode } from "./step-error-codes.js";

/** The fields of a result that a step result does not have. */
export interface ResultOrigin {
  readonly assignmentId: string;
  readonly requestId: string;
  readonly providerId: string;
  readonly jobType: string;
  /** US dollars. Default 0. */
  readonly cost?: number;
  /** Milliseconds since 1970. Default 0, which means unset. */
  readonly timestamp?: bigint;
}

/** The final state of an assignment, as {@link ExecResult} has it. */
export type ExecStatus = (typeof execStatuses)[number];

const statuses = {
  /** Refused by the rules; it is here because the table must have every status. */
  [StepStatus.UNSPECIFIED]: "error",
  [StepStatus.OK]: "success",
  [StepStatus.ERROR]: "error",
  [StepStatus.TIMEOUT]: "timeout",
  [StepStatus.CANCELLED]: "cancelled",
} as const satisfies Readonly<Record<StepStatus, ExecStatus>>;
const statusByNumber: ReadonlyMap<number, ExecStatus> = new Map(
  Object.entries(statuses).map(([stepStatus, status]) => [Number(stepStatus), status]),
);

/**
 * Converts the step result that a block returned to the result that its worker publishes. The error code
 * becomes its name (`UNKNOWN_ERROR` for a number without a name). Error code and error message are written
 * only with status `error`; a status without a name becomes `error`. `outputs` and `retries_used` are
 * dropped, because a result has no field for them. Throws ContractError when the step result or the result
 * would break its rules. Document: the BeamLine protobuf README, "StepResult → ExecResult Mapping".
 *
 * @example
 * const step = StepResult.create({ status: StepStatus.ERROR, errorCode: ErrorCode.HTTP_ERROR });
 * const origin = { assignmentId: "a-1", requestId: "r-1", providerId: "openai", jobType: "chat" };
 * toExecResult(step, origin).errorCode; // "HTTP_ERROR"
 */
export function toExecResult(step: StepResult, origin: ResultOrigin): ExecResult {
  const { errorCode, errorMessage, metadata, latencyMs, ...checked } = StepResult.check(step);
  const status = statusByNumber.get(checked.status) ?? "error";
  const isError = status === "error";
  // A step with an unnamed status may have no error code, but a result with status error must have one.
  const code = errorCode === ErrorCode.NONE ? "UNKNOWN_ERROR" : formatStepErrorCode(errorCode);
  const result = guarded("convert", StepResult.typeName, () =>
    ExecResult.create({
      assignmentId: origin.assignmentId,
      requestId: origin.requestId,
      status,
      providerId: origin.providerId,
      job: { type: origin.jobType },
      latencyMs,
      cost: origin.cost ?? 0,
      timestamp: origin.timestamp ?? 0n,
      errorCode: isError ? code : "",
      errorMessage: isError ? errorMessage : "",
      traceId: metadata?.traceId ?? "",
      runId: metadata?.runId ?? "",
      flowId: metadata?.flowId ?? "",
      stepId: metadata?.stepId ?? "",
      tenantId: metadata?.tenantId ?? "",
    }),
  );
  return ExecResult.check(result);
}

/** The status and error code of a step that did not fail. */
interface StepEnd {
  readonly status: StepStatus;
  readonly errorCode: ErrorCode;
}

const stepEnds = {
  success: { status: StepStatus.OK, errorCode: ErrorCode.NONE },
  timeout: { status: StepStatus.TIMEOUT, errorCode: ErrorCode.CANCELLED_BY_TIMEOUT },
  cancelled: { status: StepStatus.CANCELLED, errorCode: ErrorCode.CANCELLED_BY_USER },
} as const satisfies Readonly<Record<Exclude<ExecStatus, "error">, StepEnd>>;
const stepEndByStatus: ReadonlyMap<string, StepEnd> = new Map(Object.entries(stepEnds));

/** A result, separated into its step result and its origin. */
export interface StepOrigin {
  readonly step: StepResult;
  readonly origin: Required<ResultOrigin>;
}

/**
 * Converts a result back to a step result and its origin. {@link toExecResult} of both gives the same
 * result again; if the result had no version, it then has version 1. A timeout and a cancellation get the
 * error codes that blocks give them (5002 and 5001), which results do not have. Throws ContractError for a
 * result that cannot be converted: `enum` for an error code without a number, `required` for an error
 * without a code, `rule` for metadata of the job, `json.unknown_fields` for binary fields of a newer
 * contract, and the codes of the rules.
 *
 * @example
 * const { step, origin } = fromExecResult(result);
 * ExecResult.equals(toExecResult(step, origin), result); // true
 */
export function fromExecResult(result: ExecResult): StepOrigin {
  const { job = Job.create(), $unknown = [], ...rest } = ExecResult.check(result);
  if ($unknown.length > 0 || (job.$unknown ?? []).length > 0) {
    const message = "a step result has no place for binary fields that the contract does not know";
    throw refusal({ path: "", rule: "json.unknown_fields", message });
  }
  if (Object.keys(job.metadata).length > 0) {
    const message = "a step result has no place for it";
    throw refusal({ path: "job.metadata", rule: "rule", message });
  }
  const { traceId, runId, flowId, stepId, tenantId, errorMessage, latencyMs } = rest;
  const { status, errorCode } = stepEndByStatus.get(rest.status) ?? {
    status: StepStatus.ERROR,
    errorCode: errorCodeOf(rest.errorCode),
  };
  const metadata = { traceId, runId, flowId, stepId, tenantId };
  const step = StepResult.create({ status, errorCode, errorMessage, latencyMs, metadata });
  const { assignmentId, requestId, providerId, cost, timestamp } = rest;
  return {
    step: StepResult.check(step),
    origin: { assignmentId, requestId, providerId, jobType: job.type, cost, timestamp },
  };
}

function errorCodeOf(text: string): ErrorCode {
  const code = parseStepErrorCode(text);
  if (code !== undefined && code !== ErrorCode.NONE) return code;
  throw refusal(
    text === ""
      ? { path: "error_code", rule: "required", message: "required when status is error" }
      : mismatch("error_code", "enum", "the name of an error code", text),
  );
}

function refusal(issue: ContractIssue): ContractError {
  return new ContractError("convert", ExecResult.typeName, issue);
}
