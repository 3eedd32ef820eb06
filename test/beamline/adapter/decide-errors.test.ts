import { describe, expect, it } from "vitest";
import {
  decideErrorStatusOf,
  decideErrors,
  grpcReasons,
  grpcStatusCodes,
  grpcStatusNameOf,
  intakeErrors,
  intakeSeverityOf,
} from "../../../src/beamline/index.js";

describe("the error codes of decide", () => {
  it.each([
    ["invalid_request", 400, 3, "INVALID_ARGUMENT"],
    ["unauthorized", 401, 16, "UNAUTHENTICATED"],
    ["denied", 403, 7, "PERMISSION_DENIED"],
    ["policy_not_found", 404, 5, "NOT_FOUND"],
    ["decision_failed", 500, 13, "INTERNAL"],
    ["internal", 500, 13, "INTERNAL"],
    ["extension_not_found", 404, 13, "INTERNAL"],
    ["extension_timeout", 504, 13, "INTERNAL"],
    ["extension_unavailable", 503, 13, "INTERNAL"],
    ["extension_error", 500, 13, "INTERNAL"],
    ["validator_blocked", 403, 13, "INTERNAL"],
    ["post_processor_failed", 500, 13, "INTERNAL"],
    ["rate_limit_exceeded", 429, 8, "RESOURCE_EXHAUSTED"],
    ["unavailable", 503, 14, "UNAVAILABLE"],
    ["SERVICE_UNAVAILABLE", 503, 14, "UNAVAILABLE"],
    ["pipeline_too_deep", 400, 3, "INVALID_ARGUMENT"],
    ["too_many_pre_processors", 400, 3, "INVALID_ARGUMENT"],
    ["something_new", 500, 13, "INTERNAL"],
    ["toString", 500, 13, "INTERNAL"],
  ])("map %s to the statuses %d and %d", (code, http, grpc, grpcName) => {
    expect(decideErrorStatusOf(code)).toEqual({ http, grpc, grpcName });
  });

  it("include the error code of every intake code", () => {
    expect(Object.keys(intakeErrors)).toHaveLength(7);
    for (const code of Object.values(intakeErrors)) expect(decideErrors).toHaveProperty(code);
    expect(intakeErrors.TENANT_FORBIDDEN).toBe("unauthorized");
  });

  it.each([
    ["SCHEMA_VALIDATION_FAILED", "error"],
    ["VERSION_UNSUPPORTED", "error"],
    ["CORRELATION_FIELDS_INVALID", "error"],
    ["IDEMPOTENCY_VIOLATION", "warn"],
    ["PAYLOAD_TOO_SMALL", "warn"],
    ["TENANT_FORBIDDEN", "error"],
    ["INTERNAL_VALIDATION_ERROR", "error"],
  ] as const)("call %s an %s", (code, severity) => {
    expect(intakeSeverityOf(code)).toBe(severity);
  });

  it.each([
    [3, "INVALID_ARGUMENT", "invalid_policy invalid_request missing_message missing_tenant_id"],
    [16, "UNAUTHENTICATED", "unauthenticated"],
    [7, "PERMISSION_DENIED", "permission_denied"],
    [5, "NOT_FOUND", "policy_not_found"],
    [8, "RESOURCE_EXHAUSTED", "rate_limit_exceeded quota_exceeded rate_limited budget_exceeded"],
    [14, "UNAVAILABLE", "service_down timeout nats_unavailable"],
    [13, "INTERNAL", "no_provider_available internal_error"],
  ] as const)("have the status %i, %s, for %s", (number, name, reasons) => {
    const listed = Object.entries(grpcReasons).filter(([, status]) => status === name);
    expect(listed.map(([reason]) => reason).join(" ")).toBe(reasons);
    expect(grpcStatusCodes[name]).toBe(number);
    for (const [reason] of listed) expect(grpcStatusNameOf(reason)).toBe(name);
  });

  it("map unlisted gRPC reasons to INTERNAL", () => {
    expect(grpcStatusNameOf("something_new")).toBe("INTERNAL");
    expect(grpcStatusNameOf("toString")).toBe("INTERNAL");
  });
});
