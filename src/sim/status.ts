import { ErrorInfoCodec, SimulationStatusCodec } from "../../gen/sim/v1/status_codec.js";
import {
  type ErrorInfo as ErrorInfoMessage,
  ErrorInfoSchema,
  SimulationState,
  SimulationStateSchema,
  type SimulationStatus as SimulationStatusMessage,
  SimulationStatusSchema,
} from "../../gen/sim/v1/status_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, formed, longText } from "../contract/rules/formats.js";
import { define } from "./dialect.js";

const errorInfo = /* @__PURE__ */ define(ErrorInfoSchema, (t) => ({
  code: t
    .string(formed(/^[A-Z][A-Z0-9_]*$/, "an upper-case code such as SOLVER_DIVERGED"))
    .required(),
  message: t.string(filled).required(),
  componentId: t.optional(t.string(filled)).nullable().omitted(),
  time: t
    .optional(t.double({ min: 0 }))
    .nullable()
    .omitted(),
  exception: t.optional(t.string(filled)).nullable().omitted(),
  traceback: t.optional(t.string(longText)).nullable().omitted(),
  retryable: t.bool().omitted(),
}));

/** The cause of a failed run. Document: the sim proposal names it; its fields are Concord's choice. */
export type ErrorInfo = ErrorInfoMessage;
export type ErrorInfoJson = Wire<typeof errorInfo>;
export const ErrorInfo: Contract<ErrorInfo, ErrorInfoJson> = /* @__PURE__ */ createContract(
  ErrorInfoSchema,
  errorInfo,
  ErrorInfoCodec,
);

const simulationStatus = /* @__PURE__ */ define(
  SimulationStatusSchema,
  (t) => ({
    status: t.enum(SimulationStateSchema, "SIMULATION_STATE_", { zero: "refused" }).required(),
    details: t.string(),
    errorInfo: t.message(ErrorInfo).nullable(),
  }),
  {
    refine({ status, errorInfo }, report) {
      if (errorInfo !== undefined && status !== SimulationState.FAILED) {
        report(["error_info"], "rule", "must be null unless status is failed");
      }
    },
  },
);

/** The state of a run. Document: the sim proposal, "simulation_status". */
export type SimulationStatus = SimulationStatusMessage;
export type SimulationStatusJson = Wire<typeof simulationStatus>;
export const SimulationStatus: Contract<SimulationStatus, SimulationStatusJson> =
  /* @__PURE__ */ createContract(SimulationStatusSchema, simulationStatus, SimulationStatusCodec);
