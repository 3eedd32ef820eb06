/** The powers of ten that a double represents exactly. */
const powers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Up to this magnitude every whole number is a float32. */
const largestWhole = 2 ** 24;
const largestFloat32 = 3.4028234663852886e38;

/** Smaller float32 numbers have fewer than six significant digits. */
const smallestNormal = 2 ** -126;

/**
 * The shortest decimal that reads back as the same float32: 0.85 for 0.8500000238418579. A number that is
 * not a float32 is rounded to one first. The largest float32 keeps all its digits, because Python's protobuf
 * takes the shortest (3.4028235e+38) for a number that is too large.
 */
export function shortestFloat32(value: number): number {
  const exact = Math.fround(value);
  const magnitude = Math.abs(exact);
  // Also NaN and the infinities.
  if (!(magnitude < largestFloat32)) return exact;
  if (magnitude <= largestWhole && Number.isInteger(exact)) return exact;
  // Different six-digit decimals are different normal float32 numbers, so one that reads back is the shortest.
  const decimals = 5 - Math.floor(Math.log10(magnitude));
  if (decimals >= 0 && decimals < 22) {
    const six = powers[decimals] ?? 1;
    const short = Math.round(exact * six) / six;
    if (Math.fround(short) === exact) return short;
    const seven = powers[decimals + 1] ?? 1;
    const longer = Math.round(exact * seven) / seven;
    if (Math.fround(longer) === exact) return longer;
  }
  for (let digits = magnitude < smallestNormal ? 1 : 6; digits < 9; digits++) {
    const short = Number(exact.toPrecision(digits));
    if (Math.fround(short) === exact) return short;
  }
  return Number(exact.toPrecision(9));
}

/**
 * The JSON Schema bounds of the numbers whose nearest float32 is within `min` and `max`. They are half a
 * float32 step wider; a number exactly in the middle rounds to the even side.
 */
export function boundsBeforeRounding(min: number, max: number): Readonly<Record<string, number>> {
  const lower = middle(min, -1);
  const upper = middle(max, 1);
  return {
    [Math.fround(lower) >= min ? "minimum" : "exclusiveMinimum"]: lower,
    [Math.fround(upper) <= max ? "maximum" : "exclusiveMaximum"]: upper,
  };
}

/** The middle between the last float32 inside a bound and the first one outside. */
function middle(bound: number, outwards: 1 | -1): number {
  const nearest = Math.fround(bound);
  const isInside = (bound - nearest) * outwards >= 0;
  const other = neighbour(nearest, isInside ? outwards : outwards === 1 ? -1 : 1);
  return nearest / 2 + other / 2;
}

/** The next float32 in a direction; after the largest, 2^128. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  bits.setInt32(0, bits.getInt32(0) + (value > 0 ? direction : -direction));
  const next = bits.getFloat32(0);
  return Number.isFinite(next) ? next : direction * 2 ** 128;
}
