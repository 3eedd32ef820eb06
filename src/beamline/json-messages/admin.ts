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

const adminRequest = { api_key: t.string(undefined, absentNotEmpty) };

/** A question about all extensions; it has no parameters but a key. Document: the BeamLine NATS subjects. */
export type AdminRequest = JsonContractValue<typeof adminRequest>;
/** Throws with the codes of its rules. */
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

/** The refusal of any admin request; `ok` is false where it stands. Document: the BeamLine API registry. */
export type AdminError = JsonContractValue<typeof adminError>;
/** Throws with the codes of its rules. */
export const AdminError: JsonContract<AdminError> = /* @__PURE__ */ createJsonContract(
  "beamline.AdminError",
  adminError,
  ({ ok }, report) => {
    if (ok === true) report(["ok"], "rule", "must not be true beside an error");
  },
);

const extensionHealth = { health: t.map(t.struct()).required() };

/**
 * How each extension does, by its id: `status` (healthy, degraded, unhealthy), `success_rate`, latencies
 * in milliseconds and the state of its circuit breaker. Document: the BeamLine API registry.
 */
export type ExtensionHealth = JsonContractValue<typeof extensionHealth>;
/** Throws with the codes of its rules. */
export const ExtensionHealth: JsonContract<ExtensionHealth> = /* @__PURE__ */ createJsonContract(
  "beamline.ExtensionHealth",
  extensionHealth,
);

const circuitBreakerStates = { states: t.map(t.struct()).required() };

/**
 * The circuit breaker of each extension, by its id: `state` (closed, open, half_open) and `opened_at_ms`.
 * Document: the BeamLine API registry.
 */
export type CircuitBreakerStates = JsonContractValue<typeof circuitBreakerStates>;
/** Throws with the codes of its rules. */
export const CircuitBreakerStates: JsonContract<CircuitBreakerStates> =
  /* @__PURE__ */ createJsonContract("beamline.CircuitBreakerStates", circuitBreakerStates);

const dryRunRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  payload: t.value().required(),
  dry_run: t.bool(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A message to route for trial, without a call to a provider. Document: the BeamLine API registry. */
export type DryRunRequest = JsonContractValue<typeof dryRunRequest>;
/** Throws with the codes of its rules. */
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
 * Where the message would go, and which extensions it passed (`extension_id`, `type`, `status`,
 * `latency_ms` each). Document: the BeamLine API registry.
 */
export type DryRunReply = JsonContractValue<typeof dryRunReply>;
/** Throws with the codes of its rules. */
export const DryRunReply: JsonContract<DryRunReply> = /* @__PURE__ */ createJsonContract(
  "beamline.DryRunReply",
  dryRunReply,
);

const complexityRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A question how complex the pipeline of a policy is. Document: the BeamLine NATS subjects. */
export type ComplexityRequest = JsonContractValue<typeof complexityRequest>;
/** Throws with the codes of its rules. */
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
 * How complex a pipeline is: under a score of 30 low, under 60 medium, under 80 high, then very high.
 * Document: the BeamLine API registry.
 */
export type ComplexityReply = JsonContractValue<typeof complexityReply>;
/** Throws with the codes of its rules. */
export const ComplexityReply: JsonContract<ComplexityReply> = /* @__PURE__ */ createJsonContract(
  "beamline.ComplexityReply",
  complexityReply,
);
