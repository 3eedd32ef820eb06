import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { contracts } from "../../src/all.js";
import { RouteDecision, type RouteDecisionJson, RouteRequest } from "../../src/beamline/index.js";
import { toZod } from "../../src/zod/index.js";

const decision: RouteDecisionJson = { provider_id: "openai", reason: "weighted", priority: 30 };
const request = { message: { tenant_id: "acme", message_type: "chat", payload: "Hi" } };
const wrong: RouteDecisionJson = { provider_id: "openai", reason: "weighted", priority: 101 };
const Decision = toZod(RouteDecision);
const Request = toZod(RouteRequest);

describe.each([
  ["zod", z.object({ id: z.string(), list: z.array(Decision), any: z.union([Decision, Request]) })],
  [
    "zod/mini",
    mini.object({
      id: mini.string(),
      list: mini.array(Decision),
      any: mini.union([Decision, Request]),
    }),
  ],
])("a codec within %s", (_, Outer) => {
  test("decodes wire JSON to messages and encodes them again", () => {
    const json = { id: "a", list: [decision], any: request };
    const value = z.decode(Outer, json);
    expect(RouteDecision.is(value.list[0])).toBe(true);
    expect(value.list[0]).toEqual(RouteDecision.fromJson(decision));
    expect(RouteRequest.is(value.any)).toBe(true);
    expect(z.encode(Outer, value)).toEqual({
      id: "a",
      list: [RouteDecision.toJson(RouteDecision.fromJson(decision))],
      any: RouteRequest.toJson(RouteRequest.fromJson(request)),
    });
  });

  test("reports a contract's issues with its paths, texts and codes", async () => {
    const json = { id: 1, list: [decision, wrong], any: request };
    const expected = [
      expect.objectContaining({ code: "invalid_type", path: ["id"] }),
      {
        code: "custom",
        path: ["list", 1, "priority"],
        message: "expected a number of at most 100, got 101",
        params: { rule: "range", expected: "a number of at most 100", received: "101" },
      },
    ];
    expect(z.safeParse(Outer, json).error?.issues).toEqual(expected);
    expect((await z.safeParseAsync(Outer, json)).error?.issues).toEqual(expected);
  });
});

test("a message that breaks a rule is not encoded", () => {
  const message = { ...RouteDecision.fromJson(decision), priority: 400 };
  expect(z.safeEncode(Decision, message).error?.issues).toMatchObject([
    { path: ["priority"], params: { rule: "range" } },
  ]);
  // @ts-expect-error: not a message
  const { error } = z.safeEncode(Decision, {});
  expect(error?.issues).toMatchObject([{ path: [], params: { rule: "type" } }]);
});

test("optional, nullable and refined codecs", () => {
  expect(z.parse(z.optional(Decision), undefined)).toBeUndefined();
  expect(z.parse(Decision.nullable(), null)).toBeNull();
  const Urgent = Decision.refine(({ priority }) => priority > 50, "must be urgent");
  expect(z.safeParse(Urgent, decision).error?.issues).toMatchObject([
    { path: [], message: "must be urgent" },
  ]);
  expect(z.safeParse(Urgent, wrong).error?.issues).toHaveLength(1);
});

test("the types are those of the contract", () => {
  expectTypeOf<z.infer<typeof Decision>>().toEqualTypeOf<RouteDecision>();
  expectTypeOf<z.input<typeof Decision>>().toEqualTypeOf<RouteDecisionJson>();
  const Outer = z.object({ decision: Decision });
  expectTypeOf<z.infer<typeof Outer>>().toEqualTypeOf<{ decision: RouteDecision }>();
  expectTypeOf<z.input<typeof Outer>>().toEqualTypeOf<{ decision: RouteDecisionJson }>();
});

describe("JSON Schema", () => {
  test("each contract stands under $defs once", () => {
    const Outer = z.object({ one: Request, many: z.array(Request), maybe: Decision.optional() });
    const schema = z.toJSONSchema(Outer, { io: "input" });
    const reference = { $ref: "#/$defs/beamline.flow.v1.RouteRequest" };
    expect(schema.properties).toEqual({
      one: reference,
      many: { type: "array", items: reference },
      maybe: { $ref: "#/$defs/beamline.flow.v1.RouteDecision" },
    });
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate({ one: request, many: [request], maybe: decision })).toBe(true);
    expect(validate({ one: request, many: [{ message: {} }] })).toBe(false);
  });

  test("one schema takes all contracts", () => {
    const all = Object.fromEntries(
      [...contracts].map((contract) => [contract.typeName, toZod(contract).optional()]),
    );
    const schema = z.toJSONSchema(z.object(all), { io: "input" });
    expect(Object.keys(schema.$defs ?? {})).toHaveLength(contracts.size);
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate({ "beamline.flow.v1.RouteRequest": request })).toBe(true);
    expect(validate({ "beamline.flow.v1.RouteRequest": { message: 1 } })).toBe(false);
  });

  test("a message is not JSON, and other drafts are refused", () => {
    expect(() => z.toJSONSchema(z.object({ d: Decision }))).toThrow(
      'a beamline.flow.v1.RouteDecision message at properties.d is not JSON; use { io: "input" }',
    );
    expect(() => z.toJSONSchema(Decision, { io: "input", target: "draft-07" })).toThrow(
      "the JSON Schema of beamline.flow.v1.RouteDecision is draft 2020-12, not draft-07",
    );
    expect(z.toJSONSchema(z.object({ d: Decision }), { unrepresentable: "any" })).toMatchObject({
      properties: { d: {} },
    });
  });

  test("the Standard JSON Schema of a codec is the contract's", () => {
    const schema = Decision["~standard"].jsonSchema?.input({ target: "draft-2020-12" });
    expect(schema).toMatchObject({ $ref: "#/$defs/beamline.flow.v1.RouteDecision" });
  });
});

test("calls for one contract return one codec", () => {
  expect(toZod(RouteDecision)).toBe(Decision);
});
