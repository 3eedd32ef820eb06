/**
 * The levels of a log line, the lowest first: DEBUG and the severities of ErrorEvent. Document: the JimBot specification, "Logging" and LOG_LEVEL.
 */
export const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;

/** One of the {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Whether a value is the exact name of a level. */
export function isLogLevel(value: unknown): value is LogLevel {
  return logLevels.some((level) => level === value);
}
