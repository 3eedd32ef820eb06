import { RouteRequest } from "../flow.js";
import { DecideRequest } from "./messages.js";

/**
 * The idempotency key by which the Router recognizes a repeated request: the request's own, else that of
 * its message, else the message's id; undefined when it has none of them. Keys are scoped to a tenant: the
 * same key of two tenants means two requests. Throws ContractError with the codes of the rules. Documents:
 * the BeamLine protobuf README, fields 11 and 4; the order is that of the BeamLine core message fields.
 *
 * @example
 * const message = { message_id: "m-1", tenant_id: "acme", message_type: "chat", payload: "hello" };
 * idempotencyKeyOf(RouteRequest.fromJson({ message })); // "m-1"
 */
export function idempotencyKeyOf(request: RouteRequest): string | undefined {
  const { message, idempotencyKey } = RouteRequest.check(request);
  return idempotencyKey || message?.idempotencyKey || message?.messageId || undefined;
}

/**
 * The idempotency key by which the gateway recognizes a repeated request: its own, else `tenant_id` and
 * `request_id` joined by a colon. Throws ContractError with the codes of the rules. Document: the BeamLine
 * core message fields.
 */
export function gatewayIdempotencyKeyOf(request: DecideRequest): string {
  const { idempotency_key, tenant_id, request_id } = DecideRequest.check(request);
  return idempotency_key ?? `${tenant_id}:${request_id}`;
}
