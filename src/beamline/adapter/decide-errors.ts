/** The gRPC status codes that the Router uses, by name. */
export const grpcStatusCodes = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** The name of a status code of {@link grpcStatusCodes}. */
export type GrpcStatusName = keyof typeof grpcStatusCodes;

/** The HTTP and gRPC status of an error code. */
export interface DecideErrorStatus {
  /** The HTTP status code. */
  readonly http: number;
  /** The gRPC status code. */
  readonly grpc: number;
  /** The name of the gRPC status code. */
  readonly grpcName: GrpcStatusName;
}

/** The status of an error code; the gRPC code follows from its name. */
function status<Http extends number, Name extends GrpcStatusName>(http: Http, grpcName: Name) {
  return { http, grpc: grpcStatusCodes[grpcName], grpcName } as const;
}

/**
 * The error codes of `decide` with their HTTP and gRPC status. Document: the BeamLine API contracts.
 * Concord's own choices, where the document is silent: HTTP 403 for `denied`, and INTERNAL for the codes
 * of the extension pipeline, because the Router maps every reason that it does not list to INTERNAL.
 */
export const decideErrors = {
  /** The request is malformed, or a field is missing, of the wrong type or out of range. */
  invalid_request: status(400, "INVALID_ARGUMENT"),
  /** The tenant is unknown or not allowed. */
  unauthorized: status(401, "UNAUTHENTICATED"),
  /** The tenant lacks the permission for this request. */
  denied: status(403, "PERMISSION_DENIED"),
  policy_not_found: status(404, "NOT_FOUND"),
  /** No provider is available. */
  decision_failed: status(500, "INTERNAL"),
  /** Any other error. */
  internal: status(500, "INTERNAL"),
  extension_not_found: status(404, "INTERNAL"),
  extension_timeout: status(504, "INTERNAL"),
  extension_unavailable: status(503, "INTERNAL"),
  extension_error: status(500, "INTERNAL"),
  validator_blocked: status(403, "INTERNAL"),
  post_processor_failed: status(500, "INTERNAL"),
  /** Sent by the gateway: the Router never sees such a request. */
  rate_limit_exceeded: status(429, "RESOURCE_EXHAUSTED"),
  /** Sent by the gateway: the Router does not answer. */
  unavailable: status(503, "UNAVAILABLE"),
} as const satisfies Readonly<Record<string, DecideErrorStatus>>;

/** An error code of {@link decideErrors}. Replies may have other codes, those of a newer Router. */
export type DecideErrorCode = keyof typeof decideErrors;

/**
 * The HTTP and gRPC status of an error code; an unlisted code has the status of the code that
 * {@link toDecideErrorCode} gives for it.
 *
 * @example
 * decideErrorStatusOf("policy_not_found"); // { http: 404, grpc: 5, grpcName: "NOT_FOUND" }
 */
export function decideErrorStatusOf(code: string): DecideErrorStatus {
  return decideErrors[toDecideErrorCode(code)];
}

/**
 * Converts any error code to a listed one: a listed code stays as it is; `SERVICE_UNAVAILABLE`, an older
 * spelling of the gateway, becomes `unavailable`; the limits of an extension pipeline
 * (`pipeline_too_deep`, `too_many_…`) become `invalid_request`; all others become `internal`. Document: the BeamLine API contracts.
 */
export function toDecideErrorCode(code: string): DecideErrorCode {
  if (isDecideErrorCode(code)) return code;
  if (code === "SERVICE_UNAVAILABLE") return "unavailable";
  const isLimit =
    typeof code === "string" && (code === "pipeline_too_deep" || code.startsWith("too_many_"));
  return isLimit ? "invalid_request" : "internal";
}

function isDecideErrorCode(code: string): code is DecideErrorCode {
  return typeof code === "string" && Object.hasOwn(decideErrors, code);
}

/**
 * The codes of the Router's intake checks, each with the error code of its reply. The reply keeps the
 * intake code as `intake_error_code`. Document: the BeamLine API contracts.
 */
export const intakeErrors = {
  SCHEMA_VALIDATION_FAILED: "invalid_request",
  VERSION_UNSUPPORTED: "invalid_request",
  CORRELATION_FIELDS_INVALID: "invalid_request",
  IDEMPOTENCY_VIOLATION: "invalid_request",
  PAYLOAD_TOO_SMALL: "invalid_request",
  TENANT_FORBIDDEN: "unauthorized",
  INTERNAL_VALIDATION_ERROR: "internal",
} as const satisfies Readonly<Record<string, DecideErrorCode>>;

/** A code of {@link intakeErrors}. */
export type IntakeErrorCode = keyof typeof intakeErrors;

/**
 * The severity of a failed intake check: a repeated idempotency key and a payload that is too small are
 * warnings, all others errors.
 */
export function intakeSeverityOf(code: IntakeErrorCode): "error" | "warn" {
  return code === "IDEMPOTENCY_VIOLATION" || code === "PAYLOAD_TOO_SMALL" ? "warn" : "error";
}

/**
 * The reasons for which the Router's gRPC service refuses a call, each with the name of its status.
 * Document: the BeamLine Router's table of errors.
 */
export const grpcReasons = {
  invalid_policy: "INVALID_ARGUMENT",
  invalid_request: "INVALID_ARGUMENT",
  missing_message: "INVALID_ARGUMENT",
  missing_tenant_id: "INVALID_ARGUMENT",
  unauthenticated: "UNAUTHENTICATED",
  permission_denied: "PERMISSION_DENIED",
  policy_not_found: "NOT_FOUND",
  rate_limit_exceeded: "RESOURCE_EXHAUSTED",
  quota_exceeded: "RESOURCE_EXHAUSTED",
  rate_limited: "RESOURCE_EXHAUSTED",
  budget_exceeded: "RESOURCE_EXHAUSTED",
  service_down: "UNAVAILABLE",
  timeout: "UNAVAILABLE",
  nats_unavailable: "UNAVAILABLE",
  no_provider_available: "INTERNAL",
  internal_error: "INTERNAL",
} as const satisfies Readonly<Record<string, GrpcStatusName>>;

/** The name of the gRPC status of a reason; INTERNAL for an unlisted reason. */
export function grpcStatusNameOf(reason: string): GrpcStatusName {
  return reasons.get(reason) ?? "INTERNAL";
}

const reasons: ReadonlyMap<string, GrpcStatusName> = new Map(Object.entries(grpcReasons));
