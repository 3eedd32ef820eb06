/** By how much to scale a number of so many digits before the point to have six in all. */
const scales = [1e6, 1e5, 1e4, 1e3, 1e2, 1e1];

/** Below it a float32 has fewer than six digits. */
const smallestNormal = 2 ** -126;

/**
 * The shortest decimal that reads back to the same float32: 0.85 for 0.8500000238418579. NaN, the
 * infinities and numbers that are not float32 values come out as their nearest float32 first.
 */
export function shortestFloat32(value: number): number {
  const exact = Math.fround(value);
  if (Number.isInteger(exact) || !Number.isFinite(exact)) return exact;
  // Six digits name at most one normal float32, so a six-digit decimal that reads back is the shortest.
  const magnitude = Math.abs(exact);
  if (magnitude >= 0.1 && magnitude < 1e5) {
    const scale = scales[Math.floor(Math.log10(magnitude)) + 1] ?? 1;
    const short = Math.round(exact * scale) / scale;
    if (Math.fround(short) === exact) return short;
  }
  for (let digits = magnitude < smallestNormal ? 1 : 6; digits < 9; digits++) {
    const short = Number(exact.toPrecision(digits));
    if (Math.fround(short) === exact) return short;
  }
  return Number(exact.toPrecision(9));
}
