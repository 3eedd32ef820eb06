/** Powers of ten that a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Below it a float32 has fewer than six digits. */
const smallestNormal = 2 ** -126;

/**
 * The shortest decimal that reads back to the same float32: 0.85 for 0.8500000238418579. NaN, the
 * infinities and numbers that are not float32 values come out as their nearest float32 first.
 */
export function shortestFloat32(value: number): number {
  const exact = Math.fround(value);
  if (Number.isInteger(exact) || !Number.isFinite(exact)) return exact;
  const magnitude = Math.abs(exact);
  // Six digits name at most one normal float32, so a six-digit decimal that reads back is the shortest.
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
 * The numbers whose nearest float32 lies within two bounds, in the words of JSON Schema. They reach
 * half a step of float32 beyond the bounds; a number in the very middle rounds to the even side.
 */
export function boundsBeforeRounding(min: number, max: number): Readonly<Record<string, number>> {
  const least = middle(min, -1);
  const most = middle(max, 1);
  return {
    [Math.fround(least) >= min ? "minimum" : "exclusiveMinimum"]: least,
    [Math.fround(most) <= max ? "maximum" : "exclusiveMaximum"]: most,
  };
}

/** The middle between the last float32 inside of a bound and the first one outside. */
function middle(bound: number, outwards: 1 | -1): number {
  const nearest = Math.fround(bound);
  const isInside = (bound - nearest) * outwards >= 0;
  const other = neighbour(nearest, isInside ? outwards : outwards === 1 ? -1 : 1);
  return nearest / 2 + other / 2;
}

/** The next float32 in a direction; beyond the largest, what would follow it. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const words = new DataView(new ArrayBuffer(4));
  words.setFloat32(0, value);
  words.setInt32(0, words.getInt32(0) + (value > 0 ? direction : -direction));
  const next = words.getFloat32(0);
  return Number.isFinite(next) ? next : direction * 2 ** 128;
}
