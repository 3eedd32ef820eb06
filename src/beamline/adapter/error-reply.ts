import type { JsonObject } from "@bufbuild/protobuf";
import { guarded } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import type { ContractError } from "../../wire/error.js";
import { Message, RouteRequest } from "../flow.js";
import {
  type DecideErrorCode,
  type DecideErrorStatus,
  decideErrorStatusOf,
  type IntakeErrorCode,
  intakeErrors,
} from "./decide-errors.js";
import { DecideRequest, DecideResponse, ErrorResponse } from "./messages.js";

/** The reason of an error reply: an error code, or the code of the intake check that failed. */
export type ErrorResponseReason =
  | { readonly code: DecideErrorCode }
  | { readonly intakeErrorCode: IntakeErrorCode };

/** The optional parts of an error reply. */
export interface ErrorResponseDetails {
  /** Machine-readable details, any JSON object. Default none. */
  readonly details?: JsonObject;
  /** The ids of the request. Default none, as for a request that could not be read. */
  readonly context?: ErrorResponse["context"];
}

/**
 * Makes an error reply. A failed intake check is kept as `intake_error_code`, beside the error code that
 * clients see. Throws ContractError with the codes of the rules. Document: the BeamLine API contracts,
 * ErrorResponse.
 *
 * @example
 * const reply = makeErrorResponse({ code: "policy_not_found" }, "no policy gold");
 * toHttpReply(reply).status; // 404
 */
export function makeErrorResponse(
  reason: ErrorResponseReason,
  message: string,
  more: ErrorResponseDetails = {},
): ErrorResponse {
  const reply = guarded("convert", ErrorResponse.typeName, (): ErrorResponse => {
    const { details, context = {} } = readOptions(ErrorResponse.typeName, more, () => undefined);
    const codes =
      "code" in reason
        ? { code: reason.code }
        : { code: intakeErrors[reason.intakeErrorCode], intake_error_code: reason.intakeErrorCode };
    const error = { ...codes, message, ...(details === undefined ? {} : { details }) };
    return { ok: false, error, context };
  });
  return ErrorResponse.check(reply);
}

/** A path whose last key is a correlation id. */
const correlationPath = /(?:^|\.)(?:trace_id|run_id|flow_id|step_id|span_id)$/;

/** The types of what a caller can get wrong: his request, the parts of it, and its version. */
const requestTypes: ReadonlySet<string> = new Set([
  DecideRequest.typeName,
  RouteRequest.typeName,
  Message.typeName,
  "beamline version",
]);

/**
 * Converts the error of a refused request to an error reply: `invalid_request`, the path and the code of
 * the first issue as `details`, and the intake check that corresponds to it. An error of anything but a
 * request (another type, or the code `config`) is a fault of the service: `internal`, without details.
 *
 * @example
 * const result = DecideRequest.safeFromJson({ version: "2" });
 * if (!result.ok) toErrorResponse(result.error).error.intake_error_code; // "VERSION_UNSUPPORTED"
 */
export function toErrorResponse(
  error: ContractError,
  context: ErrorResponse["context"] = {},
): ErrorResponse {
  const { type, path, code, message } = guarded("convert", ErrorResponse.typeName, () => ({
    type: error.type,
    path: error.path,
    code: error.code,
    message: error.message,
  }));
  if (!requestTypes.has(type) || code === "config") {
    const reason = { intakeErrorCode: "INTERNAL_VALIDATION_ERROR" } as const;
    return makeErrorResponse(reason, "the request could not be processed", { context });
  }
  const details = { field: path, type: code };
  return makeErrorResponse({ intakeErrorCode: intakeOf(path, code) }, message, {
    details,
    context,
  });
}

function intakeOf(path: string, code: ContractError["code"]): IntakeErrorCode {
  if (code === "version.mismatch" || (path === "version" && code !== "required")) {
    return "VERSION_UNSUPPORTED";
  }
  return correlationPath.test(path) ? "CORRELATION_FIELDS_INVALID" : "SCHEMA_VALIDATION_FAILED";
}

/** A reply over HTTP: its status code and the JSON of its body. */
export interface HttpReply {
  readonly status: number;
  readonly body: DecideResponse | ErrorResponse;
}

/**
 * Converts a reply of the Router to the gateway's HTTP reply: the same JSON, with its status code. Throws
 * ContractError when the reply breaks its rules.
 *
 * @example
 * const { status, body } = toHttpReply(reply);
 * new Response(JSON.stringify(body), { status });
 */
export function toHttpReply(reply: DecideResponse | ErrorResponse): HttpReply {
  return guarded("convert", ErrorResponse.typeName, () => {
    if (reply.ok) return { status: 200, body: DecideResponse.check(reply) };
    const body = ErrorResponse.check(reply);
    return { status: decideErrorStatusOf(body.error.code).http, body };
  });
}

/** The status of a failed gRPC call: its code, the name of the code, and a human-readable message. */
export interface GrpcStatus {
  readonly code: DecideErrorStatus["grpc"];
  readonly name: DecideErrorStatus["grpcName"];
  readonly message: string;
}

/**
 * Converts an error reply to the status of a gRPC call, which then has no reply message. Throws
 * ContractError when the reply breaks its rules.
 *
 * @example
 * toGrpcStatus(makeErrorResponse({ intakeErrorCode: "TENANT_FORBIDDEN" }, "not yours")).code; // 16
 */
export function toGrpcStatus(reply: ErrorResponse): GrpcStatus {
  const { code, message } = ErrorResponse.check(reply).error;
  const { grpc, grpcName } = decideErrorStatusOf(code);
  return { code: grpc, name: grpcName, message };
}
