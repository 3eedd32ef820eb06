import { NullValueSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { LogLevelSchema } from "../../../gen/sim/v1/log_pb.js";
import type { Dialect } from "../../../src/contract/base/dialect.js";
import { enumParts } from "../../../src/contract/rules/enums.js";
import { dialect as sim } from "../../../src/sim/dialect.js";
import { reported, ruleTexts } from "../../support/json/rule-issues.js";
import { schemaContext } from "../../support/json/schema-context.js";

const named = { ...sim, enums: "full", enumNumbers: false } satisfies Dialect;
const numbered = { ...named, enumNumbers: true } satisfies Dialect;
const levels = LogLevelSchema.values.map(({ number }) => number);

const known =
  "(one of LOG_LEVEL_UNSPECIFIED, LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR)";

describe("an enum", () => {
  it.each([
    ["full", ["LOG_LEVEL_UNSPECIFIED", "LOG_LEVEL_DEBUG"]],
    ["bare", ["UNSPECIFIED", "DEBUG"]],
    ["lower", ["unspecified", "debug"]],
  ] as const)("is spelled %s", (enums, names) => {
    const parts = enumParts(LogLevelSchema, "LOG_LEVEL_", { ...named, enums });
    expect(reported((context) => [0, 1].map((value) => parts.write(value, context)))).toEqual({
      value: names,
      issues: [],
    });
    expect(reported((context) => names.map((name) => parts.read(name, context)))).toEqual({
      value: [0, 1],
      issues: [],
    });
    const own = enumParts(LogLevelSchema, "LOG_LEVEL_", named, { spelling: enums });
    expect(reported((context) => own.write(1, context)).value).toBe(names[1]);
  });

  it("keeps a name that does not have the prefix", () => {
    const parts = enumParts(LogLevelSchema, "OTHER_", { ...named, enums: "bare" });
    expect(reported((context) => parts.write(1, context)).value).toBe("LOG_LEVEL_DEBUG");
  });

  it("has aliases, which are only read", () => {
    const parts = enumParts(LogLevelSchema, "", named, { aliases: { FATAL: 4 } });
    expect(reported((context) => parts.read("FATAL", context))).toEqual({ value: 4, issues: [] });
    expect(reported((context) => parts.write(4, context)).value).toBe("LOG_LEVEL_ERROR");
  });

  it("refuses what has no name, and numbers where the JSON has names only", () => {
    const parts = enumParts(LogLevelSchema, "", named);
    expect(
      reported((context) => ["debug", 1, null].map((json) => parts.read(json, context))),
    ).toEqual({
      value: [0, 0, 0],
      issues: [
        `expected a LogLevel name, got "debug"; did you mean LOG_LEVEL_DEBUG? ${known} [enum]`,
        `expected a LogLevel name, got 1 ${known} [enum]`,
        `expected a LogLevel name, got null ${known} [enum]`,
      ],
    });
    expect(reported((context) => [99, "1"].map((value) => parts.write(value, context)))).toEqual({
      value: [undefined, undefined],
      issues: [
        "expected a number that LogLevel has a name for, got 99 [enum.unknown]",
        'expected a number that LogLevel has a name for, got "1" [enum.unknown]',
      ],
    });
    const { issues } = reported((context) =>
      enumParts(EventTypeSchema, "", named).read("X", context),
    );
    expect(issues).toEqual(['expected an EventType name, got "X" [enum]']);
  });

  it("accepts 32-bit numbers where the dialect does", () => {
    const parts = enumParts(LogLevelSchema, "", numbered);
    const numbers = [1, 99, -2147483648, 2147483647, -0];
    expect(reported((context) => numbers.map((json) => parts.read(json, context)))).toEqual({
      value: [1, 99, -2147483648, 2147483647, 0],
      issues: [],
    });
    expect(
      reported((context) => [1.5, 2147483648, "1"].map((json) => parts.read(json, context))),
    ).toEqual({
      value: [0, 0, 0],
      issues: [
        `expected a LogLevel name, got 1.5 ${known} [enum]`,
        `expected a LogLevel name, got 2147483648 ${known} [enum]`,
        `expected a LogLevel name, got "1" ${known} [enum]`,
      ],
    });
    expect(reported((context) => [1, 99].map((value) => parts.write(value, context)))).toEqual({
      value: ["LOG_LEVEL_DEBUG", 99],
      issues: [],
    });
  });

  it("has a zero that is unset, or refused", () => {
    for (const zero of ["unset", "refused"] as const) {
      const parts = enumParts(LogLevelSchema, "", named, { zero });
      expect(reported((context) => parts.read("LOG_LEVEL_UNSPECIFIED", context)).issues).toEqual([
        `expected a LogLevel name, got "LOG_LEVEL_UNSPECIFIED" ${known.replace("LOG_LEVEL_UNSPECIFIED, ", "")} [enum]`,
      ]);
    }
    expect(ruleTexts(enumParts(LogLevelSchema, "", named), 0)).toEqual([]);
    expect(ruleTexts(enumParts(LogLevelSchema, "", named, { zero: "unset" }), 0)).toEqual([]);
    const refusing = enumParts(LogLevelSchema, "", named, { zero: "refused" });
    expect(ruleTexts(refusing, 0)).toEqual(["expected a LogLevel name, got 0 [range]"]);
    expect(ruleTexts(refusing, 99)).toEqual([]);
    expect(ruleTexts(refusing, "1")).toEqual(['expected a number, got "1" [type]']);
    expect([0, 1, undefined].map(refusing.isDefault)).toEqual([true, false, false]);
  });

  it("has only one null", () => {
    const parts = enumParts(NullValueSchema, "", named);
    expect(ruleTexts(parts, 0)).toEqual([]);
    expect(ruleTexts(parts, 1)).toEqual(["expected 0, got 1 [range]"]);
  });

  it("refuses, when strict, a number that has no name", () => {
    const parts = enumParts(LogLevelSchema, "", numbered);
    const strict = (value: unknown) => reported((context) => parts.strict?.(value, context)).issues;
    expect(levels.flatMap(strict)).toEqual([]);
    expect(strict(99)).toEqual([
      "expected a number that LogLevel has a name for, got 99 [enum.unknown]",
    ]);
    expect(strict("99")).toEqual([]);
  });

  it("is described by its names and numbers", () => {
    const schema = (dialect: Dialect, options: Parameters<typeof enumParts>[3]) =>
      enumParts(LogLevelSchema, "LOG_LEVEL_", { ...dialect, enums: "bare" }, options).wireSchema(
        schemaContext,
      );
    const names = ["UNSPECIFIED", "DEBUG", "INFO", "WARN", "ERROR"];
    const integer = { type: "integer", minimum: -2147483648, maximum: 2147483647 };
    expect(schema(named, {})).toEqual({ enum: names });
    expect(schema(named, { aliases: { NONE: 0 }, zero: "unset" })).toEqual({
      enum: ["NONE", ...names.slice(1)],
    });
    expect(schema(named, { aliases: { NONE: 0 }, zero: "refused" })).toEqual({
      enum: names.slice(1),
    });
    expect(schema(numbered, {})).toEqual({ anyOf: [{ enum: names }, integer] });
    expect(schema(numbered, { zero: "refused" })).toEqual({
      anyOf: [{ enum: names.slice(1) }, { ...integer, not: { const: 0 } }],
    });
  });
});
