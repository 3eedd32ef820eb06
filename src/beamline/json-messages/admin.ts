import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../../contract/json-contract.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, exactly, tenant } from "../fields.js";
import { createReplyContract } from "./reply-contract.js";

const adminRequest = { api_key: t.string(undefined, absentNotEmpty) };

/** A request for the state of all extensions; its only parameter is an API key. Document: the BeamLine NATS subjects. */
export type AdminRequest = JsonContractValue<typeof adminRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const AdminRequest: JsonContract<AdminRequest> = /* @__PURE__ */ createJsonContract(
  "beamline.AdminRequest",
  adminRequest,
);

const adminError = {
  ok: t.bool(),
  error: required({
    code: t.string(filled).required(),
    message: t.string(filled).required(),
    trace_id: t.string(undefined, absentNotEmpty),
  }),
};

/** The error reply to any admin request; `ok` is false or absent. Document: the BeamLine API registry. */
export type AdminError = JsonContractValue<typeof adminError>;
/** Its methods throw ContractError with the codes of the rules. */
export const AdminError: JsonContract<AdminError> = /* @__PURE__ */ createReplyContract(
  "beamline.AdminError",
  adminError,
  ({ ok }, report) => {
    if (ok === true) report(["ok"], "rule", "must not be true beside an error");
  },
);

const extensionHealth = { health: t.map(t.struct()).required() };

/**
 * The health of each extension, by its id: `status` (healthy, degraded, unhealthy), `success_rate`, latencies
 * in milliseconds and the state of its circuit breaker. Document: the BeamLine API registry.
 */
export type ExtensionHealth = JsonContractValue<typeof extensionHealth>;
/** Its methods throw ContractError with the codes of the rules. */
export const ExtensionHealth: JsonContract<ExtensionHealth> = /* @__PURE__ */ createReplyContract(
  "beamline.ExtensionHealth",
  extensionHealth,
);

const circuitBreakerStates = { states: t.map(t.struct()).required() };

/**
 * The circuit breaker of each extension, by its id: `state` (closed, open, half_open) and `opened_at_ms`.
 * Document: the BeamLine API registry.
 */
export type CircuitBreakerStates = JsonContractValue<typeof circuitBreakerStates>;
/** Its methods throw ContractError with the codes of the rules. */
export const CircuitBreakerStates: JsonContract<CircuitBreakerStates> =
  /* @__PURE__ */ createReplyContract("beamline.CircuitBreakerStates", circuitBreakerStates);

const dryRunRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  payload: t.value().required(),
  dry_run: t.bool(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A message to be routed as a dry run, without calling a provider. Document: the BeamLine API registry. */
export type DryRunRequest = JsonContractValue<typeof dryRunRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const DryRunRequest: JsonContract<DryRunRequest> = /* @__PURE__ */ createJsonContract(
  "beamline.DryRunRequest",
  dryRunRequest,
);

const dryRunReply = {
  ok: exactly(true),
  result: required({
    decision: required({
      provider_id: t.string(filled).required(),
      reason: t.string(filled).required(),
      priority: t.int32({ min: 0, max: 100 }),
    }),
    executed_extensions: t.list(t.struct()),
    final_payload: t.value(),
  }),
};

/**
 * The decision of a dry run, and the extensions that were executed (each with `extension_id`, `type`,
 * `status` and `latency_ms`). Document: the BeamLine API registry.
 */
export type DryRunReply = JsonContractValue<typeof dryRunReply>;
/** Its methods throw ContractError with the codes of the rules. */
export const DryRunReply: JsonContract<DryRunReply> = /* @__PURE__ */ createReplyContract(
  "beamline.DryRunReply",
  dryRunReply,
);

const complexityRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A request for the complexity of a policy's pipeline. Document: the BeamLine NATS subjects. */
export type ComplexityRequest = JsonContractValue<typeof complexityRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const ComplexityRequest: JsonContract<ComplexityRequest> =
  /* @__PURE__ */ createJsonContract("beamline.ComplexityRequest", complexityRequest);

const count = t.int32({ min: 0 });
const complexityReply = {
  total_extensions: count.required(),
  pre_count: count.required(),
  validators_count: count.required(),
  post_count: count.required(),
  complexity_score: t.double({ min: 0 }).required(),
  complexity_level: t.string(oneOf(["low", "medium", "high", "very_high"])).required(),
  estimated_latency_ms: t.double({ min: 0 }),
  recommended_limits: optional({
    max_total: count,
    max_pre: count,
    max_validators: count,
    max_post: count,
  }),
  warnings: t.list(t.string()),
  recommendations: t.list(t.string()),
};

/**
 * The complexity of a pipeline: low for a score below 30, medium below 60, high below 80, else very high.
 * Document: the BeamLine API registry.
 */
export type ComplexityReply = JsonContractValue<typeof complexityReply>;
/** Its methods throw ContractError with the codes of the rules. */
export const ComplexityReply: JsonContract<ComplexityReply> = /* @__PURE__ */ createReplyContract(
  "beamline.ComplexityReply",
  complexityReply,
);
