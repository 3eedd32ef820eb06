import { ErrorCode, StepStatus } from "../../../gen/beamline/worker/v1/step_pb.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import type { execStatuses } from "../fields.js";
import { ExecResult, Job } from "./result.js";
import { StepResult } from "./step.js";
import { formatStepErrorCode, parseStepErrorCode } from "./step-error-codes.js";

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

/** How an assignment ended, in the words of {@link ExecResult}. */
export type ExecStatus = (typeof execStatuses)[number];

const statuses = {
  /** No rule lets this one through; it is here so that the table holds every status. */
  [StepStatus.UNSPECIFIED]: "error",
  [StepStatus.OK]: "success",
  [StepStatus.ERROR]: "error",
  [StepStatus.TIMEOUT]: "timeout",
  [StepStatus.CANCELLED]: "cancelled",
} as const satisfies Readonly<Record<StepStatus, ExecStatus>>;
const statusByNumber: ReadonlyMap<number, ExecStatus> = new Map(
  Object.entries(statuses).map(([status, word]) => [Number(status), word]),
);

/**
 * The result that a worker publishes for what its block returned. The error code becomes its name
 * (`UNKNOWN_ERROR` for a number without one) and is written, like the error message, only with status
 * error; a status without a name becomes error. `outputs` and `retries_used` stay in the worker: a result
 * has no field for them. Throws ContractError when the step result breaks its rules, or the result would
 * break its own. Document: the BeamLine protobuf README, "StepResult → ExecResult Mapping".
 *
 * @example
 * const step = StepResult.create({ status: StepStatus.ERROR, errorCode: ErrorCode.HTTP_ERROR });
 * const origin = { assignmentId: "a-1", requestId: "r-1", providerId: "openai", jobType: "chat" };
 * toExecResult(step, origin).errorCode; // "HTTP_ERROR"
 */
export function toExecResult(step: StepResult, origin: ResultOrigin): ExecResult {
  const { status, errorCode, errorMessage, metadata, latencyMs } = StepResult.check(step);
  const word = statusByNumber.get(status) ?? "error";
  const isError = word === "error";
  // A status without a name may come without a code; an error in a result never does.
  const code = errorCode === ErrorCode.NONE ? "UNKNOWN_ERROR" : formatStepErrorCode(errorCode);
  const result = guarded("convert", StepResult.typeName, () =>
    ExecResult.create({
      assignmentId: origin.assignmentId,
      requestId: origin.requestId,
      status: word,
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

/** What a block returns that did not fail: its status, and the code that it gives it. */
interface Ended {
  readonly status: StepStatus;
  readonly errorCode: ErrorCode;
}

const ended = {
  success: { status: StepStatus.OK, errorCode: ErrorCode.NONE },
  timeout: { status: StepStatus.TIMEOUT, errorCode: ErrorCode.CANCELLED_BY_TIMEOUT },
  cancelled: { status: StepStatus.CANCELLED, errorCode: ErrorCode.CANCELLED_BY_USER },
} as const satisfies Readonly<Record<Exclude<ExecStatus, "error">, Ended>>;
const endedByStatus: ReadonlyMap<string, Ended> = new Map(Object.entries(ended));

/** A result, taken apart into what its block returned and where it came from. */
export interface StepOrigin {
  readonly step: StepResult;
  readonly origin: Required<ResultOrigin>;
}

/**
 * The way back from a result: {@link toExecResult} of what this gives is the same result, with the
 * version that workers write where it had none. A timeout and a cancellation get the code that their
 * block gives them (5002, 5001), which results do not carry. Throws ContractError for a result that has
 * no way back: `enum` for an error code without a number, `required` for an error without a code, `rule`
 * for metadata of the job, `json.unknown_fields` for binary fields of a newer contract.
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
  const { status, errorCode } = endedByStatus.get(rest.status) ?? {
    status: StepStatus.ERROR,
    errorCode: readErrorCode(rest.errorCode),
  };
  const metadata = { traceId, runId, flowId, stepId, tenantId };
  const step = StepResult.create({ status, errorCode, errorMessage, latencyMs, metadata });
  const { assignmentId, requestId, providerId, cost, timestamp } = rest;
  return {
    step: StepResult.check(step),
    origin: { assignmentId, requestId, providerId, jobType: job.type, cost, timestamp },
  };
}

function readErrorCode(text: string): ErrorCode {
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
