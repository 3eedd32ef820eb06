import { describe, expect, expectTypeOf, it } from "vitest";
import { RouteDecisionSchema, RouteRequestSchema } from "../../../gen/beamline/flow/v1/flow_pb.js";
import { SignalSchema } from "../../../gen/sim/v1/data_pb.js";
import { dialect } from "../../../src/beamline/dialect.js";
import { Message } from "../../../src/beamline/flow.js";
import { createDefine, type Wire } from "../../../src/contract/rules/define.js";

const define = createDefine(dialect);

describe("rules are checked against their descriptors", () => {
  it("refuse a field without a rule", () => {
    // @ts-expect-error metadata has no rule
    const rules = define(RouteDecisionSchema, (t) => ({
      providerId: t.string(),
      reason: t.string(),
      priority: t.int32(),
      expectedLatencyMs: t.int64(),
      expectedCost: t.double(),
    }));
    expect(() => rules.rule()).toThrow("beamline.flow.v1.RouteDecision.metadata has no rule");
  });

  it("refuse a rule without a field", () => {
    // @ts-expect-error there is no field region
    const rules = define(RouteDecisionSchema, (t) => ({ ...decision(t), region: t.string() }));
    expect(() => rules.rule()).toThrow("beamline.flow.v1.RouteDecision has no field region");
  });

  it("refuse a rule of another type", () => {
    const rules = define(RouteDecisionSchema, (t) => ({
      ...decision(t),
      // @ts-expect-error a double is no string
      expectedCost: t.string(),
    }));
    expect(() => rules.rule()).toThrow(
      "field beamline.flow.v1.RouteDecision.expected_cost is declared double, but its rule is for string",
    );
    const narrow = define(RouteDecisionSchema, (t) => ({
      ...decision(t),
      expectedCost: t.float(),
    }));
    expect(() => narrow.rule()).toThrow(
      "field beamline.flow.v1.RouteDecision.expected_cost is declared double, but its rule is for float",
    );
    const list = define(RouteDecisionSchema, (t) => ({
      ...decision(t),
      // @ts-expect-error a map of numbers is no map of strings
      metadata: t.map(t.double()),
    }));
    expect(() => list.rule()).toThrow("declared map of string, but its rule is for map of double");
  });

  it("refuse a oneof without its members", () => {
    const rules = define(SignalSchema, (t) => ({
      sourceComponent: t.string(),
      sourcePort: t.string(),
      value: t.oneof({ numberValue: t.double() }),
    }));
    expect(() => rules.rule()).toThrow("sim.v1.Signal.bool_value has no rule");
  });
});

describe("the wire type is inferred from the rules", () => {
  it("requires the keys that are always written, and no others", () => {
    const rules = define(RouteRequestSchema, (t) => ({
      message: t.message(Message).required(),
      policyId: t.string(),
      context: t.map(t.string()).always(),
      idempotencyKey: t.string().nullable(),
    }));
    expectTypeOf<Omit<Wire<typeof rules>, "message">>().toEqualTypeOf<{
      policy_id?: string;
      context: { [key: string]: string };
      idempotency_key: string | null;
    }>();
    expect(rules.dialect).toBe(dialect);
  });
});

type FieldRules = Parameters<Parameters<typeof define>[1]>[0];

function decision(t: FieldRules) {
  return {
    providerId: t.string(),
    reason: t.string(),
    priority: t.int32(),
    expectedLatencyMs: t.int64(),
    expectedCost: t.double(),
    metadata: t.map(t.string()),
  };
}
