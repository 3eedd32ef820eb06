import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortestFloat32 } from "../../src/contract/float32.js";

describe("shortestFloat32", () => {
  it.each([
    [0.8500000238418579, 0.85],
    [0.10000000149011612, 0.1],
    [79.1500015258789, 79.15],
    [16777216, 16777216],
    [1.401298464324817e-45, 1e-45],
    [3.4028234663852886e38, 3.4028234663852886e38],
    [-0.0010000000474974513, -0.001],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])("writes %d as %d", (exact, short) => {
    expect(shortestFloat32(exact)).toBe(short);
  });

  it("reads back to the same float, and no shorter decimal does", () => {
    const floats = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(floats, (float) => {
        const short = shortestFloat32(float);
        expect(Math.fround(short)).toBe(float);
        const digits = significantDigits(short);
        if (Number.isInteger(float) || digits < 2) return;
        expect(Math.fround(Number(float.toPrecision(digits - 1)))).not.toBe(float);
      }),
      { seed: 1, numRuns: 20_000 },
    );
  });
});

function significantDigits(value: number): number {
  const digits = value.toExponential().split("e")[0] ?? "";
  return digits.replace(/[-.]/g, "").length;
}
