import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsBeforeRounding, shortestFloat32 } from "../../../src/contract/rules/float32.js";

describe("shortestFloat32", () => {
  it.each([
    [0.8500000238418579, 0.85],
    [0.10000000149011612, 0.1],
    [79.1500015258789, 79.15],
    [16777216, 16777216],
    [1.0000000200408773e21, 1e21],
    [-1.0000000200408773e21, -1e21],
    [99999997952, 1e11],
    [123456792, 123456790],
    [16777218, 16777218],
    [3.4028232635611926e38, 3.4028233e38],
    [-3.4028234663852886e38, -3.4028234663852886e38],
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
        const isWhole = Number.isInteger(float) && Math.abs(float) <= 2 ** 24;
        if (isWhole || digits < 2 || Math.abs(float) === 3.4028234663852886e38) return;
        expect(Math.fround(Number(float.toPrecision(digits - 1)))).not.toBe(float);
      }),
      { seed: 1, numRuns: 20_000 },
    );
  });
});

describe("bounds before rounding", () => {
  const up = (value: number): number => step(value, 1);
  const down = (value: number): number => step(value, -1);

  it.each([
    [0, 1],
    [-1, 0],
    [0.1, 0.7],
    [-0.7, -0.1],
    [-5, 5],
    [1, 1 + 2 ** -23],
    [2 ** -149, 1e-40],
    [-3.4028234663852886e38, 3.4028234663852886e38],
    [100.5, 16777217],
  ])("include exactly the numbers that round to a float32 from %d to %d", (min, max) => {
    const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = boundsBeforeRounding(min, max);
    const isWithin = (value: number): boolean =>
      (minimum === undefined ? value > Number(exclusiveMinimum) : value >= minimum) &&
      (maximum === undefined ? value < Number(exclusiveMaximum) : value <= maximum);
    const isTaken = (value: number): boolean =>
      Math.fround(value) >= min && Math.fround(value) <= max;
    const edges = [minimum ?? exclusiveMinimum ?? 0, maximum ?? exclusiveMaximum ?? 0];
    for (const edge of [...edges, min, max, 0]) {
      for (const value of [edge, up(edge), down(edge)]) {
        expect([value, isWithin(value)]).toEqual([value, isTaken(value)]);
      }
    }
  });

  it("are one minimum and one maximum, each inclusive or exclusive", () => {
    expect(boundsBeforeRounding(0, 1)).toEqual({
      minimum: -(2 ** -150),
      maximum: 1 + 2 ** -24,
    });
    expect(boundsBeforeRounding(1 + 2 ** -23, 1 + 2 ** -23)).toEqual({
      exclusiveMinimum: 1 + 2 ** -24,
      exclusiveMaximum: 1 + 2 ** -24 + 2 ** -23,
    });
  });
});

/** The next double in a direction. */
function step(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0n) + BigInt(value > 0 ? direction : -direction);
  return new Float64Array(bits.buffer)[0] ?? 0;
}

function significantDigits(value: number): number {
  const digits = value.toExponential().split("e")[0] ?? "";
  return digits.replace(/[-.]/g, "").length;
}
