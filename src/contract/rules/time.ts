/** An instant in protobuf: whole seconds since 1970 and nanoseconds from 0 to 999,999,999. */
export interface Instant {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** 0001-01-01T00:00:00Z, the first second of a protobuf Timestamp. */
export const firstSecond = -62135596800n;
/** 9999-12-31T23:59:59Z, the last second of a protobuf Timestamp. */
export const lastSecond = 253402300799n;

/** The pattern of an RFC 3339 time with zone and at most 9 decimals. */
export const instantPattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * Parses an RFC 3339 time with zone and at most 9 decimals. Returns undefined for everything else, also for
 * days that do not exist, leap seconds and years outside 0001 to 9999.
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = instantPattern.exec(text);
  if (parts === null) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] = parts;
  const [, , , , , , , decimals = "", sign, zoneHour = "0", zoneMinute = "0"] = parts;
  if (+hour > 23 || +minute > 59 || +second > 59 || +zoneHour > 23 || +zoneMinute > 59) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(+year, +month - 1, +day);
  if (date.getUTCMonth() !== +month - 1 || date.getUTCDate() !== +day) return undefined;
  date.setUTCHours(+hour, +minute, +second);
  const offset = (sign === "-" ? -1 : 1) * (+zoneHour * 3600 + +zoneMinute * 60);
  const seconds = BigInt(date.getTime() / 1000 - offset);
  if (seconds < firstSecond || seconds > lastSecond) return undefined;
  return { seconds, nanos: +decimals.padEnd(9, "0") };
}

/** Formats an instant as RFC 3339 in UTC with at least `min` decimals, or 3, 6 or 9 if needed. */
export function formatInstant(instant: Instant, min: 0 | 3): string {
  const whole = new Date(Number(instant.seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${formatDecimals(instant.nanos, min)}Z`;
}

/** The fraction of a second in ProtoJSON: nothing, or a point and 3, 6 or 9 digits. */
function formatDecimals(nanos: number, min: 0 | 3): string {
  if (nanos === 0) return min === 0 ? "" : ".000";
  const digits = String(nanos).padStart(9, "0");
  if (digits.endsWith("000000")) return `.${digits.slice(0, 3)}`;
  return digits.endsWith("000") ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

/** The milliseconds since 1970 of an instant. Returns undefined if it is not a whole number of them. */
export function toEpochMillis(instant: Instant): number | undefined {
  if (instant.nanos % 1_000_000 !== 0) return undefined;
  return Number(instant.seconds) * 1000 + instant.nanos / 1_000_000;
}

/** The instant of a whole number of milliseconds since 1970. Returns undefined outside the years 0001 to 9999. */
export function fromEpochMillis(millis: number): Instant | undefined {
  if (!Number.isSafeInteger(millis)) return undefined;
  const whole = Math.floor(millis / 1000);
  const seconds = BigInt(whole);
  if (seconds < firstSecond || seconds > lastSecond) return undefined;
  return { seconds, nanos: (millis - whole * 1000) * 1_000_000 };
}

/** The pattern of a ProtoJSON duration. */
export const durationPattern = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;
/** Maximum of a protobuf Duration in seconds, in both directions (10,000 years). */
export const maxSeconds = 315_576_000_000n;

/** Parses a ProtoJSON duration such as `1.5s`. Returns undefined for everything else. */
export function parseDuration(text: string): Instant | undefined {
  const parts = durationPattern.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole = "0", decimals = ""] = parts;
  const negative = sign === "-";
  const seconds = BigInt(whole);
  const nanos = +decimals.padEnd(9, "0");
  if (seconds > maxSeconds || (seconds === maxSeconds && nanos > 0)) return undefined;
  return negative ? { seconds: -seconds, nanos: nanos === 0 ? 0 : -nanos } : { seconds, nanos };
}

/** Formats a ProtoJSON duration such as `1.500s`. */
export function formatDuration(duration: Instant): string {
  const negative = duration.seconds < 0n || duration.nanos < 0;
  const seconds = duration.seconds < 0n ? -duration.seconds : duration.seconds;
  return `${negative ? "-" : ""}${seconds}${formatDecimals(Math.abs(duration.nanos), 0)}s`;
}
