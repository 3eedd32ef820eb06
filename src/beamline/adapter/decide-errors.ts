/** The status codes of gRPC that the Router gives, by their names. */
export const grpcStatusCodes = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** One of the {@link grpcStatusCodes}. */
export type GrpcStatusName = keyof typeof grpcStatusCodes;

/** What an error code of the Router is called over HTTP and over gRPC. */
export interface DecideErrorStatus {
  /** The HTTP status code. */
  readonly http: number;
  /** The number of the gRPC status code. */
  readonly grpc: number;
  /** The name of the gRPC status code. */
  readonly grpcName: GrpcStatusName;
}

const internal = { http: 500, grpc: 13, grpcName: "INTERNAL" } as const;

/**
 * The error codes of `decide` with their HTTP and gRPC status. Document: the BeamLine API contracts. What
 * they do not say is Concord's choice: the 403 of `denied`, and INTERNAL for the codes of the extension
 * pipeline, because that is what the Router makes of every reason that it does not list.
 */
export const decideErrors = {
  /** The request is malformed, or a field is missing, mistyped or out of range. */
  invalid_request: { http: 400, grpc: 3, grpcName: "INVALID_ARGUMENT" },
  /** The tenant is not known or not allowed. */
  unauthorized: { http: 401, grpc: 16, grpcName: "UNAUTHENTICATED" },
  /** The tenant may not do this. */
  denied: { http: 403, grpc: 7, grpcName: "PERMISSION_DENIED" },
  policy_not_found: { http: 404, grpc: 5, grpcName: "NOT_FOUND" },
  /** No provider is available. */
  decision_failed: internal,
  /** Anything else. */
  internal,
  extension_not_found: { ...internal, http: 404 },
  extension_timeout: { ...internal, http: 504 },
  extension_unavailable: { ...internal, http: 503 },
  extension_error: internal,
  validator_blocked: { ...internal, http: 403 },
  post_processor_failed: internal,
  /** The gateway's own: the Router never sees such a request. */
  rate_limit_exceeded: { http: 429, grpc: 8, grpcName: "RESOURCE_EXHAUSTED" },
  /** The gateway's own: the Router does not answer. */
  unavailable: { http: 503, grpc: 14, grpcName: "UNAVAILABLE" },
} as const satisfies Readonly<Record<string, DecideErrorStatus>>;

/** One of the {@link decideErrors}. Other codes pass, so that a newer Router can be read. */
export type DecideErrorCode = keyof typeof decideErrors;

/**
 * The HTTP and gRPC status of an error code; a code that is not listed has those of `internal`.
 *
 * @example
 * decideErrorStatusOf("policy_not_found"); // { http: 404, grpc: 5, grpcName: "NOT_FOUND" }
 */
export function decideErrorStatusOf(code: string): DecideErrorStatus {
  return decideErrors[toDecideErrorCode(code)];
}

/**
 * The listed code that stands for any: the code itself; `unavailable` for the gateway's older spelling
 * `SERVICE_UNAVAILABLE`; `invalid_request` for the limits of an extension pipeline (`pipeline_too_deep`,
 * `too_many_…`); `internal` for all others. Document: the BeamLine API contracts.
 */
export function toDecideErrorCode(code: string): DecideErrorCode {
  if (isDecideErrorCode(code)) return code;
  if (code === "SERVICE_UNAVAILABLE") return "unavailable";
  const isLimit = code === "pipeline_too_deep" || String(code).startsWith("too_many_");
  return isLimit ? "invalid_request" : "internal";
}

function isDecideErrorCode(code: string): code is DecideErrorCode {
  return Object.hasOwn(decideErrors, code);
}

/**
 * The codes of the Router's intake checks with the code that its error reply gives for each; the reply
 * keeps the first as `intake_error_code`. Document: the BeamLine API contracts.
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

/** One of the {@link intakeErrors}. */
export type IntakeErrorCode = keyof typeof intakeErrors;

/**
 * How grave a failed intake check is: a repeated idempotency key and a payload that is too small are
 * warnings.
 */
export function intakeSeverityOf(code: IntakeErrorCode): "error" | "warn" {
  return code === "IDEMPOTENCY_VIOLATION" || code === "PAYLOAD_TOO_SMALL" ? "warn" : "error";
}

/**
 * The reasons for which the Router's gRPC service refuses, with the status that each has. Document: the
 * BeamLine Router's table of errors.
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

/** The gRPC status of a reason, by name; INTERNAL for a reason that is not listed. */
export function grpcStatusNameOf(reason: string): GrpcStatusName {
  return reasons.get(reason) ?? "INTERNAL";
}

const reasons: ReadonlyMap<string, GrpcStatusName> = new Map(Object.entries(grpcReasons));
