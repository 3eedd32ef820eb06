import * as z from "zod/mini";
import { readClock } from "../../contract/base/clock.js";
import { guarded } from "../../contract/base/result.js";
import { readOptions, reportKind } from "../../contract/base/settings.js";
import { createJsonContract, type JsonContract } from "../../contract/json-contract.js";
import { type FieldRule, fieldRule, plainPresence } from "../../contract/model/field-rule.js";
import { createFieldRules } from "../../contract/rules/field-rules.js";
import { filled, formed, oneOf, type StringRule } from "../../contract/rules/formats.js";
import { formatInstant, fromEpochMillis, parseInstant } from "../../contract/rules/time.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { dialect } from "../dialect.js";
import { type LogLevel, logLevels } from "./log-level.js";

const t = /* @__PURE__ */ createFieldRules(dialect);

const time: StringRule = (text) =>
  text.check(
    z.refine((value) => parseInstant(value) !== undefined, "an RFC 3339 time with a zone"),
  );
const hexadecimal = formed(/^[0-9a-f]+$/i, "hexadecimal digits");
const level: FieldRule<LogLevel, LogLevel, false, true> = fieldRule(
  t.string(oneOf(logLevels)).parts,
  {
    ...plainPresence,
    required: true,
  },
);

/**
 * One line of a structured log, with the keys of its JSON. A line about an event has `event_type` and
 * `duration_ms`. Document: the JimBot specification, "Logging".
 */
export interface LogRecord {
  /** RFC 3339 with a zone. */
  timestamp: string;
  level: LogLevel;
  /** The component that writes the line, e.g. `mcp_server`. */
  component: string;
  /** The trace in hexadecimal digits; all zeros outside of a trace. */
  trace_id: string;
  /** The span in hexadecimal digits; all zeros outside of a span. */
  span_id: string;
  /** What has happened, for people. */
  message: string;
  /** The topic of the event, e.g. `game.state`. */
  event_type?: string;
  /** Duration in milliseconds. */
  duration_ms?: number;
}

/** Checks log lines, and converts them from and to JSON. Unknown keys are ignored and reported. */
export const LogRecord: JsonContract<LogRecord> = /* @__PURE__ */ createJsonContract(
  "jimbot.LogRecord",
  {
    timestamp: t.string(time).required(),
    level,
    component: t.string(filled).required(),
    trace_id: t.string(hexadecimal).required(),
    span_id: t.string(hexadecimal).required(),
    message: t.string(filled).required(),
    event_type: t.string(filled).omitted(),
    duration_ms: t.double({ min: 0 }).omitted(),
  },
);

/** A log line; missing keys are filled in. */
export type LogEntry = Pick<LogRecord, "component" | "message"> & Partial<LogRecord>;

/** Options of {@link makeLogRecord}. */
export interface LogRecordOptions {
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link LogRecordOptions}. */
export const logRecordDefaults: Readonly<Required<LogRecordOptions>> = Object.freeze({
  now: () => Date.now(),
});

/**
 * Makes a log line from an entry. Missing keys get the current time, the level INFO and ids of zeros. Throws
 * ContractError with the codes of the record's rules, and `range` if the clock's time is not in the years
 * 1 to 9999. Document: the JimBot specification, "Logging".
 *
 *     const record = makeLogRecord({
 *       component: "mcp_server",
 *       message: "Event published",
 *       event_type: "game.state",
 *       duration_ms: 15,
 *     });
 *     process.stdout.write(`${LogRecord.toJsonText(record)}\n`);
 */
export function makeLogRecord(
  entry: LogEntry,
  options: LogRecordOptions = logRecordDefaults,
): LogRecord {
  const record = guarded("check", LogRecord.typeName, () => {
    const { now = logRecordDefaults.now } = readOptions(
      LogRecord.typeName,
      options,
      (own, context) => reportKind(context, "now", own.now, "function"),
    );
    const { timestamp = present(readClock("configure", LogRecord.typeName, now)), ...rest } = entry;
    return { timestamp, level: "INFO", ...noSpan, ...rest } as const;
  });
  return LogRecord.check(record);
}

/** The ids that W3C Trace Context uses outside of a trace. */
const noSpan = { trace_id: "0".repeat(32), span_id: "0".repeat(16) } as const;

function present(millis: number): string {
  const instant = fromEpochMillis(Math.floor(millis));
  if (instant !== undefined) return formatInstant(instant, 3);
  const issue = mismatch("timestamp", "range", "milliseconds since 1970", millis);
  throw new ContractError("check", LogRecord.typeName, issue);
}
