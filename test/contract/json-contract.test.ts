import { describe, expect, expectTypeOf, it } from "vitest";
import { dialectDefaults } from "../../src/contract/base/dialect.js";
import { unsafeCast } from "../../src/contract/base/unsafe-cast.js";
import { defineChannel } from "../../src/contract/channel.js";
import {
  createJsonContract,
  isJsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../../src/contract/json-contract.js";
import { createFieldRules } from "../../src/contract/rules/field-rules.js";
import { filled } from "../../src/contract/rules/formats.js";
import { toJsonSchema, toOpenApi } from "../../src/index.js";
import { Envelope } from "../../src/sim/index.js";
import { refusalOf, textOf } from "../support/refusal.js";

const t = createFieldRules({
  ...dialectDefaults,
  keys: "proto",
  readsBothSpellings: false,
  int64: "number",
  nulls: "declared",
  unknownKeys: "report",
});

const fields = {
  name: t.string(filled).required(),
  inner: required({ at: t.int32({ min: 0 }).required(), note: t.string() }),
  more: optional({ counts: t.map(t.int64()), list: t.list(t.string()) }),
  any: t.struct(),
};
type Sample = JsonContractValue<typeof fields>;
const Sample = createJsonContract("sample.Sample", fields, ({ name, inner }, report) => {
  if (inner.note === name) report(["inner", "note"], "rule", "must differ from name");
});

const least: Sample = { name: "a", inner: { at: 0 } };
const whole: Sample = {
  name: "a",
  inner: { at: 1, note: "b" },
  more: { counts: { x: 2 }, list: ["y"] },
  any: { deep: [{ z: null }] },
};

describe("a JSON contract", () => {
  it("has the types of its fields", () => {
    expectTypeOf<Sample["name"]>().toEqualTypeOf<string>();
    expectTypeOf<Sample["inner"]["at"]>().toEqualTypeOf<number>();
    expectTypeOf<Sample["inner"]["note"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<NonNullable<Sample["more"]>["list"]>().toEqualTypeOf<string[] | undefined>();
  });

  it.each([least, whole])("is accepted by every method: %j", (value) => {
    expect(Sample.check(value)).toEqual(value);
    expect(Sample.toJson(value)).toEqual(value);
    expect(Sample.fromJson(value)).toEqual(value);
    expect(Sample.fromJsonText(Sample.toJsonText(value))).toEqual(value);
    expect(Sample.safeCheck(value)).toEqual({ ok: true, value });
    expect(Sample.safeToJson(value)).toEqual({ ok: true, value });
    expect(Sample.safeToJsonText(value)).toEqual({ ok: true, value: JSON.stringify(value) });
    expect(Sample.safeFromJson(value)).toEqual({ ok: true, value, unknownKeys: [] });
    const text = JSON.stringify(value);
    expect(Sample.safeFromJsonText(text)).toEqual({ ok: true, value, unknownKeys: [] });
  });

  it("returns copies", () => {
    const copy = Sample.check(whole);
    expect(copy.more?.list).not.toBe(whole.more?.list);
    expect(copy.any).not.toBe(whole.any);
  });

  it.each([
    ["expected an object, got null [type]", null],
    ["expected an object, got an array of 0 [type]", []],
    ["name: this key is required [required] (and 1 more issue)", {}],
    ["inner: this key is required [required]", { name: "a" }],
    ["inner: expected an object, got 5 [type]", { name: "a", inner: 5 }],
    ["inner.at: this key is required [required]", { name: "a", inner: {} }],
    ["inner.at: expected a number of at least 0, got -1 [range]", { name: "a", inner: { at: -1 } }],
    ["more: expected an object, got null [type]", { ...least, more: null }],
    [
      "more.counts.x: expected an integer, got 1.5 [type]",
      { ...least, more: { counts: { x: 1.5 } } },
    ],
    ["more.list[1]: expected a string, got 5 [type]", { ...least, more: { list: ["y", 5] } }],
    ["inner.note: must differ from name [rule]", { name: "a", inner: { at: 0, note: "a" } }],
  ])("is refused: %s", (text, json) => {
    expect(refusalOf(() => Sample.fromJson(json)).message).toBe(
      `cannot decode sample.Sample from JSON: ${text}`,
    );
    const result = Sample.safeFromJson(json);
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot decode sample.Sample from JSON: ${text}`,
    );
  });

  it("ignores and reports unknown keys on reading, and refuses them otherwise", () => {
    const json = { ...least, x: 1, inner: { ...least.inner, y: 2, gone: undefined } };
    expect(Sample.safeFromJson(json)).toEqual({
      ok: true,
      value: least,
      unknownKeys: ["x", "inner.y"],
    });
    for (const [verb, result] of [
      ["accept sample.Sample", Sample.safeCheck(json)],
      ["encode sample.Sample to JSON", Sample.safeToJson(json)],
      ["encode sample.Sample to JSON", Sample.safeToJsonText(json)],
    ] as const) {
      expect(result.ok ? "" : result.error.message).toBe(
        `cannot ${verb}: x: the message has no such key [unknown_key] (and 1 more issue)`,
      );
    }
  });

  it("names the key that was probably meant where it refuses one", () => {
    const { name, ...others } = least;
    const json = { ...others, Name: name, inner: { ...least.inner, innner: 1 } };
    expect(Sample.safeCheck(unsafeCast(json))).toMatchObject({
      error: {
        issues: [
          { path: "name", rule: "required" },
          {
            path: "Name",
            rule: "unknown_key",
            message: "the message has no such key; did you mean name?",
          },
          { path: "inner.innner", message: "the message has no such key" },
        ],
      },
    });
    expect(refusalOf(() => Sample.fromJson(json, { unknownKeys: "refuse" })).path).toBe("name");
  });

  it("names as many unknown keys as an error has issues, and lists all", () => {
    const more = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`nam${at}`, 1]));
    const json = { ...least, ...more };
    expect(Sample.safeFromJson(json)).toMatchObject({ unknownKeys: Object.keys(more) });
    const refused = Sample.safeFromJson(json, { unknownKeys: "refuse" });
    expect(refused.ok ? [] : refused.error.issues).toHaveLength(20);
  });

  it("has a JSON Schema", () => {
    const bound = { maxLength: 65_536, $comment: "unrepresentable: units" };
    expect(toJsonSchema(Sample)).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "urn:concord:sample.Sample",
      $comment: "unrepresentable: refine, text",
      title: "Sample",
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, ...bound },
        inner: {
          type: "object",
          properties: {
            at: { type: "integer", minimum: 0, maximum: 2147483647 },
            note: { type: "string", ...bound },
          },
          required: ["at"],
          additionalProperties: true,
        },
        more: {
          type: "object",
          properties: {
            counts: {
              type: "object",
              propertyNames: bound,
              additionalProperties: {
                type: "integer",
                minimum: Number.MIN_SAFE_INTEGER,
                maximum: Number.MAX_SAFE_INTEGER,
              },
            },
            list: { type: "array", items: { type: "string", ...bound } },
          },
          additionalProperties: true,
        },
        any: { type: "object", $comment: "unrepresentable: depth" },
      },
      required: ["name", "inner"],
      additionalProperties: true,
    });
  });

  it("reads null as absent where a key may be absent, if it is asked to", () => {
    const Reply = createJsonContract("sample.Reply", fields, undefined, "unset");
    const nulls = { ...least, more: null, any: null, inner: { at: 0, note: null } };
    expect(Reply.fromJson(nulls)).toEqual(least);
    expect(Reply["~standard"].validate(nulls)).toEqual({ value: least });
    expect(textOf(() => Reply.fromJson({ ...nulls, name: null }))).toBe(
      "cannot decode sample.Reply from JSON: name: expected a string, got null [type]",
    );
    expect(textOf(() => Reply.check(unsafeCast(nulls)))).toContain("[type]");
    expect(JSON.stringify(toJsonSchema(Reply)["properties"])).toContain('"type":["object","null"]');
  });

  it("is described in an OpenAPI document like any other", () => {
    const channel = defineChannel({
      name: "sample",
      address: "/sample",
      kind: "path",
      method: "POST",
      messages: [Sample, Envelope],
      replies: [Sample],
      from: ["a"],
      to: ["b"],
      encoding: "json",
      delivery: "at most once",
    });
    const given = { title: "t", version: "1", description: "d", servers: [], refusal: Sample };
    const { components } = toOpenApi([{ channel, summary: "s" }], given);
    expect(components.schemas["sample.Sample"]).toMatchObject({ title: "Sample" });
    expect(channel.messages.filter(isJsonContract)).toEqual([Sample]);
  });

  it("refuses text that is not JSON", () => {
    expect(refusalOf(() => Sample.fromJsonText("{")).code).toBe("json.syntax");
  });

  it("replaces errors that user code throws", () => {
    const hostile = {
      ...least,
      get any(): never {
        throw new RangeError("mine");
      },
    };
    expect(refusalOf(() => Sample.check(hostile)).message).toBe(
      "cannot accept sample.Sample: reading the value threw an error [input.unreadable]",
    );
  });
});
