import { describe, expect, expectTypeOf, it } from "vitest";
import { Message, RouteDecision, RouteRequest } from "../../src/beamline/flow.js";
import type { Contract } from "../../src/contract/contract.js";
import { createRegistry } from "../../src/contract/registry.js";

describe("createRegistry", () => {
  const contracts = createRegistry([Message, RouteRequest, RouteDecision]);

  it("finds contracts by the full name of their type", () => {
    expect(contracts.get("beamline.flow.v1.RouteRequest")).toBe(RouteRequest);
    expect(contracts.get("beamline.flow.v1.Nothing")).toBeUndefined();
    expect(contracts.get("toString")).toBeUndefined();
    expect(contracts.has("beamline.flow.v1.Message")).toBe(true);
    expect(contracts.size).toBe(3);
    expect([...contracts]).toEqual([Message, RouteRequest, RouteDecision]);
  });

  it("returns the type of a known name", () => {
    expectTypeOf(contracts.get("beamline.flow.v1.RouteRequest")).toEqualTypeOf(RouteRequest);
    expectTypeOf<ReturnType<typeof contracts.get<"beamline.flow.v1.Message">>>().toExtend<
      Contract<Message>
    >();
  });

  it("refuses two contracts of one name", () => {
    expect(() => createRegistry([Message, RouteRequest, Message])).toThrow(
      "cannot register beamline.flow.v1.Message: another contract has this type name [registry.duplicate]",
    );
  });
});
