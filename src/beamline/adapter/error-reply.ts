import type { JsonObject } from "@bufbuild/protobuf";
import { guarded } from "../../contract/base/result.js";
import type { ContractError } from "../../wire/error.js";
import { DecideResponse, ErrorResponse } from "./adapter.js";
import {
  type DecideErrorCode,
  type DecideErrorStatus,
  decideErrorStatusOf,
  type IntakeErrorCode,
  intakeErrors,
} from "./decide-errors.js";

/** Why the Router refuses: its error code, or the code of the intake check that failed. */
export type ErrorResponseReason =
  | { readonly code: DecideErrorCode }
  | { readonly intakeErrorCode: IntakeErrorCode };

/** What an error reply says besides its reason. */
export interface ErrorResponseDetails {
  /** Any JSON that explains the error to programs. Default none. */
  readonly details?: JsonObject;
  /** The ids of the request. Default none, for a request that could not be read. */
  readonly context?: ErrorResponse["context"];
}

/**
 * An error reply. A failed intake check stays in it as `intake_error_code`, beside the code that it has
 * for clients. Document: the BeamLine API contracts, ErrorResponse.
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
    const { details, context = {} } = more;
    const codes =
      "code" in reason
        ? { code: reason.code }
        : { code: intakeErrors[reason.intakeErrorCode], intake_error_code: reason.intakeErrorCode };
    const error = { ...codes, message, ...(details === undefined ? {} : { details }) };
    return { ok: false, error, context };
  });
  return ErrorResponse.check(reply);
}

/** The last key of a path that holds an id by which messages are told together. */
const correlation = /(?:^|\.)(?:trace_id|run_id|flow_id|step_id|span_id)$/;

/**
 * The reply to a request that a contract refused: `invalid_request`, with the place and the code of the
 * first issue as `details` and the intake check that it stands for.
 *
 * @example
 * const result = DecideRequest.safeFromJson({ version: "2" });
 * if (!result.ok) toErrorResponse(result.error).error.intake_error_code; // "VERSION_UNSUPPORTED"
 */
export function toErrorResponse(
  error: ContractError,
  context: ErrorResponse["context"] = {},
): ErrorResponse {
  const { path, code, message } = guarded("convert", ErrorResponse.typeName, () => ({
    path: error.path,
    code: error.code,
    message: error.message,
  }));
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
  return correlation.test(path) ? "CORRELATION_FIELDS_INVALID" : "SCHEMA_VALIDATION_FAILED";
}

/** A reply over HTTP: its status code, and the JSON of its body. */
export interface HttpReply {
  readonly status: number;
  readonly body: DecideResponse | ErrorResponse;
}

/**
 * A reply of the Router as the gateway passes it on over HTTP: the same JSON, with its status code.
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

/** An error over gRPC: the status code with its name, and the text for people. */
export interface GrpcStatus {
  readonly code: DecideErrorStatus["grpc"];
  readonly name: DecideErrorStatus["grpcName"];
  readonly message: string;
}

/**
 * An error reply as the status of a gRPC call, which has no reply then.
 *
 * @example
 * toGrpcStatus(makeErrorResponse({ intakeErrorCode: "TENANT_FORBIDDEN" }, "not yours")).code; // 16
 */
export function toGrpcStatus(reply: ErrorResponse): GrpcStatus {
  const { code, message } = ErrorResponse.check(reply).error;
  const { grpc, grpcName } = decideErrorStatusOf(code);
  return { code: grpc, name: grpcName, message };
}
