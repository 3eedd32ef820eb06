import { isPlainObject } from "../../contract/base/plain-data.js";
import { guardedRead } from "../../contract/base/result.js";
import type { JsonReadOptions } from "../../contract/options.js";
import { RouteDecision, RouteRequest } from "../flow.js";
import { DecideRequest, DecideResponse, ErrorResponse } from "./messages.js";

/** A request that arrived on `beamline.router.v1.decide`: a plain routing request, or an adapter request. */
export type IncomingDecideRequest =
  | { readonly kind: "plain"; readonly request: RouteRequest }
  | { readonly kind: "adapter"; readonly request: DecideRequest };

/**
 * Reads a routing request of either kind; a key `task` or `request_id` marks an adapter request. Throws
 * ContractError as the `fromJson` of {@link RouteRequest} and {@link DecideRequest}, whose options it takes:
 * unknown keys are left out unless `unknownKeys` or `strict` refuses them.
 */
export function decideRequestFromJson(
  json: unknown,
  options: JsonReadOptions = {},
): IncomingDecideRequest {
  const isAdapter = hasKey(json, "task") || hasKey(json, "request_id");
  return isAdapter
    ? { kind: "adapter", request: DecideRequest.fromJson(json, options) }
    : { kind: "plain", request: RouteRequest.fromJson(json, options) };
}

/** A reply to `beamline.router.v1.decide`: a plain decision, or an adapter response. */
export type IncomingDecideReply =
  | { readonly kind: "plain"; readonly decision: RouteDecision }
  | { readonly kind: "adapter"; readonly response: DecideResponse | ErrorResponse };

/**
 * Reads a reply of either kind. A key `ok` marks an adapter response; false in it marks an error. Throws
 * ContractError as the `fromJson` of {@link RouteDecision}, {@link DecideResponse} and
 * {@link ErrorResponse}, whose options it takes as {@link decideRequestFromJson} does.
 */
export function decideReplyFromJson(
  json: unknown,
  options: JsonReadOptions = {},
): IncomingDecideReply {
  if (!hasKey(json, "ok"))
    return { kind: "plain", decision: RouteDecision.fromJson(json, options) };
  const isError = guardedRead(
    "decode from JSON",
    ErrorResponse.typeName,
    () => json["ok"] === false,
  );
  const response = isError
    ? ErrorResponse.fromJson(json, options)
    : DecideResponse.fromJson(json, options);
  return { kind: "adapter", response };
}

function hasKey(json: unknown, key: string): json is Readonly<Record<string, unknown>> {
  return guardedRead(
    "decode from JSON",
    DecideRequest.typeName,
    () => isPlainObject(json) && Object.hasOwn(json, key),
  );
}
