import { describe, expect, it } from "vitest";
import {
  contractVersionOf,
  ExecResult,
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

  it("is asked only of requests that keep their rules", () => {
    expect(refusalOf(() => idempotencyKeyOf(RouteRequest.create())).message).toBe(
      "cannot accept beamline.flow.v1.RouteRequest: message: expected an object, got undefined [required]",
    );
  });

  it("is at the gateway its own, else tenant and id", () => {
    expect(gatewayIdempotencyKeyOf({ ...request, idempotency_key: "k" })).toBe("k");
    expect(gatewayIdempotencyKeyOf(request)).toBe("acme:req-1");
  });
});

describe("the version of a message", () => {
  const subject = "beamline.router.v1.decide";

  it.each([
    ["headers", { headers: { version: "1" }, payload: { version: "2" }, subject }],
    ["the payload", { headers: {}, payload: { version: "1" }, subject: "a.v2.b" }],
    ["the payload's alias", { payload: { schema_version: "1" } }],
    ["a message", { payload: ExecResult.create(), subject: "a.v2.b" }],
    ["the subject", { payload: { message: {} }, subject }],
    ["the subject's end", { payload: null, subject: "caf.exec.result.v1" }],
    ["the subject, past a name", { subject: "beamline.provider.v2.v1" }],
    [
      "the subject, past empty places",
      { headers: { version: "" }, payload: { version: "" }, subject },
    ],
  ])("is that of %s", (_, places) => {
    expect(contractVersionOf(places)).toBe("1");
  });

  it.each([
    ["headers.version", '"2"', { headers: { version: "2" }, payload: { version: "1" }, subject }],
    ["payload.version", "1", { payload: { version: 1 }, subject }],
    ["payload.version", "null", { payload: { version: null }, subject }],
    ["payload.schema_version", '"v1"', { payload: { schema_version: "v1" } }],
    ["subject", '"2"', { subject: "beamline.router.v2.decide" }],
  ])("is not spoken: %s %s", (path, shown, places) => {
    expect(refusalOf(() => contractVersionOf(places)).message).toBe(
      `cannot match beamline version: ${path}: expected one of the supported versions "1", got ${shown} [version.mismatch]`,
    );
  });

  it("is missing where nothing has one", () => {
    for (const places of [{}, { payload: [] }, { subject: "caf.deadletter.vx" }]) {
      expect(refusalOf(() => contractVersionOf(places)).message).toBe(
        "cannot match beamline version: version: no version in headers, payload or subject [required]",
      );
    }
  });

  it("lets nothing foreign through", () => {
    const hostile = {
      get payload(): unknown {
        throw new Error("mine");
      },
    };
    expect(refusalOf(() => contractVersionOf(hostile)).code).toBe("input.unreadable");
  });
});
