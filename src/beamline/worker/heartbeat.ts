import {
  WorkerHeartbeatCodec,
  WorkerResourcesCodec,
} from "../../../gen/beamline/worker/v1/heartbeat_codec.js";
import {
  type WorkerHeartbeat as WorkerHeartbeatMessage,
  WorkerHeartbeatSchema,
  type WorkerResources as WorkerResourcesMessage,
  WorkerResourcesSchema,
  WorkerStatusSchema,
} from "../../../gen/beamline/worker/v1/heartbeat_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { absentNotEmpty, tenantOrNone, versionOne } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const workerResources = /* @__PURE__ */ define(WorkerResourcesSchema, (t) => ({
  cpu: t.double({ min: 0 }),
  gpu: t.double({ min: 0 }),
  memBytes: t.int64({ min: 0n }),
  jobsInFlight: t.int32({ min: 0 }),
}));

/** The load of a worker at the time of its heartbeat. Document: the BeamLine API contracts. */
export type WorkerResources = WorkerResourcesMessage;
export type WorkerResourcesJson = Wire<typeof workerResources>;
export const WorkerResources: Contract<WorkerResources, WorkerResourcesJson> =
  /* @__PURE__ */ createContract(WorkerResourcesSchema, workerResources, WorkerResourcesCodec);

const workerHeartbeat = /* @__PURE__ */ define(
  WorkerHeartbeatSchema,
  (t) => ({
    version: t.string(versionOne).required(),
    workerId: t.string(filled).required(),
    timestamp: t.timestamp().required(),
    status: t.enum(WorkerStatusSchema, "WORKER_STATUS_", { zero: "refused" }).required(),
    resources: t.message(WorkerResources),
    tenantId: t.string(tenantOrNone, absentNotEmpty),
    metadata: t.struct(),
  }),
  { strict: reportCorrelation, constants: { version: "1" } },
);

/** A worker's report that it is alive, with its status and load. Document: the BeamLine API contracts. */
export type WorkerHeartbeat = WorkerHeartbeatMessage;
export type WorkerHeartbeatJson = Wire<typeof workerHeartbeat>;
export const WorkerHeartbeat: Contract<WorkerHeartbeat, WorkerHeartbeatJson> =
  /* @__PURE__ */ createContract(WorkerHeartbeatSchema, workerHeartbeat, WorkerHeartbeatCodec);
