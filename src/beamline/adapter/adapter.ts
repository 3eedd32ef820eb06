import { isPlainObject } from "../../contract/base/plain-data.js";
import { guarded } from "../../contract/base/result.js";
import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../../contract/json-contract.js";
import type { Report } from "../../contract/model/definition.js";

import { atMostBytes, filled, filledAtMostBytes } from "../../contract/rules/formats.js";
import { ContractError } from "../../wire/error.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, exactly, subject, tenant, versionOne } from "../fields.js";
import { Message, RouteDecision, RouteRequest } from "../flow.js";

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
 * A routing request as the gateway writes it to NATS: the fields of a {@link RouteRequest} around a
 * `task`, and what only the Router needs (`version`, `constraints`, `push_assignment`,
 * `assignment_subject`). `task.payload` is any JSON; `payload_ref` names a payload that lies elsewhere.
 * `constraints` are milliseconds and US dollars. Document: the BeamLine API contracts.
 */
export type DecideRequest = JsonContractValue<typeof decideRequest>;
/** Throws with the codes of its rules; `required` also when `task` has neither payload nor reference. */
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

/** A message beside the task must not speak of another tenant, task or run. */
function reportMessage(
  request: DecideRequest,
  message: NonNullable<DecideRequest["message"]>,
  report: Report,
): void {
  const must = (key: string, other: string, a: string | undefined, b: string | undefined): void => {
    if (a === undefined || b === undefined || a === b) return;
    report(["message", key], "rule", `must be equal to ${other}`);
  };
  must("tenant_id", "tenant_id", message.tenant_id, request.tenant_id);
  must("message_type", "task.type", message.message_type, request.task.type);
  must("trace_id", "trace_id", message.trace_id, request.trace_id);
  must("run_id", "run_id", message.run_id, request.run_id);
  must("flow_id", "flow_id", message.flow_id, request.flow_id);
  must("step_id", "step_id", message.step_id, request.step_id);
  must("payload", "task.payload", message.payload, textOf(request.task.payload));
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

/** The Router's answer to a {@link DecideRequest}. Document: the BeamLine API contracts. */
export type DecideResponse = JsonContractValue<typeof decideResponse>;
/** Throws with the codes of its rules. */
export const DecideResponse: JsonContract<DecideResponse> = /* @__PURE__ */ createJsonContract(
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
 * The Router's refusal. `error.code` is one of `decideErrors`, other codes pass; `context.request_id` is
 * missing or empty when the request could not be read. Document: the BeamLine API contracts.
 */
export type ErrorResponse = JsonContractValue<typeof errorResponse>;
/** Throws with the codes of its rules. */
export const ErrorResponse: JsonContract<ErrorResponse> = /* @__PURE__ */ createJsonContract(
  "beamline.ErrorResponse",
  errorResponse,
);

/**
 * The proto message of an adapter request, as the Router makes it: `request_id` becomes `message_id`,
 * `task.type` the type, `task.payload` the payload (text as it is, everything else as JSON text);
 * `constraints` and `metadata` join `context`, as text. What a `message` beside the task says besides is
 * kept, its `message_id` first. `version`, `push_assignment` and `assignment_subject` steer the Router
 * and are no part of the message. Throws ContractError: `required` when there is only a `payload_ref`,
 * `rule` when two keys of the context contradict each other.
 */
export function toRouteRequest(request: DecideRequest): RouteRequest {
  const { task, message, ...rest } = DecideRequest.check(request);
  const context = joinContext(rest);
  const payload = textOf(task.payload) ?? message?.payload;
  if (payload === undefined) {
    throw refusal("task.payload", "required", "is required: a RouteRequest carries no reference");
  }
  return RouteRequest.fromJson({
    message: {
      ...message,
      message_id: message?.message_id ?? rest.request_id,
      tenant_id: rest.tenant_id,
      trace_id: rest.trace_id ?? message?.trace_id,
      message_type: task.type,
      payload,
      run_id: rest.run_id ?? message?.run_id,
      flow_id: rest.flow_id ?? message?.flow_id,
      step_id: rest.step_id ?? message?.step_id,
    },
    policy_id: rest.policy_id,
    context,
    idempotency_key: rest.idempotency_key,
  });
}

function joinContext(
  request: Pick<DecideRequest, "context" | "constraints" | "metadata">,
): Record<string, string> {
  const joined = new Map<string, { readonly text: string; readonly from: string }>();
  for (const from of ["context", "constraints", "metadata"] as const) {
    for (const [key, value] of Object.entries(request[from] ?? {})) {
      const text = textOf(value) ?? "";
      const present = joined.get(key);
      if (present !== undefined && present.text !== text) {
        throw refusal(`${from}.${key}`, "rule", `must be equal to ${present.from}.${key}`);
      }
      joined.set(key, present ?? { text, from });
    }
  }
  return Object.fromEntries([...joined].map(([key, { text }]) => [key, text]));
}

/** What an adapter request says besides its message; `request_id` is the message's id when it is not given. */
export type DecideExtras = Partial<
  Pick<
    DecideRequest,
    "request_id" | "constraints" | "metadata" | "push_assignment" | "assignment_subject"
  >
>;

/**
 * The adapter form of a routing request. What the form has no key for (`timestamp_ms`, `span_id`,
 * metadata and a key of the message itself) goes along in `message`, which is added only then; so
 * {@link toRouteRequest} gives back all of it. Throws ContractError: `required` when neither the message
 * nor `extras` has an id, `format` for a payload that is no UTF-8 text.
 */
export function toDecideRequest(request: RouteRequest, extras: DecideExtras = {}): DecideRequest {
  const { message, ...rest } = RouteRequest.toJson(request);
  const more = guarded("check", DecideRequest.typeName, () => ({ ...extras }));
  const id = more.request_id ?? message.message_id;
  if (id === undefined) {
    throw refusal("request_id", "required", "this key or message.message_id is required");
  }
  const { message_id = id, tenant_id, trace_id, run_id, flow_id, step_id, ...others } = message;
  const { message_type, payload, ...unplaced } = others;
  const ids = Object.entries({ trace_id, run_id, flow_id, step_id });
  const plain: DecideRequest = {
    version: "1",
    request_id: id,
    tenant_id,
    ...Object.fromEntries(ids.filter(([, value]) => value !== undefined)),
    task: { type: message_type, payload },
    ...rest,
  };
  // The form has no key for what is left over, nor for an id beside its own.
  const isWhole = message_id === id && Object.keys(unplaced).length === 0;
  return DecideRequest.check({ ...plain, ...(isWhole ? {} : { message }), ...more });
}

/**
 * The proto message of an adapter reply. Metadata that is no text becomes its JSON text; the keys that a
 * {@link RouteDecision} lacks (`provider_label`, `sticky_key`, `fallback_used`, `policy_id`,
 * `expires_at_ms`) stay in the form that is given.
 */
export function toRouteDecision(response: DecideResponse): RouteDecision {
  const { decision } = DecideResponse.check(response);
  const metadata = Object.entries(decision.metadata ?? {});
  return RouteDecision.fromJson({
    provider_id: decision.provider_id,
    reason: decision.reason,
    priority: decision.priority,
    expected_latency_ms: decision.expected_latency_ms,
    expected_cost: decision.expected_cost,
    metadata: Object.fromEntries(metadata.map(([key, value]) => [key, textOf(value)])),
  });
}

/** The adapter form of a decision; `context` repeats the ids of the request. */
export function toDecideResponse(
  decision: RouteDecision,
  context: DecideResponse["context"],
): DecideResponse {
  const json = RouteDecision.toJson(decision);
  return DecideResponse.check({
    ok: true,
    decision: { priority: 0, expected_latency_ms: 0, expected_cost: 0, ...json },
    context,
  });
}

/** What arrives on `beamline.router.v1.decide`: the plain form, or the adapter's. */
export type IncomingDecideRequest =
  | { readonly form: "plain"; readonly request: RouteRequest }
  | { readonly form: "adapter"; readonly request: DecideRequest };

/** Reads a routing request in either form; a key `task` or `request_id` marks the adapter's. */
export function decideRequestFromJson(json: unknown): IncomingDecideRequest {
  const isAdapter = hasKey(json, "task") || hasKey(json, "request_id");
  return isAdapter
    ? { form: "adapter", request: DecideRequest.fromJson(json) }
    : { form: "plain", request: RouteRequest.fromJson(json) };
}

/** What comes back from `beamline.router.v1.decide`: a bare decision, or the adapter's reply. */
export type IncomingDecideReply =
  | { readonly form: "plain"; readonly decision: RouteDecision }
  | { readonly form: "adapter"; readonly response: DecideResponse | ErrorResponse };

/** Reads a reply in either form; a key `ok` marks the adapter's, and tells a decision from an error. */
export function decideReplyFromJson(json: unknown): IncomingDecideReply {
  if (!hasKey(json, "ok")) return { form: "plain", decision: RouteDecision.fromJson(json) };
  const isError = guarded("decode from JSON", ErrorResponse.typeName, () => json["ok"] === false);
  const response = isError ? ErrorResponse.fromJson(json) : DecideResponse.fromJson(json);
  return { form: "adapter", response };
}

function hasKey(json: unknown, key: string): json is Readonly<Record<string, unknown>> {
  return guarded(
    "decode from JSON",
    DecideRequest.typeName,
    () => isPlainObject(json) && Object.hasOwn(json, key),
  );
}

/** Text as it is, everything else as JSON text; undefined for nothing. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function refusal(path: string, rule: "required" | "rule", message: string): ContractError {
  return new ContractError("check", DecideRequest.typeName, { path, rule, message });
}
