import { describe, expect, expectTypeOf, it } from "vitest";
import { ErrorEvent, type ErrorEventJson } from "../../../src/jimbot/events/error.js";
import { ErrorSeverity, RecoveryAction } from "../../../src/jimbot/index.js";
import { refused, refusedAsJson, through, withoutHint } from "../../support/all-methods.js";

const error = { error_id: "x1", source_component: "mcp", message: "no socket" };
const start = "cannot decode jimbot.events.v1.ErrorEvent from JSON:";

describe.each([
  {
    contract: ErrorEvent,
    least: error,
    written: {
      severity: "ERROR",
      stack_trace: "",
      context: {},
      affected_components: [],
      suggested_action: "RETRY",
    },
    more: {
      severity: "CRITICAL",
      stack_trace: "at main",
      context: { port: "8080" },
      affected_components: ["event_bus"],
      suggested_action: "FALLBACK",
    },
  },
])("$contract.typeName", ({ contract, least, written, more }) => {
  const always = { ...least, ...written };

  it.each(Object.keys(least))("requires %s", (key) => {
    const rest = Object.entries(always).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("requires nothing else, and writes fields with their default value", () => {
    expect(through(contract, least)).toEqual(always);
  });

  it("keeps every key, and reads null as unset", () => {
    expect(Object.keys({ ...always, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...always, ...more })).toEqual({ ...always, ...more });
    const nulls = Object.fromEntries(
      Object.keys({ ...written, ...more }).map((key) => [key, null]),
    );
    expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("an error event", () => {
  const empty = 'expected a non-empty string, got "" [length]';

  it.each([
    [`error_id: ${empty}`, { error_id: "" }],
    [`source_component: ${empty}`, { source_component: "" }],
    [`message: ${empty}`, { message: "" }],
    [`affected_components[1]: ${empty}`, { affected_components: ["a", ""] }],
  ])("refuses %s", (text, fields) => {
    expect(refused(ErrorEvent, { ...error, ...fields })).toBe(text);
  });

  it.each([
    ["INFO", ErrorSeverity.INFO],
    ["WARNING", ErrorSeverity.WARNING],
    ["ERROR", ErrorSeverity.ERROR],
    ["CRITICAL", ErrorSeverity.CRITICAL],
  ])("may be of severity %s", (severity, number) => {
    expect(ErrorEvent.fromJson({ ...error, severity }).severity).toBe(number);
    expect(through(ErrorEvent, { ...error, severity })).toMatchObject({ severity });
  });

  it.each([
    ["RETRY", RecoveryAction.RETRY],
    ["CIRCUIT_BREAK", RecoveryAction.CIRCUIT_BREAK],
    ["FALLBACK", RecoveryAction.FALLBACK],
    ["ESCALATE", RecoveryAction.ESCALATE],
  ])("may suggest %s", (action, number) => {
    const json = { ...error, suggested_action: action };
    expect(ErrorEvent.fromJson(json).suggestedAction).toBe(number);
    expect(through(ErrorEvent, json)).toMatchObject({ suggested_action: action });
  });

  it.each([
    ["severity", "FATAL", "expected an ErrorSeverity name"],
    ["severity", "error", "expected an ErrorSeverity name"],
    ["severity", 2, "expected an ErrorSeverity name"],
    ["suggested_action", "RECOVERY_ACTION_RETRY", "expected a RecoveryAction name"],
  ])("has no %s %j", (key, value, text) => {
    expect(withoutHint(refusedAsJson(ErrorEvent, { ...error, [key]: value }))).toBe(
      `${start} ${key}: ${text}, got ${JSON.stringify(value)} [enum]`,
    );
  });

  it("means ERROR when its JSON does not say how grave it is", () => {
    expect(ErrorEvent.fromJson(error).severity).toBe(ErrorSeverity.ERROR);
    expect(ErrorEvent.fromJson({ ...error, severity: null }).severity).toBe(ErrorSeverity.ERROR);
    expect(ErrorEvent.create().severity).toBe(ErrorSeverity.INFO);
    const given = { ...error };
    ErrorEvent.fromJson(given);
    expect(given).toEqual(error);
  });

  it("is an object", () => {
    expect(refusedAsJson(ErrorEvent, [])).toBe(
      `${start} expected an object, got an array of 0 [type]`,
    );
    expect(refusedAsJson(ErrorEvent, { ...error, context: { port: 8080 } })).toBe(
      `${start} context.port: expected a string, got 8080 [type]`,
    );
  });

  it("keeps numbers that have no name in bytes, and has no JSON for them", () => {
    const strange: number = 9;
    const message = { ...ErrorEvent.fromJson(error), severity: strange };
    expect(ErrorEvent.decode(ErrorEvent.encode(message)).severity).toBe(9);
    const result = ErrorEvent.safeToJson(message);
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.ErrorEvent to JSON: severity: expected a number that ErrorSeverity has a name for, got 9 [enum.unknown]",
    );
  });

  it("has a type in the words of the JSON", () => {
    expectTypeOf<ErrorEventJson>().toEqualTypeOf<{
      error_id: string;
      source_component: string;
      severity: "INFO" | "WARNING" | "ERROR" | "CRITICAL";
      message: string;
      stack_trace: string;
      context: { [key: string]: string };
      affected_components: string[];
      suggested_action: "RETRY" | "CIRCUIT_BREAK" | "FALLBACK" | "ESCALATE";
    }>();
  });
});
