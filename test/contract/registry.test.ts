import { describe, expect, expectTypeOf, it } from "vitest";
import { Message, RouteDecision, RouteRequest } from "../../src/beamline/flow.js";
import type { Contract } from "../../src/contract/contract.js";
import { createRegistry, joinRegistries } from "../../src/contract/registry.js";
import { textOf } from "../support/refusal.js";

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

  it.each([
    ["null", null, "expected an iterable of contracts, got null"],
    ["a text", "abc", 'expected an iterable of contracts, got "abc"'],
    ["one contract", Message, "expected an iterable of contracts, got an object"],
    ["a list with null", [Message, null], "[1]: expected a contract, got null"],
    ["a list with an object", [{}], "[0]: expected a contract, got an object"],
    [
      "a list that throws",
      {
        [Symbol.iterator]() {
          throw new Error("foreign");
        },
      },
      "reading the value threw an error",
    ],
    [
      "a contract that throws",
      [
        {
          get typeName() {
            throw new Error("foreign");
          },
        },
      ],
      "reading the value threw an error",
    ],
  ])("refuses %s", (_, list, text) => {
    const message = `cannot configure a registry: ${text} [config]`;
    expect(textOf(() => Reflect.apply(createRegistry, undefined, [list]))).toBe(message);
    expect(textOf(() => Reflect.apply(joinRegistries, undefined, [list]))).toBe(message);
  });

  it("stops at the first that is no contract", () => {
    function* endless() {
      for (;;) yield 1;
    }
    expect(textOf(() => Reflect.apply(createRegistry, undefined, [endless()]))).toBe(
      "cannot configure a registry: [0]: expected a contract, got 1 [config]",
    );
  });
});
