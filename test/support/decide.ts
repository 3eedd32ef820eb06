import type { DecideRequest, DecideResponse, ErrorResponse } from "../../src/beamline/index.js";

/** BeamLine's adapter JSON with few and with all keys. */
export const request: DecideRequest = {
  version: "1",
  request_id: "req-1",
  tenant_id: "acme",
  task: { type: "chat", payload: "hello" },
};
export const full: DecideRequest = {
  ...request,
  trace_id: "t",
  run_id: "r",
  flow_id: "f",
  step_id: "s",
  idempotency_key: "i",
  task: { type: "chat", payload_ref: "s3://bucket/key", payload: { text: ["hi", null, 1.5] } },
  message: {
    message_id: "m",
    tenant_id: "acme",
    message_type: "chat",
    payload: '{"text":["hi",null,1.5]}',
  },
  policy_id: "p",
  constraints: { max_latency_ms: 500, max_cost: 0.25 },
  metadata: { user: "u-42", tags: ["a"] },
  context: { session_id: "s1" },
  push_assignment: true,
  assignment_subject: "caf.exec.assign.v1",
};
export const decision = {
  provider_id: "openai",
  priority: 50,
  expected_latency_ms: 850,
  expected_cost: 0.012,
  reason: "best_score",
};
export const response: DecideResponse = {
  ok: true,
  decision: {
    ...decision,
    provider_label: "OpenAI",
    sticky_key: "u",
    fallback_used: false,
    policy_id: "p",
    expires_at_ms: 1706371200000,
    metadata: { algorithm: "weighted", tries: 2 },
  },
  context: { request_id: "req-1", trace_id: "t" },
};
export const error: ErrorResponse = {
  ok: false,
  error: {
    code: "policy_not_found",
    message: "no such policy",
    details: { tenant_id: "acme" },
    intake_error_code: "SCHEMA_VALIDATION_FAILED",
  },
  context: { request_id: "req-1", trace_id: "t" },
};

export function without(json: object, key: string): object {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
}
