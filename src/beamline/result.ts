import { ExecResultCodec, JobCodec } from "../../gen/beamline/worker/v1/result_codec.js";
import {
  type ExecResult as ExecResultMessage,
  ExecResultSchema,
  type Job as JobMessage,
  JobSchema,
} from "../../gen/beamline/worker/v1/result_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { filled, oneOf } from "../contract/formats.js";
import type { Wire } from "../contract/rules.js";
import { define } from "./dialect.js";
import { absentNotEmpty, tenantOrNone, versionOneOrNone } from "./fields.js";

const job = define(JobSchema, (t) => ({
  type: t.string(filled).required(),
  metadata: t.map(t.string()),
}));

/** The kind of work that a result speaks of. Document: the BeamLine API contracts. */
export type Job = JobMessage;
export type JobJson = Wire<typeof job>;
export const Job: Contract<Job, JobJson> = createContract(JobSchema, job, JobCodec);

const execResult = define(
  ExecResultSchema,
  (t) => ({
    assignmentId: t.string(undefined, absentNotEmpty),
    requestId: t.string(undefined, absentNotEmpty),
    status: t.string(oneOf(["success", "error", "timeout", "cancelled"])).required(),
    providerId: t.string(filled).required(),
    job: t.message(Job).required(),
    latencyMs: t.int64({ min: 0n }).required(),
    cost: t.double({ min: 0 }).required(),
    traceId: t.string(undefined, absentNotEmpty),
    tenantId: t.string(tenantOrNone, absentNotEmpty),
    timestamp: t.int64({ min: 0n }),
    errorCode: t.string(),
    errorMessage: t.string(),
    version: t.string(versionOneOrNone, absentNotEmpty),
    runId: t.string(undefined, absentNotEmpty),
    flowId: t.string(undefined, absentNotEmpty),
    stepId: t.string(undefined, absentNotEmpty),
  }),
  {
    constants: { version: "1" },
    across({ assignmentId, requestId, status, errorCode, errorMessage }, report) {
      if (assignmentId === "" && requestId === "") {
        report(["assignment_id"], "required", "this key or request_id is required");
      }
      if (status === "error") return;
      const message = "must be absent unless status is error";
      if (errorCode !== "") report(["error_code"], "rule", message);
      if (errorMessage !== "") report(["error_message"], "rule", message);
    },
  },
);

/** The outcome of one assignment. Document: the BeamLine protobuf README. */
export type ExecResult = ExecResultMessage;
export type ExecResultJson = Wire<typeof execResult>;
export const ExecResult: Contract<ExecResult, ExecResultJson> = createContract(
  ExecResultSchema,
  execResult,
  ExecResultCodec,
);
