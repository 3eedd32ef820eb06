import * as z from "zod/mini";
import { guarded } from "../../contract/base/result.js";
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
 * One line of a structured log, in the words of its JSON. `event_type` and `duration_ms` are there when
 * the line tells of an event. Document: the JimBot specification, "Logging".
 */
export interface LogRecord {
  /** RFC 3339 with a zone. */
  timestamp: string;
  level: LogLevel;
  /** Who writes the line, e.g. `mcp_server`. */
  component: string;
  /** The trace in hexadecimal digits; all zeros outside of a trace. */
  trace_id: string;
  /** The span in hexadecimal digits; all zeros outside of a span. */
  span_id: string;
  /** What has happened, in plain words. */
  message: string;
  /** The topic of the event, e.g. `game.state`. */
  event_type?: string;
  /** How long it took, in milliseconds. */
  duration_ms?: number;
}

/** Reads and writes lines of a log. Keys of a component's own are read over, and reported. */
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

/** What a line says; what is missing is filled in. */
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
 * A line of a log: the entry, with the present time, the level INFO and ids of zeros where it has none.
 * Throws ContractError with the codes of the record's rules; `range` for a clock that tells no time of
 * the years 1 to 9999. Document: the JimBot specification, "Logging".
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
    const { now = logRecordDefaults.now } = options;
    const { timestamp = present(now()), ...rest } = entry;
    return { timestamp, level: "INFO", ...noSpan, ...rest } as const;
  });
  return LogRecord.check(record);
}

/** What W3C trace context writes where there is no trace. */
const noSpan = { trace_id: "0".repeat(32), span_id: "0".repeat(16) } as const;

function present(millis: number): string {
  const instant = fromEpochMillis(Math.floor(millis));
  if (instant !== undefined) return formatInstant(instant, 3);
  const issue = mismatch("timestamp", "range", "milliseconds since 1970", millis);
  throw new ContractError("check", LogRecord.typeName, issue);
}
