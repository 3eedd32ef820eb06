import { create, toJson } from "@bufbuild/protobuf";
import { NullValueSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { RouteDecisionSchema } from "../../../gen/beamline/flow/v1/flow_pb.js";
import { NumberListSchema, SignalSchema } from "../../../gen/sim/v1/data_pb.js";
import { Context } from "../../../src/contract/base/context.js";
import { type Dialect, dialectDefaults } from "../../../src/contract/base/dialect.js";
import type { Definition } from "../../../src/contract/model/definition.js";
import { createDefine } from "../../../src/contract/rules/define.js";
import { reportId, uuid4 } from "../../../src/contract/rules/ids.js";
import { dialect as leyline } from "../../../src/leyline/dialect.js";
import { NumberList } from "../../../src/sim/index.js";
import { formatIssue } from "../../../src/wire/error.js";
import { reported } from "../../support/json/rule-issues.js";

const strictDialect = { ...leyline, nulls: "declared", readsBothSpellings: false } as const;

/** A message with a oneof among its fields. */
function signals(dialect: Dialect) {
  return createDefine(dialect)(SignalSchema, (t) => ({
    sourceComponent: t.string().required(),
    sourcePort: t.string().nullable(),
    value: t.oneof({
      numberValue: t.double(),
      boolValue: t.bool(),
      stringValue: t.string(),
      nullValue: t.enum(NullValueSchema, ""),
      listValue: t.message(NumberList),
    }),
  }));
}

/** A message with a map and numbers. */
function decisions(dialect: Dialect) {
  return createDefine(dialect)(RouteDecisionSchema, (t) => ({
    providerId: t.string().required(),
    reason: t.string().always(),
    priority: t.int32(),
    expectedLatencyMs: t.int64().omitted(),
    expectedCost: t.double().nullable(),
    metadata: t.map(t.string()),
  }));
}

function read<M>(definition: Definition<M>, json: unknown): { value: unknown; issues: string[] } {
  return reported((context) => definition.read(json, context));
}

describe("the default dialect", () => {
  it("is ProtoJSON, frozen", () => {
    const message = create(RouteDecisionSchema, {
      providerId: "p",
      reason: "r",
      priority: 3,
      expectedLatencyMs: 2n ** 60n,
      expectedCost: Number.POSITIVE_INFINITY,
      metadata: { a: "b" },
    });
    const definition = decisions(dialectDefaults);
    const written = reported((context) => definition.write(message, context));
    expect(written).toEqual({ value: toJson(RouteDecisionSchema, message), issues: [] });
    expect(read(definition, written.value)).toEqual({ value: message, issues: [] });
    expect(Object.isFrozen(dialectDefaults)).toBe(true);
  });
});

describe("the keys of a message", () => {
  const provider = { provider_id: "p" };

  it("are read in any order", () => {
    const json = { metadata: { a: "b" }, reason: "r", priority: 5, provider_id: "p" };
    expect(read(decisions(strictDialect), json)).toEqual({
      value: create(RouteDecisionSchema, {
        providerId: "p",
        reason: "r",
        priority: 5,
        metadata: { a: "b" },
      }),
      issues: [],
    });
  });

  it("may be missing, unless they are required", () => {
    expect(read(decisions(strictDialect), provider).issues).toEqual([]);
    expect(read(decisions(strictDialect), { provider_id: undefined, reason: "r" }).issues).toEqual([
      "provider_id: this key is required [required]",
    ]);
    expect(read(decisions(leyline), {}).issues).toEqual([
      "provider_id: this key is required [required]",
    ]);
  });

  it("that are unknown are refused or reported, depending on the dialect", () => {
    const json = { ...provider, other: 1, undefined: undefined };
    expect(read(decisions(strictDialect), json).issues).toEqual([
      "other: the message has no such key [unknown_key]",
    ]);
    const context = new Context();
    decisions({ ...strictDialect, unknownKeys: "report" }).read(json, context);
    expect(context.issues).toEqual([]);
    expect(context.unknownKeys).toEqual(["other"]);
  });

  it("that the wire form claims are neither refused nor reported", () => {
    const claiming = (unknownKeys: Dialect["unknownKeys"]) =>
      createDefine({ ...strictDialect, unknownKeys })(
        NumberListSchema,
        (t) => ({ values: t.list(t.double()) }),
        {
          wire: {
            claims: (key) => key === "first" || key === "values",
            read: (json, message) => void message.values.unshift(Number(json["first"])),
            write: (_, json) => json,
            schema: (own) => own,
          },
        },
      );
    const json = { first: 1, other: 3, values: [2] };
    const value = create(NumberListSchema, { values: [1, 2] });
    expect(read(claiming("refuse"), json)).toEqual({
      value,
      issues: ["other: the message has no such key [unknown_key]"],
    });
    const context = new Context();
    expect(claiming("report").read(json, context)).toEqual(value);
    expect(context.unknownKeys).toEqual(["other"]);
  });

  it("have two spellings where the dialect reads both, and only one at a time", () => {
    const both = decisions({ ...leyline, nulls: "declared" });
    expect(read(both, { providerId: "p", expectedLatencyMs: "5" })).toEqual({
      value: create(RouteDecisionSchema, { providerId: "p", expectedLatencyMs: 5n }),
      issues: [],
    });
    expect(read(both, { providerId: "p", provider_id: "q" }).issues).toEqual([
      "providerId: the same field as provider_id [duplicate_key]",
    ]);
    expect(read(decisions(strictDialect), { providerId: "p" }).issues).toEqual([
      "providerId: the message has no such key; did you mean provider_id? [unknown_key]",
      "provider_id: this key is required [required]",
    ]);
    const camel = decisions({ ...strictDialect, keys: "json" });
    expect(read(camel, { providerId: "p" }).issues).toEqual([]);
    expect(
      reported((context) => camel.write(create(RouteDecisionSchema, { reason: "r" }), context)),
    ).toEqual({ value: { providerId: "", reason: "r", expectedCost: null }, issues: [] });
  });

  it("may be null where they are nullable, or where the dialect accepts every null", () => {
    const json = { provider_id: null, reason: null, expected_cost: null };
    expect(read(decisions(strictDialect), json).issues).toEqual([
      "provider_id: expected a string, got null [type]",
      "reason: expected a string, got null [type]",
    ]);
    expect(read(decisions(leyline), json).issues).toEqual([
      "provider_id: expected a string, got null [type]",
    ]);
    expect(read(decisions(leyline), { ...json, provider_id: "p" }).value).toEqual(
      create(RouteDecisionSchema, { providerId: "p" }),
    );
  });

  it("are written depending on their presence", () => {
    const written = (dialect: Dialect) =>
      reported((context) => decisions(dialect).write(create(RouteDecisionSchema), context));
    expect(written(strictDialect)).toEqual({
      value: { provider_id: "", reason: "", expected_cost: null },
      issues: [],
    });
    expect(written({ ...strictDialect, defaults: "written" })).toEqual({
      value: { provider_id: "", reason: "", priority: 0, expected_cost: null, metadata: {} },
      issues: [],
    });
    const full = create(RouteDecisionSchema, {
      priority: 1,
      expectedLatencyMs: 2n,
      expectedCost: Number.NaN,
      metadata: { a: "b" },
    });
    const definition = decisions({ ...strictDialect, notFinite: false });
    expect(reported((context) => definition.write(full, context))).toEqual({
      value: {
        provider_id: "",
        reason: "",
        priority: 1,
        expected_latency_ms: "2",
        expected_cost: 0,
        metadata: { a: "b" },
      },
      issues: ["expected_cost: expected a finite number, got NaN [float.not_finite]"],
    });
  });
});

describe("a oneof among the keys of a message", () => {
  const definition = signals(strictDialect);
  const component = { source_component: "c" };

  it.each([
    [{ number_value: 0 }, { case: "numberValue", value: 0 }],
    [{ string_value: "" }, { case: "stringValue", value: "" }],
    [{ null_value: "NULL_VALUE" }, { case: "nullValue", value: 0 }],
    [
      { list_value: { values: [1] } },
      { case: "listValue", value: create(NumberListSchema, { values: [1] }) },
    ],
    [{}, { case: undefined }],
  ] as const)("is read and written: %j", (json, value) => {
    const signal = create(SignalSchema, { sourceComponent: "c", value });
    expect(read(definition, { ...component, ...json })).toEqual({ value: signal, issues: [] });
    expect(reported((context) => definition.write(signal, context))).toEqual({
      value: { ...component, source_port: null, ...json },
      issues: [],
    });
  });

  it("has one key at a time", () => {
    const json = { ...component, number_value: 1, bool_value: true };
    expect(read(definition, json)).toEqual({
      value: create(SignalSchema, {
        sourceComponent: "c",
        value: { case: "numberValue", value: 1 },
      }),
      issues: ["bool_value: only one key of the oneof value may be there [duplicate_key]"],
    });
  });

  it("is unset by null, except for the member that may be null", () => {
    expect(read(definition, { ...component, number_value: null }).issues).toEqual([
      "number_value: expected a number, got null [type]",
    ]);
    const lenient = signals(leyline);
    expect(read(lenient, { ...component, number_value: null, bool_value: true })).toEqual({
      value: create(SignalSchema, {
        sourceComponent: "c",
        value: { case: "boolValue", value: true },
      }),
      issues: [],
    });
    expect(read(lenient, { ...component, null_value: null }).issues).toEqual([
      "null_value: expected a NullValue name, got null [enum]",
    ]);
  });

  it("has the keys of the wire JSON in every path", () => {
    expect(definition.steps(["value", "listValue", "values", 0])).toEqual([
      "list_value",
      "values",
      0,
    ]);
    expect(definition.steps(["value", "numberValue"])).toEqual(["number_value"]);
    expect(definition.steps(["value"])).toEqual(["value"]);
    expect(definition.steps(["sourcePort", "rest"])).toEqual(["source_port", "rest"]);
    expect(definition.steps(["other", "rest"])).toEqual(["other", "rest"]);
    expect(definition.steps([5])).toEqual([5]);
    expect(definition.steps([])).toEqual([]);
  });

  it("has the strict rules of its member", () => {
    const strict = createDefine(strictDialect)(
      SignalSchema,
      (t) => ({
        sourceComponent: t.string(),
        sourcePort: t.string(),
        value: t.oneof({
          numberValue: t.double(),
          boolValue: t.bool(),
          stringValue: t.string(),
          nullValue: t.enum(NullValueSchema, ""),
          listValue: t.message(NumberList),
        }),
      }),
      { strict: ({ sourcePort }, context) => reportId(context, "source_port", sourcePort, uuid4) },
    );
    const issues = (value: Parameters<typeof create<typeof SignalSchema>>[1]) => {
      const context = new Context();
      strict.strict(create(SignalSchema, value), context);
      return context.issues.map(formatIssue);
    };
    const other: number = 5;
    expect(issues({ sourcePort: "x", value: { case: "nullValue", value: other } })).toEqual([
      "null_value: expected a number that NullValue has a name for, got 5 [enum.unknown]",
      'source_port: expected a UUID v4, got "x" [format]',
    ]);
    expect(issues({ value: { case: "nullValue", value: 0 } })).toEqual([]);
    expect(issues({ value: { case: "numberValue", value: 5 } })).toEqual([]);
    expect(issues({})).toEqual([]);
  });
});
