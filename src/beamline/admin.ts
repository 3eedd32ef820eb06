import { createForm, type Form, type FormValue, needed, optional } from "../contract/form.js";
import { filled, oneOf } from "../contract/formats.js";
import { leaves as t } from "./dialect.js";
import { absentNotEmpty, exactly, tenant } from "./fields.js";

const adminRequest = { api_key: t.string(undefined, absentNotEmpty) };

/** A question about all extensions; it has no parameters but a key. Document: the BeamLine NATS subjects. */
export type AdminRequest = FormValue<typeof adminRequest>;
/** Throws with the codes of its rules. */
export const AdminRequest: Form<AdminRequest> = createForm("beamline.AdminRequest", adminRequest);

const adminError = {
  ok: t.bool(),
  error: needed({
    code: t.string(filled).required(),
    message: t.string(filled).required(),
    trace_id: t.string(undefined, absentNotEmpty),
  }),
};

/** The refusal of any admin request; `ok` is false where it stands. Document: the BeamLine API registry. */
export type AdminError = FormValue<typeof adminError>;
/** Throws with the codes of its rules. */
export const AdminError: Form<AdminError> = createForm(
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
export type ExtensionHealth = FormValue<typeof extensionHealth>;
/** Throws with the codes of its rules. */
export const ExtensionHealth: Form<ExtensionHealth> = createForm(
  "beamline.ExtensionHealth",
  extensionHealth,
);

const circuitBreakerStates = { states: t.map(t.struct()).required() };

/**
 * The circuit breaker of each extension, by its id: `state` (closed, open, half_open) and `opened_at_ms`.
 * Document: the BeamLine API registry.
 */
export type CircuitBreakerStates = FormValue<typeof circuitBreakerStates>;
/** Throws with the codes of its rules. */
export const CircuitBreakerStates: Form<CircuitBreakerStates> = createForm(
  "beamline.CircuitBreakerStates",
  circuitBreakerStates,
);

const dryRunRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  payload: t.value().required(),
  dry_run: t.bool(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A message to route for trial, without a call to a provider. Document: the BeamLine API registry. */
export type DryRunRequest = FormValue<typeof dryRunRequest>;
/** Throws with the codes of its rules. */
export const DryRunRequest: Form<DryRunRequest> = createForm(
  "beamline.DryRunRequest",
  dryRunRequest,
);

const dryRunReply = {
  ok: exactly(true),
  result: needed({
    decision: needed({
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
export type DryRunReply = FormValue<typeof dryRunReply>;
/** Throws with the codes of its rules. */
export const DryRunReply: Form<DryRunReply> = createForm("beamline.DryRunReply", dryRunReply);

const complexityRequest = {
  tenant_id: t.string(tenant).required(),
  policy_id: t.string(filled).required(),
  api_key: t.string(undefined, absentNotEmpty),
};

/** A question how complex the pipeline of a policy is. Document: the BeamLine NATS subjects. */
export type ComplexityRequest = FormValue<typeof complexityRequest>;
/** Throws with the codes of its rules. */
export const ComplexityRequest: Form<ComplexityRequest> = createForm(
  "beamline.ComplexityRequest",
  complexityRequest,
);

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
export type ComplexityReply = FormValue<typeof complexityReply>;
/** Throws with the codes of its rules. */
export const ComplexityReply: Form<ComplexityReply> = createForm(
  "beamline.ComplexityReply",
  complexityReply,
);
