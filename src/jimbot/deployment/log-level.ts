/**
 * How grave a line of a log is, the least grave first: the severities of ErrorEvent, and DEBUG below
 * them. Document: the JimBot specification, "Logging" and LOG_LEVEL.
 */
export const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;

/** One of the {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** True for the exact name of a level. */
export function isLogLevel(value: unknown): value is LogLevel {
  return logLevels.some((level) => level === value);
}
