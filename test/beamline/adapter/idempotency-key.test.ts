import { describe, expect, it } from "vitest";
import {
  gatewayIdempotencyKeyOf,
  idempotencyKeyOf,
  RouteRequest,
} from "../../../src/beamline/index.js";
import { request } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

describe("the idempotency key of a request", () => {
  const message = { tenant_id: "acme", message_type: "chat", payload: "hello" };

  it.each([
    ["request", { idempotency_key: "request" }, { idempotency_key: "inner", message_id: "m" }],
    ["inner", {}, { idempotency_key: "inner", message_id: "m" }],
    ["m", {}, { message_id: "m" }],
    [undefined, {}, {}],
  ])("is %s, by precedence", (key, outer, inner) => {
    const json = { message: { ...message, ...inner }, ...outer };
    expect(idempotencyKeyOf(RouteRequest.fromJson(json))).toBe(key);
  });

  it("refuses a request that breaks its rules", () => {
    expect(refusalOf(() => idempotencyKeyOf(RouteRequest.create())).message).toBe(
      "cannot accept beamline.flow.v1.RouteRequest: message: expected an object, got undefined [required]",
    );
  });

  it("is, at the gateway, that of the request, else its tenant and id", () => {
    expect(gatewayIdempotencyKeyOf({ ...request, idempotency_key: "k" })).toBe("k");
    expect(gatewayIdempotencyKeyOf(request)).toBe("acme:req-1");
  });
});
