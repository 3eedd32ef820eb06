import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
} from "../../contract/json-contract.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";

const workerLoad = {
  worker_id: t.string(filled).required(),
  timestamp: t.timestamp().required(),
  status: t.string(oneOf(["idle", "busy", "draining", "stopped"])).required(),
  load: t.double({ min: 0, max: 1 }).required(),
};

/**
 * The heartbeat of the Rust worker: it reports a single load, 0 (idle) to 1 (full), where a
 * {@link WorkerHeartbeat} reports resources. Document: that worker's own contracts.
 */
export type WorkerLoad = JsonContractValue<typeof workerLoad>;
/** Its methods throw ContractError with the codes of the rules. */
export const WorkerLoad: JsonContract<WorkerLoad> = /* @__PURE__ */ createJsonContract(
  "beamline.WorkerLoad",
  workerLoad,
);
