import { guarded } from "../../contract/base/result.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { DecideRequest } from "../adapter/messages.js";
import { channelAddresses } from "../channel-addresses.js";
import { RouteDecision } from "../flow.js";
import { type BeamlineOptions, idOf, readBeamlineOptions } from "../options.js";
import { AssignmentJob, ExecAssignment, type ExecutorChannel } from "./assignment.js";

/** How an assignment is to be executed. */
export interface AssignmentSettings extends Pick<BeamlineOptions, "newId"> {
  /** The transport to the executor. Default `nats`, which is what the Router sends. */
  readonly channel?: ExecutorChannel;
  /** The executor's address; required for `grpc`. Default none. */
  readonly endpoint?: string;
  /** 0 to 100. Default: the priority of the decision. */
  readonly priority?: number;
  /** Milliseconds. Default: {@link assignmentDeadlineOf} the expected latency of the decision. */
  readonly deadlineMs?: bigint;
  /** Maximum number of attempts. Default 2. */
  readonly maxAttempts?: number;
  /** Milliseconds between attempts. Default 200. */
  readonly backoffMs?: bigint;
}

/** The defaults of an assignment. Document: the BeamLine API contracts, ExecAssignment. */
export const assignmentDefaults = Object.freeze({
  channel: "nats",
  subject: channelAddresses.assign,
  /** The deadline is this multiple of the expected latency, limited by the next two. */
  deadlineFactor: 5n,
  minDeadlineMs: 5_000n,
  maxDeadlineMs: 60_000n,
  maxAttempts: 2,
  backoffMs: 200n,
} as const);

/**
 * The deadline of a job, in milliseconds: five times the expected latency, at least 5 seconds and at most
 * a minute. Throws ContractError `type` for anything but a bigint.
 *
 * @example
 * assignmentDeadlineOf(850n); // 5000n
 * assignmentDeadlineOf(4_000n); // 20000n
 */
export function assignmentDeadlineOf(expectedLatencyMs: bigint): bigint {
  const { deadlineFactor, minDeadlineMs, maxDeadlineMs } = assignmentDefaults;
  if (typeof expectedLatencyMs !== "bigint") {
    const issue = mismatch("expected_latency_ms", "type", "a bigint", expectedLatencyMs);
    throw new ContractError("convert", ExecAssignment.typeName, issue);
  }
  const deadline = expectedLatencyMs * deadlineFactor;
  if (deadline < minDeadlineMs) return minDeadlineMs;
  if (deadline > maxDeadlineMs) return maxDeadlineMs;
  return deadline;
}

/**
 * The subject on which the Router publishes the assignment of a request: the request's
 * `assignment_subject`, else `caf.exec.assign.v1`; undefined unless the request asks for an assignment
 * (`push_assignment`). Throws ContractError with the codes of the rules.
 */
export function assignmentSubjectOf(request: DecideRequest): string | undefined {
  const { push_assignment, assignment_subject } = DecideRequest.check(request);
  return push_assignment === true ? (assignment_subject ?? assignmentDefaults.subject) : undefined;
}

/**
 * The assignment that the Router sends to a worker for a request and the decision on it. It has the
 * request's payload, payload reference and metadata. Convert a plain {@link RouteRequest} with
 * `toDecideRequest` first. Throws ContractError when the request or the decision breaks its rules, `range`
 * when the expected latency is over an hour, `config` when `newId` returns no id. Document: the BeamLine
 * protobuf README, "CAF Worker Contracts"; defaults from the BeamLine API contracts.
 *
 * @example
 * const task = { type: "chat", payload: "hello" };
 * const request = { version: "1", request_id: "r-1", tenant_id: "acme", task };
 * const decision = RouteDecision.create({ providerId: "openai", reason: "weighted", priority: 50 });
 * toExecAssignment(request, decision).options?.deadlineMs; // 5000n
 */
export function toExecAssignment(
  request: DecideRequest,
  decision: RouteDecision,
  settings: AssignmentSettings = {},
): ExecAssignment {
  const own = readBeamlineOptions(ExecAssignment.typeName, settings);
  const {
    task,
    request_id,
    tenant_id,
    message,
    metadata = {},
    ...ids
  } = DecideRequest.check(request);
  const { providerId, reason, priority, expectedLatencyMs, expectedCost, ...details } =
    RouteDecision.check(decision);
  const assignment = guarded("convert", ExecAssignment.typeName, () =>
    ExecAssignment.create({
      assignmentId: idOf(own, ExecAssignment.typeName),
      requestId: request_id,
      tenantId: tenant_id,
      executor: {
        providerId,
        channel: own.channel ?? assignmentDefaults.channel,
        endpoint: own.endpoint ?? "",
      },
      job: AssignmentJob.fromJson(task),
      options: {
        priority: own.priority ?? priority,
        deadlineMs: own.deadlineMs ?? assignmentDeadlineOf(expectedLatencyMs),
        retry: {
          maxAttempts: own.maxAttempts ?? assignmentDefaults.maxAttempts,
          backoffMs: own.backoffMs ?? assignmentDefaults.backoffMs,
        },
      },
      correlation: { traceId: ids.trace_id ?? message?.trace_id ?? "" },
      decision: {
        providerId,
        reason,
        priority,
        expectedLatencyMs,
        expectedCost,
        metadata: details.metadata,
      },
      metadata,
    }),
  );
  return ExecAssignment.check(assignment);
}
