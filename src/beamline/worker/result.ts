import { ExecResultCodec, JobCodec } from "../../../gen/beamline/worker/v1/result_codec.js";
import {
  type ExecResult as ExecResultMessage,
  ExecResultSchema,
  type Job as JobMessage,
  JobSchema,
} from "../../../gen/beamline/worker/v1/result_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { readOptions } from "../../contract/base/settings.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { absentNotEmpty, execStatuses, tenantOrNone, versionOneOrNone } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const job = /* @__PURE__ */ define(JobSchema, (t) => ({
  type: t.string(filled).required(),
  metadata: t.map(t.string()),
}));

/** The job that a result is about. Document: the BeamLine API contracts. */
export type Job = JobMessage;
export type JobJson = Wire<typeof job>;
export const Job: Contract<Job, JobJson> = /* @__PURE__ */ createContract(JobSchema, job, JobCodec);

const execResult = /* @__PURE__ */ define(
  ExecResultSchema,
  (t) => ({
    assignmentId: t.string(undefined, absentNotEmpty),
    requestId: t.string(undefined, absentNotEmpty),
    status: t.string(oneOf(execStatuses)).required(),
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
    strict: reportCorrelation,
    constants: { version: "1" },
    refine({ assignmentId, requestId, status, errorCode, errorMessage }, report) {
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
export const ExecResult: Contract<ExecResult, ExecResultJson> = /* @__PURE__ */ createContract(
  ExecResultSchema,
  execResult,
  ExecResultCodec,
);

/** The options of {@link createExecResultContract}. */
export interface ExecResultContractOptions {
  /**
   * Also reads `latency_ms`, `cost` and `timestamp` from decimal text, and `job` from JSON text, because
   * the converter of the C++ worker writes every value as a string. Default false.
   */
  readonly textValues?: boolean;
  /** Also reads the status `canceled`, as `cancelled`. Default false. */
  readonly canceled?: boolean;
}

/**
 * Creates a contract for results of older and C++ workers. It reads JSON more leniently than
 * {@link ExecResult}, and writes the same. Text that is not a number is refused. Throws ContractError `config`
 * for invalid options.
 */
export function createExecResultContract(
  options: ExecResultContractOptions,
): Contract<ExecResult, ExecResultJson> {
  const own = readOptions(ExecResultSchema.typeName, options, (given, context) => {
    for (const key of ["textValues", "canceled"] as const) {
      if (given[key] === undefined || typeof given[key] === "boolean") continue;
      context.mismatch("config", "a boolean", given[key], key);
    }
  });
  const definition: typeof execResult = {
    ...execResult,
    read: (json, context) => execResult.read(toCurrentJson(json, own), context),
  };
  return createContract(ExecResultSchema, definition, ExecResultCodec);
}

const decimal = /^-?\d+(?:\.\d+)?$/;

function toCurrentJson(
  json: unknown,
  { textValues = false, canceled = false }: ExecResultContractOptions,
): unknown {
  if (!isPlainObject(json)) return json;
  const changed: Record<string, unknown> = { ...json };
  if (canceled && json["status"] === "canceled") changed["status"] = "cancelled";
  if (!textValues) return changed;
  for (const key of ["latency_ms", "cost", "timestamp"]) {
    const text = json[key];
    if (typeof text === "string" && decimal.test(text)) changed[key] = Number(text);
  }
  if (typeof json["job"] === "string") changed["job"] = parseJob(json["job"]);
  return changed;
}

/** The value of a JSON text; invalid text is returned as it is, and the reader refuses it. */
function parseJob(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
