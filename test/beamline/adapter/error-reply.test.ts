import { describe, expect, it } from "vitest";
import {
  contractVersionOf,
  createExecResultContract,
  DecideRequest,
  ErrorResponse,
  intakeErrors,
  Message,
  makeErrorResponse,
  RouteDecision,
  RouteRequest,
  toDecideRequest,
  toErrorResponse,
  toGrpcStatus,
  toHttpReply,
} from "../../../src/beamline/index.js";
import { type ContractError, isContractError } from "../../../src/wire/error.js";
import { request, response } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

function errorOf(work: () => unknown): ContractError {
  try {
    work();
  } catch (thrown) {
    if (isContractError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
}

const message = { message_id: "m", tenant_id: "acme", message_type: "chat", payload: "hello" };
const routed = RouteRequest.fromJson({ message });
const tenant = "0af7651916cd43dd8448eb211c80319c";

describe("an error reply", () => {
  it("is written as documented", () => {
    const more = {
      details: { tenant_id: "acme", policy_id: "policy:nonexistent" },
      context: { request_id: "e3b0c442-98fc-1c14-9afb-4c8996fb9242", trace_id: "tr-123" },
    };
    const reply = makeErrorResponse({ code: "policy_not_found" }, "Policy not found", more);
    expect(ErrorResponse.toJsonText(reply)).toBe(
      '{"ok":false,"error":{"code":"policy_not_found","message":"Policy not found","details":{"tenant_id":"acme","policy_id":"policy:nonexistent"}},"context":{"request_id":"e3b0c442-98fc-1c14-9afb-4c8996fb9242","trace_id":"tr-123"}}',
    );
    expect(toHttpReply(reply)).toEqual({ status: 404, body: reply });
    expect(toGrpcStatus(reply)).toEqual({
      code: 5,
      name: "NOT_FOUND",
      message: "Policy not found",
    });
  });

  it.each([
    ["SCHEMA_VALIDATION_FAILED", "invalid_request", 400, 3],
    ["VERSION_UNSUPPORTED", "invalid_request", 400, 3],
    ["CORRELATION_FIELDS_INVALID", "invalid_request", 400, 3],
    ["IDEMPOTENCY_VIOLATION", "invalid_request", 400, 3],
    ["PAYLOAD_TOO_SMALL", "invalid_request", 400, 3],
    ["TENANT_FORBIDDEN", "unauthorized", 401, 16],
    ["INTERNAL_VALIDATION_ERROR", "internal", 500, 13],
  ] as const)("for %s is %s, %i and %i", (intakeErrorCode, code, http, grpc) => {
    const reply = makeErrorResponse({ intakeErrorCode }, "m");
    expect(reply).toEqual({
      ok: false,
      error: { code, message: "m", intake_error_code: intakeErrorCode },
      context: {},
    });
    expect(toHttpReply(reply).status).toBe(http);
    expect(toGrpcStatus(reply).code).toBe(grpc);
    expect(intakeErrors).toHaveProperty(intakeErrorCode);
  });

  it.each([
    [
      "SCHEMA_VALIDATION_FAILED",
      { field: "tenant_id", type: "length" },
      () => DecideRequest.fromJson({ ...request, tenant_id: "" }),
    ],
    [
      "SCHEMA_VALIDATION_FAILED",
      { field: "version", type: "required" },
      () => DecideRequest.fromJson({ ...request, version: undefined }),
    ],
    [
      "VERSION_UNSUPPORTED",
      { field: "version", type: "format" },
      () => DecideRequest.fromJson({ ...request, version: "2" }),
    ],
    [
      "VERSION_UNSUPPORTED",
      { field: "headers.version", type: "version.mismatch" },
      () => contractVersionOf({ headers: { version: "2" } }),
    ],
    [
      "CORRELATION_FIELDS_INVALID",
      { field: "trace_id", type: "length" },
      () => DecideRequest.fromJson({ ...request, trace_id: "" }),
    ],
    [
      "CORRELATION_FIELDS_INVALID",
      { field: "run_id", type: "format" },
      () =>
        Message.fromJson(
          {
            tenant_id: "a",
            trace_id: tenant,
            message_type: "chat",
            payload: "x",
            run_id: "r",
            idempotency_key: "k",
          },
          { strict: true },
        ),
    ],
  ])("for a refused request is %s at %j", (intake, details, work) => {
    const error = errorOf(work);
    expect(toErrorResponse(error, { request_id: "req-1" })).toEqual({
      ok: false,
      error: {
        code: "invalid_request",
        message: error.message,
        details,
        intake_error_code: intake,
      },
      context: { request_id: "req-1" },
    });
    expect(toErrorResponse(error).context).toEqual({});
  });

  it.each([
    ["another message", () => RouteDecision.fromJson({})],
    ["the options of the service", () => toDecideRequest(routed, JSON.parse("null"))],
    ["a reply", () => ErrorResponse.check(JSON.parse("{}"))],
  ])("for an error of %s is internal, without details", (_, work) => {
    const reply = toErrorResponse(errorOf(work), { request_id: "req-1" });
    expect(reply).toEqual({
      ok: false,
      error: {
        code: "internal",
        message: "the request could not be processed",
        intake_error_code: "INTERNAL_VALIDATION_ERROR",
      },
      context: { request_id: "req-1" },
    });
    expect(toHttpReply(reply).status).toBe(500);
  });

  it("takes no null as options", () => {
    const reason = { code: "internal" } as const;
    expect(errorOf(() => makeErrorResponse(reason, "m", JSON.parse("null"))).message).toBe(
      "cannot configure beamline.ErrorResponse: expected an object, got null [config]",
    );
    expect(errorOf(() => createExecResultContract(JSON.parse("null"))).code).toBe("config");
    expect(errorOf(() => createExecResultContract(JSON.parse('{"canceled":1}'))).message).toBe(
      "cannot configure beamline.worker.v1.ExecResult: canceled: expected a boolean, got 1 [config]",
    );
  });

  it("has another HTTP status than a decision, which has 200", () => {
    expect(toHttpReply(response)).toEqual({ status: 200, body: response });
  });

  it.each([
    [
      'accept beamline.ErrorResponse: error.message: expected a non-empty string, got "" [length]',
      () => makeErrorResponse({ code: "internal" }, ""),
    ],
    [
      "accept beamline.ErrorResponse: error.code: this key is required [required]",
      () => makeErrorResponse({ intakeErrorCode: JSON.parse('"NONE"') }, "m"),
    ],
    [
      "convert beamline.ErrorResponse: reading the value threw an error [input.unreadable]",
      () => makeErrorResponse(JSON.parse("null"), "m"),
    ],
    [
      "convert beamline.ErrorResponse: reading the value threw an error [input.unreadable]",
      () => toErrorResponse(JSON.parse("null")),
    ],
    [
      "convert beamline.ErrorResponse: reading the value threw an error [input.unreadable]",
      () => toHttpReply(JSON.parse("null")),
    ],
    [
      "accept beamline.ErrorResponse: expected an object, got null [type]",
      () => toGrpcStatus(JSON.parse("null")),
    ],
  ])("cannot %s", (text, work) => {
    expect(refusalOf(work).message).toBe(`cannot ${text}`);
  });
});
