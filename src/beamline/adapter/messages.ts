import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../../contract/json-contract.js";
import type { Report } from "../../contract/model/definition.js";
import { atMostBytes, filled, filledAtMostBytes } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, exactly, subject, tenant, versionOne } from "../fields.js";
import { Message } from "../flow.js";
import { createReplyContract } from "../json-messages/reply-contract.js";
import { isTextOf } from "./payload.js";

const decideRequest = {
  version: t.string(versionOne).required(),
  request_id: t.string(filled).required(),
  tenant_id: t.string(tenant).required(),
  trace_id: t.string(undefined, absentNotEmpty),
  run_id: t.string(undefined, absentNotEmpty),
  flow_id: t.string(undefined, absentNotEmpty),
  step_id: t.string(undefined, absentNotEmpty),
  idempotency_key: t.string(atMostBytes(256), absentNotEmpty),
  task: required({
    type: t.string(filled).required(),
    payload_ref: t.string(undefined, absentNotEmpty),
    payload: t.value(),
  }),
  message: t.message(Message),
  policy_id: t.string(undefined, absentNotEmpty),
  constraints: optional({
    max_latency_ms: t.double({ min: 0 }),
    max_cost: t.double({ min: 0 }),
  }),
  metadata: t.struct(),
  context: t.map(t.string()),
  push_assignment: t.bool(),
  assignment_subject: t.string(subject),
};

/**
 * A routing request as the gateway writes it to NATS: the fields of a {@link RouteRequest}, a `task`, and
 * instructions to the Router (`version`, `constraints`, `push_assignment`, `assignment_subject`).
 * `task.payload` is any JSON; `task.payload_ref` refers to a payload that is stored elsewhere.
 * `constraints` are in milliseconds and US dollars. Document: the BeamLine API contracts.
 */
export type DecideRequest = JsonContractValue<typeof decideRequest>;
/**
 * Its methods throw ContractError with the codes of the rules, `required` also when `task` has neither
 * `payload` nor `payload_ref`.
 */
export const DecideRequest: JsonContract<DecideRequest> = /* @__PURE__ */ createJsonContract(
  "beamline.DecideRequest",
  decideRequest,
  (request, report) => {
    if (request.task.payload === undefined && request.task.payload_ref === undefined) {
      report(["task", "payload"], "required", "this key or task.payload_ref is required");
    }
    if (request.message !== undefined) reportMessage(request, request.message, report);
  },
);

/** Reports where a `message` beside the task contradicts the request. */
function reportMessage(
  request: DecideRequest,
  message: NonNullable<DecideRequest["message"]>,
  report: Report,
): void {
  const mustEqual = (key: string, otherKey: string, value?: string, other?: string): void => {
    if (value === undefined || other === undefined || value === other) return;
    report(["message", key], "rule", `must be equal to ${otherKey}`);
  };
  mustEqual("tenant_id", "tenant_id", message.tenant_id, request.tenant_id);
  mustEqual("message_type", "task.type", message.message_type, request.task.type);
  mustEqual("trace_id", "trace_id", message.trace_id, request.trace_id);
  mustEqual("run_id", "run_id", message.run_id, request.run_id);
  mustEqual("flow_id", "flow_id", message.flow_id, request.flow_id);
  mustEqual("step_id", "step_id", message.step_id, request.step_id);
  const { payload } = request.task;
  if (payload !== undefined && !isTextOf(message.payload, payload)) {
    report(["message", "payload"], "rule", "must be equal to task.payload");
  }
}

const decideResponse = {
  ok: exactly(true),
  decision: required({
    provider_id: t.string(filledAtMostBytes(128)).required(),
    priority: t.int32({ min: 0, max: 100 }).required(),
    expected_latency_ms: t.int64({ min: 0n }).required(),
    expected_cost: t.double({ min: 0 }).required(),
    reason: t.string(filled).required(),
    provider_label: t.string(),
    sticky_key: t.string(),
    fallback_used: t.bool(),
    policy_id: t.string(),
    expires_at_ms: t.int64({ min: 0n }),
    metadata: t.struct(),
  }),
  context: required({
    request_id: t.string(filled).required(),
    trace_id: t.string(undefined, absentNotEmpty),
  }),
};

/** The Router's decision on a {@link DecideRequest}. Document: the BeamLine API contracts. */
export type DecideResponse = JsonContractValue<typeof decideResponse>;
/** Its methods throw ContractError with the codes of the rules. */
export const DecideResponse: JsonContract<DecideResponse> = /* @__PURE__ */ createReplyContract(
  "beamline.DecideResponse",
  decideResponse,
);

const errorResponse = {
  ok: exactly(false),
  error: required({
    code: t.string(filled).required(),
    message: t.string(filled).required(),
    details: t.struct(),
    intake_error_code: t.string(),
  }),
  context: required({ request_id: t.string(), trace_id: t.string(undefined, absentNotEmpty) }),
};

/**
 * The Router's error reply. `error.code` is one of `decideErrors`; other codes are accepted too.
 * `context.request_id` is missing or empty when the request could not be read. Document: the BeamLine API
 * contracts.
 */
export type ErrorResponse = JsonContractValue<typeof errorResponse>;
/** Its methods throw ContractError with the codes of the rules. */
export const ErrorResponse: JsonContract<ErrorResponse> = /* @__PURE__ */ createReplyContract(
  "beamline.ErrorResponse",
  errorResponse,
);
