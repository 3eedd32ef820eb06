import type { GuardEvent } from "./events.js";

/** A logger, e.g. `console`. */
export interface GuardLogger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** The levels of a log: the methods of a {@link GuardLogger}. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** One line of a log. */
interface LogLine {
  readonly level: (typeof logLevels)[number];
  readonly message: string;
  readonly fields: object;
}

/** Writes the log lines of an event. Document: the Leyline document, "Logging". */
export function log(logger: GuardLogger, event: GuardEvent): void {
  for (const { level, message, fields } of linesOf(event)) logger[level](message, fields);
}

function linesOf(event: GuardEvent): LogLine[] {
  if (event.kind === "loaded") {
    const { version } = event;
    const message = `Message contract version ${version} loaded`;
    return [{ level: "info", message, fields: { version } }];
  }
  const { typeName } = event;
  const line = (level: LogLine["level"], message: string, more: object): LogLine => ({
    level,
    message,
    fields: { message_type: typeName, ...more },
  });
  switch (event.kind) {
    case "started": {
      const { fieldCount } = event;
      const message = `Serializing ${typeName} with ${fieldCount} fields`;
      return [line("debug", message, { field_count: fieldCount })];
    }
    case "encoded": {
      const { durationMicros, maxMicros, sizes, maxBytes, slow } = event;
      const lines: LogLine[] = [];
      const [size] = sizes;
      // Parts are always close to their limit.
      const whole = sizes.length === 1 ? size : undefined;
      if (whole !== undefined && maxBytes !== undefined && isNear(whole, maxBytes)) {
        const message = `Message size ${whole} approaching limit ${maxBytes}`;
        lines.push(line("warn", message, { size_bytes: whole, max_bytes: maxBytes }));
      }
      if (slow) {
        const message = `Serialization time ${Math.round(durationMicros)} exceeds limit ${maxMicros}`;
        lines.push(line("warn", message, { duration_us: durationMicros, max_us: maxMicros }));
      }
      return lines;
    }
    case "failed":
      return [line("error", `Serialization failed for ${typeName}`, { error: event.error })];
    case "oversize":
      return [line("warn", `Size overflow for ${typeName}`, { error: event.error })];
    case "denied":
      return [line("debug", `Serialization denied for ${typeName}`, { error: event.error })];
    case "decoded": {
      const { invalidEnums: issues } = event;
      return issues.length === 0 ? [] : [line("warn", `Invalid enum in ${typeName}`, { issues })];
    }
    case "refused": {
      const what = event.versionMismatch ? "Version mismatch" : "Deserialization failed";
      return [line("error", `${what} for ${typeName}`, { error: event.error })];
    }
    case "breaker": {
      const { from, to, failures, forced } = event;
      const what = to === "open" ? "opened" : to;
      const level = to === "open" ? "error" : "info";
      const fields = { from, to, failures, forced };
      return [line(level, `Circuit breaker ${what} for ${typeName}`, fields)];
    }
  }
}

/** Whether a size is at least 90 % of the limit; in integers, because 0.9 is not exact. */
function isNear(size: number, limit: number): boolean {
  return size * 10 >= limit * 9;
}
