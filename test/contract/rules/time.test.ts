import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstSecond,
  formatDuration,
  formatInstant,
  fromEpochMillis,
  lastSecond,
  maxSeconds,
  parseDuration,
  parseInstant,
  toEpochMillis,
} from "../../../src/contract/rules/time.js";

describe("instants", () => {
  it.each([
    ["2024-07-15T10:00:00.123Z", 1721037600n, 123_000_000],
    ["2024-07-15T12:00:00+02:00", 1721037600n, 0],
    ["2024-07-15t10:00:00.000000001z", 1721037600n, 1],
    ["0001-01-01T00:00:00Z", firstSecond, 0],
    ["9999-12-31T23:59:59.999999999Z", lastSecond, 999_999_999],
    ["1969-12-31T23:59:59.5Z", -1n, 500_000_000],
    ["2024-02-29T00:00:00-11:30", 1709206200n, 0],
  ])("reads %s", (text, seconds, nanos) => {
    expect(parseInstant(text)).toEqual({ seconds, nanos });
  });

  it.each([
    "2024-07-15T10:00:00",
    "2024-07-15",
    "2024-02-30T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-06-30T23:59:60Z",
    "2024-01-01T00:00:00.1234567890Z",
    "2024-01-01T00:00:00.Z",
    "10000-01-01T00:00:00Z",
    "0000-12-31T00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01 00:00:00Z",
    " 2024-01-01T00:00:00Z",
  ])("refuses %s", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("writes as many decimals as are needed, in threes", () => {
    expect(formatInstant({ seconds: 0n, nanos: 0 }, 0)).toBe("1970-01-01T00:00:00Z");
    expect(formatInstant({ seconds: 0n, nanos: 0 }, 3)).toBe("1970-01-01T00:00:00.000Z");
    expect(formatInstant({ seconds: 0n, nanos: 120_000_000 }, 0)).toBe("1970-01-01T00:00:00.120Z");
    expect(formatInstant({ seconds: 0n, nanos: 1_000 }, 3)).toBe("1970-01-01T00:00:00.000001Z");
    expect(formatInstant({ seconds: -1n, nanos: 1 }, 0)).toBe("1969-12-31T23:59:59.000000001Z");
  });

  it("reads what it writes", () => {
    const seconds = fc.bigInt({ min: firstSecond, max: lastSecond });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999_999_999 }), (second, nanos) => {
        const instant = { seconds: second, nanos };
        expect(parseInstant(formatInstant(instant, 3))).toEqual(instant);
        expect(parseInstant(formatInstant(instant, 0))).toEqual(instant);
      }),
      { seed: 2, numRuns: 2_000 },
    );
  });

  it("is converted to milliseconds only if nothing is lost", () => {
    expect(toEpochMillis({ seconds: 1234567890n, nanos: 7_000_000 })).toBe(1234567890007);
    expect(toEpochMillis({ seconds: -1n, nanos: 999_000_000 })).toBe(-1);
    expect(toEpochMillis({ seconds: 0n, nanos: 1 })).toBeUndefined();
    expect(fromEpochMillis(-1)).toEqual({ seconds: -1n, nanos: 999_000_000 });
    expect(fromEpochMillis(0.5)).toBeUndefined();
    expect(fromEpochMillis(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});

describe("durations", () => {
  it.each([
    ["1.5s", 1n, 500_000_000, "1.500s"],
    ["0s", 0n, 0, "0s"],
    ["-0.018s", 0n, -18_000_000, "-0.018s"],
    ["-3.000000001s", -3n, -1, "-3.000000001s"],
    ["315576000000s", maxSeconds, 0, "315576000000s"],
  ])("reads and writes %s", (text, seconds, nanos, written) => {
    expect(parseDuration(text)).toEqual({ seconds, nanos });
    expect(formatDuration({ seconds, nanos })).toBe(written);
  });

  it.each([
    "1.5",
    "s",
    "1 s",
    "1.s",
    ".5s",
    "+1s",
    "1e3s",
    "315576000000.1s",
    "315576000001s",
    "1.0000000001s",
  ])("refuses %s", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
