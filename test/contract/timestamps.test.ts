import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import {
  timestampFromDate,
  timestampFromMillis,
  timestampNow,
  timestampToDate,
  timestampToMillis,
} from "../../src/contract/timestamps.js";
import { codeOf, refusalOf } from "../support/refusal.js";

const at = (seconds: bigint, nanos = 0) => create(TimestampSchema, { seconds, nanos });

describe("a Timestamp", () => {
  it("is made of a Date and of milliseconds, as protobuf-es makes it", () => {
    const millis = Date.UTC(2026, 5, 1, 12, 0, 0, 250);
    expect(timestampFromMillis(millis)).toEqual(at(1_780_315_200n, 250_000_000));
    expect(timestampFromDate(new Date(millis))).toEqual(timestampFromMillis(millis));
    expect(timestampFromMillis(-1)).toEqual(at(-1n, 999_000_000));
  });

  it("gives them back, rounded down", () => {
    expect(timestampToMillis(at(1n, 999_999))).toBe(1_000);
    expect(timestampToMillis(at(-1n, 999_999_999))).toBe(-1);
    expect(timestampToDate(at(1n, 5_000_000)).toISOString()).toBe("1970-01-01T00:00:01.005Z");
  });

  it("is of now", () => {
    const before = Date.now();
    const now = timestampToMillis(timestampNow());
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 253_402_300_800_000, -62_135_596_800_001])(
    "is not made of %s milliseconds",
    (millis) => {
      expect(refusalOf(() => timestampFromMillis(millis)).message).toBe(
        `cannot convert google.protobuf.Timestamp: expected whole milliseconds since 1970, within the years 0001 to 9999, got ${millis} [range]`,
      );
    },
  );

  it("is not made of an invalid Date", () => {
    expect(refusalOf(() => timestampFromDate(new Date(Number.NaN))).code).toBe("range");
  });

  it.each([
    [
      at(253_402_300_800n),
      "seconds: expected seconds since 1970, within the years 0001 to 9999, got 253402300800",
    ],
    [at(0n, -1), "nanos: expected 0 to 999,999,999 nanoseconds, got -1"],
    [at(0n, 1_000_000_000), "nanos: expected 0 to 999,999,999 nanoseconds, got 1000000000"],
  ])("outside its bounds is refused: %o", (timestamp, text) => {
    expect(refusalOf(() => timestampToDate(timestamp)).message).toBe(
      `cannot convert google.protobuf.Timestamp: ${text} [range]`,
    );
  });

  it("that cannot be read is refused", () => {
    const fails = () => JSON.parse("");
    const { proxy, revoke } = Proxy.revocable(at(0n), {});
    revoke();
    class LateDate extends Date {
      override getTime(): number {
        return fails();
      }
    }
    const calls = [
      () => timestampToMillis(new Proxy(at(0n), { get: fails })),
      () => timestampToDate(new Proxy(at(0n), { get: fails })),
      () => timestampToMillis(proxy),
      () => timestampFromDate(new Proxy(new Date(0), {})),
      () => timestampFromDate(new Proxy(new Date(0), { getPrototypeOf: fails })),
      () => timestampFromDate(new LateDate(0)),
    ];
    for (const call of calls) {
      expect(refusalOf(call).message).toBe(
        "cannot convert google.protobuf.Timestamp: reading the value threw an error [input.unreadable]",
      );
    }
  });

  it.each([null, undefined, 5, "x", {}, []])("is not %o", (value) => {
    expect(codeOf(() => Reflect.apply(timestampToMillis, undefined, [value]))).toBe("range");
    expect(codeOf(() => Reflect.apply(timestampToDate, undefined, [value]))).toBe("range");
    expect(codeOf(() => Reflect.apply(timestampFromDate, undefined, [value]))).toBe("range");
  });
});
