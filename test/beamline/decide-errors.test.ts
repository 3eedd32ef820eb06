import { describe, expect, it } from "vitest";
import { decideErrorStatus, decideErrors, intakeErrors } from "../../src/beamline/index.js";

describe("the codes of errors", () => {
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
    ["something_new", 500, 13, "INTERNAL"],
    ["toString", 500, 13, "INTERNAL"],
  ])("give %s the status %d and %d", (code, http, grpc, grpcName) => {
    expect(decideErrorStatus(code)).toEqual({ http, grpc, grpcName });
  });

  it("map every intake code to one of them", () => {
    expect(Object.keys(intakeErrors)).toHaveLength(7);
    for (const code of Object.values(intakeErrors)) expect(decideErrors).toHaveProperty(code);
    expect(intakeErrors.TENANT_FORBIDDEN).toBe("unauthorized");
  });
});
