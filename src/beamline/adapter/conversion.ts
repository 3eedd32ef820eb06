import { readOptions } from "../../contract/base/settings.js";
import { ContractError } from "../../wire/error.js";
import { RouteDecision, RouteRequest } from "../flow.js";
import { DecideRequest, DecideResponse } from "./messages.js";
import { contentTypeKey, contentTypeOf, textOf, toTaskPayload } from "./payload.js";

/**
 * Converts an adapter request to the proto message, as the Router does. `request_id` becomes
 * `message_id`, `task.type` becomes `message_type`, and `task.payload` becomes `payload`: a string as it
 * is, other JSON as JSON text. Where {@link toDecideRequest} would otherwise read another payload, the
 * message's metadata get a `content_type`: `text/plain` for text that is itself the text of a JSON object,
 * `application/json` for JSON that is neither an object nor a string; one that the message has is kept.
 * `constraints` and `metadata` are merged into `context`, as text. Fields that only a `message` beside the
 * task has are kept, its `message_id` and its spelling of the payload are used if it has them.
 * `version`, `push_assignment`, `assignment_subject` and a reference beside a payload are dropped. Throws ContractError: the codes of the rules, `required` for a request with only a `payload_ref`, `rule`
 * when the same key has different values in `context`, `constraints` and `metadata`.
 */
export function toRouteRequest(request: DecideRequest): RouteRequest {
  const { task, message, ...rest } = DecideRequest.check(request);
  const context = joinContext(rest);
  const payload = message?.payload ?? textOf(task.payload);
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
      metadata: metadataOf(task.payload, message?.metadata),
      run_id: rest.run_id ?? message?.run_id,
      flow_id: rest.flow_id ?? message?.flow_id,
      step_id: rest.step_id ?? message?.step_id,
    },
    policy_id: rest.policy_id,
    context,
    idempotency_key: rest.idempotency_key,
  });
}

/** The metadata of the message, with the content type that its payload needs. */
function metadataOf(
  payload: DecideRequest["task"]["payload"],
  metadata: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  const contentType = payload === undefined ? undefined : contentTypeOf(payload);
  return contentType === undefined ? metadata : { [contentTypeKey]: contentType, ...metadata };
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

/**
 * The fields of an adapter request that a {@link RouteRequest} does not have. `request_id` defaults to the
 * message's id.
 */
export type DecideExtras = Partial<
  Pick<
    DecideRequest,
    "request_id" | "constraints" | "metadata" | "push_assignment" | "assignment_subject"
  >
>;

/**
 * Converts a routing request to an adapter request. A payload that is the text of a JSON object becomes that
 * object, the only payload that the Router's intake takes; other text stays text. The message's metadata may
 * say otherwise: `content_type` `text/plain` is always text, `application/json` also gives lists, numbers, booleans and null. JSON that
 * JavaScript would not write the same way (duplicate keys, integers of more than 53 bits that change) stays
 * text. If the message has what an adapter request has no key for (`timestamp_ms`, `span_id`, `metadata`,
 * `idempotency_key`, an id of its own, another spelling of the payload's JSON), the whole message is added
 * as `message`, so that {@link toRouteRequest} loses nothing. Throws ContractError: the
 * codes of the rules, `required` when neither the message nor `extras` has an id, `config` for extras that are no object, `format` for a payload
 * that is not UTF-8 text.
 */
export function toDecideRequest(request: RouteRequest, extras: DecideExtras = {}): DecideRequest {
  const { message, ...rest } = RouteRequest.toJson(request);
  const more = readOptions(DecideRequest.typeName, extras, () => undefined);
  const id = more.request_id ?? message.message_id;
  if (id === undefined) {
    throw refusal("request_id", "required", "this key or message.message_id is required");
  }
  const { message_id = id, tenant_id, trace_id, run_id, flow_id, step_id, ...others } = message;
  const { message_type, payload: text, metadata = {}, ...remaining } = others;
  const payload = toTaskPayload(text, metadata[contentTypeKey]);
  const ids = Object.entries({ trace_id, run_id, flow_id, step_id });
  const plain: DecideRequest = {
    version: "1",
    request_id: id,
    tenant_id,
    ...Object.fromEntries(ids.filter(([, value]) => value !== undefined)),
    task: { type: message_type, payload },
    ...rest,
  };
  // An adapter request has no key for the remaining fields, nor for a second id or spelling.
  const contentType = contentTypeOf(payload);
  const isWhole =
    message_id === id &&
    text === textOf(payload) &&
    Object.entries(metadata).every(
      ([key, value]) => key === contentTypeKey && value === contentType,
    ) &&
    Object.keys(remaining).length === 0;
  return DecideRequest.check({ ...plain, ...(isWhole ? {} : { message }), ...more });
}

/**
 * Converts an adapter response to the proto message. Metadata values that are not strings become JSON
 * text. The keys for which a {@link RouteDecision} has no field (`provider_label`, `sticky_key`,
 * `fallback_used`, `policy_id`, `expires_at_ms`) are dropped. Throws ContractError with the codes of the
 * rules.
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

/**
 * Converts a decision to an adapter response; `context` has the ids of the request. Throws ContractError
 * with the codes of the rules.
 */
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

function refusal(path: string, rule: "required" | "rule", message: string): ContractError {
  return new ContractError("check", DecideRequest.typeName, { path, rule, message });
}
