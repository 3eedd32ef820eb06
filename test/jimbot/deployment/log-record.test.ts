import { describe, expect, expectTypeOf, it } from "vitest";
import { ErrorSeveritySchema } from "../../../gen/jimbot/events/v1/error_pb.js";
import { isLogLevel, type LogLevel, logLevels } from "../../../src/jimbot/deployment/log-level.js";
import { LogRecord, makeLogRecord } from "../../../src/jimbot/deployment/log-record.js";
import { textOf } from "../../support/refusal.js";
import { documentLines, missingFromDocument } from "../document.js";

/** The document's example. */
const published: LogRecord = {
  timestamp: "2024-01-15T10:30:00Z",
  level: "INFO",
  component: "mcp_server",
  trace_id: "abc123",
  span_id: "def456",
  message: "Event published",
  event_type: "game.state",
  duration_ms: 15,
};
const now = (): number => 1_705_314_600_000;

describe("a line of the log", () => {
  it("is the document's example, key for key", () => {
    expect(LogRecord.fromJson(published)).toEqual(published);
    expect(LogRecord.fromJsonText(LogRecord.toJsonText(published))).toEqual(published);
    expect(Object.keys(LogRecord.toJson(published))).toEqual(Object.keys(published));
    const lines = Object.entries(published).map(
      ([key, value], index, { length }) =>
        `"${key}": ${JSON.stringify(value)}${index === length - 1 ? "" : ","}`,
    );
    expect(missingFromDocument(lines)).toEqual([]);
  });

  it("has the keys of its type and no others", () => {
    expectTypeOf(LogRecord.fromJson(published)).toEqualTypeOf<LogRecord>();
    expectTypeOf<LogRecord["level"]>().toEqualTypeOf<
      "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL"
    >();
  });

  it.each(["timestamp", "level", "component", "trace_id", "span_id", "message"])(
    "needs %s",
    (key) => {
      const rest = Object.fromEntries(Object.entries(published).filter(([name]) => name !== key));
      expect(textOf(() => LogRecord.fromJson(rest))).toBe(
        `cannot decode jimbot.LogRecord from JSON: ${key}: this key is required [required]`,
      );
    },
  );

  it("may be without an event", () => {
    const { event_type, duration_ms, ...rest } = published;
    expect(LogRecord.fromJson(rest)).toEqual(rest);
  });

  it("ignores and reports the keys that a component adds", () => {
    const result = LogRecord.safeFromJson({ ...published, game_id: "seed_12345" });
    expect(result).toEqual({ ok: true, value: published, unknownKeys: ["game_id"] });
  });

  const levels = '"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"';
  it.each([
    [
      { timestamp: "2024-01-15 10:30" },
      'timestamp: expected an RFC 3339 time with a zone, got "2024-01-15 10:30" [format]',
    ],
    [{ timestamp: 1 }, "timestamp: expected a string, got 1 [type]"],
    [{ level: "info" }, `level: expected one of ${levels}, got "info" [format]`],
    [{ component: "" }, 'component: expected a non-empty string, got "" [length]'],
    [{ trace_id: "xyz" }, 'trace_id: expected hexadecimal digits, got "xyz" [format]'],
    [{ span_id: "" }, 'span_id: expected hexadecimal digits, got "" [format]'],
    [{ message: "" }, 'message: expected a non-empty string, got "" [length]'],
    [{ event_type: "" }, 'event_type: expected a non-empty string, got "" [length]'],
    [{ duration_ms: -1 }, "duration_ms: expected a number of at least 0, got -1 [range]"],
    [{ duration_ms: "15" }, 'duration_ms: expected a number, got "15" [type]'],
  ])("refuses %j", (fields, text) => {
    expect(textOf(() => LogRecord.fromJson({ ...published, ...fields }))).toBe(
      `cannot decode jimbot.LogRecord from JSON: ${text}`,
    );
  });
});

describe("the levels", () => {
  it("are the severities of errors, and DEBUG", () => {
    const severities = ErrorSeveritySchema.values.map(({ name }) =>
      name.replace("ERROR_SEVERITY_", ""),
    );
    expect(logLevels).toEqual(["DEBUG", ...severities]);
    const documented = documentLines()?.filter(({ text }) => text === "LOG_LEVEL=INFO");
    expect(documented?.length ?? 1).toBe(1);
  });

  it("are known by their exact names", () => {
    const level: unknown = "ERROR";
    expect(isLogLevel(level)).toBe(true);
    if (isLogLevel(level)) expectTypeOf(level).toEqualTypeOf<LogLevel>();
    expect([undefined, "error", "", 3].map(isLogLevel)).toEqual([false, false, false, false]);
  });
});

describe("makeLogRecord", () => {
  it("fills in the time, the level and ids of zeros", () => {
    expect(makeLogRecord({ component: "mcp_server", message: "Started" }, { now })).toEqual({
      timestamp: "2024-01-15T10:30:00.000Z",
      level: "INFO",
      component: "mcp_server",
      trace_id: "00000000000000000000000000000000",
      span_id: "0000000000000000",
      message: "Started",
    });
  });

  it("keeps the entry's own values, and does not read the clock then", () => {
    const never = (): number => {
      throw new Error("asked");
    };
    expect(makeLogRecord(published, { now: never })).toEqual(published);
    expect(makeLogRecord(published)).not.toBe(published);
  });

  it("uses the platform's clock", () => {
    const before = Date.now();
    const { timestamp } = makeLogRecord({ component: "a", message: "b" });
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now());
  });

  it("cuts off fractions of a millisecond", () => {
    const record = makeLogRecord({ component: "a", message: "b" }, { now: () => now() + 1.75 });
    expect(record.timestamp).toBe("2024-01-15T10:30:00.001Z");
  });

  const entry = { component: "a", message: "b" };
  const start = "cannot accept jimbot.LogRecord:";
  const configured = "cannot configure jimbot.LogRecord: ";
  const unreadable = `${start} reading the value threw an error [input.unreadable]`;
  it.each<[string, () => unknown]>([
    [
      `${configured}now: expected a clock that gives a finite number of milliseconds, got NaN [config]`,
      () => makeLogRecord(entry, { now: () => Number.NaN }),
    ],
    [
      `${start} timestamp: expected milliseconds since 1970, got 300000000000000 [range]`,
      () => makeLogRecord(entry, { now: () => 3e14 }),
    ],
    [
      `${start} message: expected a non-empty string, got "" [length]`,
      () => makeLogRecord({ ...entry, message: "" }),
    ],
    [
      `${start} game_id: the message has no such key [unknown_key]`,
      () => makeLogRecord(Object.assign({ game_id: "seed_12345" }, entry)),
    ],
    [
      `${configured}now: the clock threw an error [config]`,
      () =>
        makeLogRecord(entry, {
          now: () => {
            throw new TypeError("no");
          },
        }),
    ],
    // @ts-expect-error a caller without types may give anything
    [unreadable, () => makeLogRecord(null)],
    // @ts-expect-error a caller without types may give anything
    [`${configured}expected an object, got null [config]`, () => makeLogRecord(entry, null)],
    [
      `${configured}now: expected a function, got 5 [config]`,
      // @ts-expect-error a caller without types may give anything
      () => makeLogRecord(entry, { now: 5 }),
    ],
  ])("refuses with %s", (text, work) => {
    expect(textOf(work)).toBe(text);
  });
});
