import {
  ResultMetadataCodec,
  StepResultCodec,
} from "../../../gen/beamline/worker/v1/step_codec.js";
import {
  ErrorCode,
  ErrorCodeSchema,
  type ResultMetadata as ResultMetadataMessage,
  ResultMetadataSchema,
  type StepResult as StepResultMessage,
  StepResultSchema,
  StepStatus,
  StepStatusSchema,
} from "../../../gen/beamline/worker/v1/step_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { define } from "../dialect.js";
import { absentNotEmpty, tenantOrNone } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const resultMetadata = /* @__PURE__ */ define(
  ResultMetadataSchema,
  (t) => ({
    traceId: t.string(undefined, absentNotEmpty),
    runId: t.string(undefined, absentNotEmpty),
    flowId: t.string(undefined, absentNotEmpty),
    stepId: t.string(undefined, absentNotEmpty),
    tenantId: t.string(tenantOrNone, absentNotEmpty),
  }),
  { strict: reportCorrelation },
);

/** The ids that tie a step result to its trace, run and tenant. Document: the BeamLine protobuf README. */
export type ResultMetadata = ResultMetadataMessage;
export type ResultMetadataJson = Wire<typeof resultMetadata>;
export const ResultMetadata: Contract<ResultMetadata, ResultMetadataJson> =
  /* @__PURE__ */ createContract(ResultMetadataSchema, resultMetadata, ResultMetadataCodec);

const stepResult = /* @__PURE__ */ define(
  StepResultSchema,
  (t) => ({
    status: t.enum(StepStatusSchema, "STEP_STATUS_", { zero: "refused" }).required(),
    errorCode: t.enum(ErrorCodeSchema, "ERROR_CODE_", { spelling: "bare" }),
    outputs: t.map(t.string()),
    errorMessage: t.string(),
    metadata: t.message(ResultMetadata),
    latencyMs: t.int64({ min: 0n }),
    retriesUsed: t.int32({ min: 0 }),
  }),
  {
    refine({ status, errorCode }, report) {
      if (status === StepStatus.OK && errorCode !== ErrorCode.NONE) {
        report(["error_code"], "rule", "must be NONE when status is ok");
      }
      if (status === StepStatus.ERROR && errorCode === ErrorCode.NONE) {
        report(["error_code"], "rule", "must not be NONE when status is error");
      }
    },
  },
);

/** The result of a block of a worker; it stays inside the worker. Document: the BeamLine protobuf README. */
export type StepResult = StepResultMessage;
export type StepResultJson = Wire<typeof stepResult>;
export const StepResult: Contract<StepResult, StepResultJson> = /* @__PURE__ */ createContract(
  StepResultSchema,
  stepResult,
  StepResultCodec,
);
