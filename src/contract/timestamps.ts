import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { create_Timestamp } from "../../gen/google/protobuf/timestamp_codec.js";
import { ContractError, mismatch } from "../wire/error.js";
import { guardedRead } from "./base/result.js";
import { firstSecond, fromEpochMillis, lastSecond } from "./rules/time.js";

const typeName = "google.protobuf.Timestamp";

/** The present, in whole milliseconds. Reads `Date.now`. */
export function timestampNow(): Timestamp {
  return timestampFromMillis(Date.now());
}

/**
 * The Timestamp of a Date. Throws `range` for an invalid Date and outside the years 0001 to 9999, and
 * `input.unreadable` if reading it throws, as that of a Proxy does.
 */
export function timestampFromDate(date: Date): Timestamp {
  return timestampFromMillis(
    guardedRead("convert", typeName, () => (date instanceof Date ? date.getTime() : Number.NaN)),
  );
}

/** A Timestamp as a Date; what is finer than a millisecond is cut off. Throws `range` as {@link timestampToMillis}. */
export function timestampToDate(timestamp: Timestamp): Date {
  return new Date(timestampToMillis(timestamp));
}

/**
 * The Timestamp of whole milliseconds since 1970. Throws `range` for anything but an integer within the
 * years 0001 to 9999.
 */
export function timestampFromMillis(millis: number): Timestamp {
  const instant = fromEpochMillis(millis);
  if (instant === undefined) {
    const expected = "whole milliseconds since 1970, within the years 0001 to 9999";
    throw new ContractError("convert", typeName, mismatch("", "range", expected, millis));
  }
  const timestamp = create_Timestamp();
  timestamp.seconds = instant.seconds;
  timestamp.nanos = instant.nanos;
  return timestamp;
}

/**
 * Milliseconds since 1970, rounded down. Throws `range` for what is no Timestamp of the years 0001 to
 * 9999 with 0 to 999,999,999 nanoseconds, and `input.unreadable` if reading it throws.
 */
export function timestampToMillis(timestamp: Timestamp): number {
  const { seconds, nanos } = guardedRead("convert", typeName, () => {
    const { seconds, nanos = Number.NaN }: Partial<Timestamp> = timestamp ?? {};
    return { seconds, nanos };
  });
  if (typeof seconds !== "bigint" || seconds < firstSecond || seconds > lastSecond) {
    const expected = "seconds since 1970, within the years 0001 to 9999";
    throw new ContractError("convert", typeName, mismatch("seconds", "range", expected, seconds));
  }
  if (!Number.isInteger(nanos) || nanos < 0 || nanos > 999_999_999) {
    const expected = "0 to 999,999,999 nanoseconds";
    throw new ContractError("convert", typeName, mismatch("nanos", "range", expected, nanos));
  }
  return Number(seconds) * 1000 + Math.floor(nanos / 1_000_000);
}
