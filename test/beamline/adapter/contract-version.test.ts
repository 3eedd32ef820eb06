import { describe, expect, it } from "vitest";
import { contractVersionOf, ExecResult } from "../../../src/beamline/index.js";
import { refusalOf } from "../../support/refusal.js";

describe("the contract version of a message", () => {
  const subject = "beamline.router.v1.decide";

  it.each([
    ["headers", { headers: { version: "1" }, payload: { version: "2" }, subject }],
    ["the payload", { headers: {}, payload: { version: "1" }, subject: "a.v2.b" }],
    ["the payload's alias", { payload: { schema_version: "1" } }],
    ["a message", { payload: ExecResult.create(), subject: "a.v2.b" }],
    ["the subject", { payload: { message: {} }, subject }],
    ["the end of the subject", { payload: null, subject: "caf.exec.result.v1" }],
    ["the subject, not the name in it", { subject: "beamline.provider.v2.v1" }],
    [
      "the subject, if the others are empty",
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
  ])("is refused: %s %s", (path, shown, places) => {
    expect(refusalOf(() => contractVersionOf(places)).message).toBe(
      `cannot match beamline version: ${path}: expected one of the supported versions "1", got ${shown} [version.mismatch]`,
    );
  });

  it("is required in one of the places", () => {
    for (const places of [{}, { payload: [] }, { subject: "caf.deadletter.vx" }]) {
      expect(refusalOf(() => contractVersionOf(places)).message).toBe(
        "cannot match beamline version: version: no version in headers, payload or subject [required]",
      );
    }
  });

  it("reports an error thrown by its input as a ContractError", () => {
    const hostile = {
      get payload(): unknown {
        throw new Error("mine");
      },
    };
    expect(refusalOf(() => contractVersionOf(hostile)).code).toBe("input.unreadable");
  });
});
