import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { readOptions } from "../../../src/contract/base/settings.js";
import { unsafeCast } from "../../../src/contract/base/unsafe-cast.js";
import { refusalOf } from "../../support/refusal.js";

const read = (options: unknown) => readOptions("a name", unsafeCast<object>(options), () => {});

/** The fastest of several refusals, in milliseconds. */
function millisOf(options: unknown): number {
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    refusalOf(() => read(options));
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe("readOptions", () => {
  it("copies the options that it has checked", () => {
    const options = { a: 1 };
    expect(read(options)).toEqual(options);
    expect(read(options)).not.toBe(options);
  });

  it.each([
    ["a text", "x".repeat(100), `an object, got "${"x".repeat(75)}"...`],
    ["a list", [1], "an object, got an array of 1"],
    ["null", null, "an object, got null"],
    ["an instance of a class", new Date(0), "a plain object, got an object"],
  ])("refuses %s", (_, options, expected) => {
    expect(refusalOf(() => read(options)).message).toBe(
      `cannot configure a name: expected ${expected} [config]`,
    );
  });

  it.each([
    ["a text", (length: number) => "x".repeat(length)],
    ["bytes", (length: number) => new Uint8Array(length)],
    ["a list", (length: number) => new Array<number>(length).fill(1)],
  ])("refuses %s of a megabyte or two without copying it", (_, make) => {
    // A copy of so many entries takes a hundred times as long as this.
    expect(millisOf(make(1_000_000))).toBeLessThan(1);
    expect(millisOf(make(2_000_000))).toBeLessThan(1);
  });
});
