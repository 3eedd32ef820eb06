const units = [
  { name: "ns", size: 1, decimals: [1, 0] },
  { name: "µs", size: 1e3, decimals: [1, 1] },
  { name: "ms", size: 1e6, decimals: [2, 1] },
  { name: "s", size: 1e9, decimals: [2, 1] },
] as const;

/** A time that is given in nanoseconds: `812 ns`, `4.9 µs`, `1.24 ms`. */
export function formatTime(nanoseconds: number): string {
  // What would be rounded to 1,000 of a unit is 1 of the next.
  const unit = units.find(({ size }) => nanoseconds < 999.5 * size) ?? units[3];
  const value = nanoseconds / unit.size;
  const [small, large] = unit.decimals;
  if (value >= 99.95) return `${Math.round(value).toLocaleString("en-US")} ${unit.name}`;
  return `${value.toFixed(value < 10 - 0.5 / 10 ** small ? small : large)} ${unit.name}`;
}

/** A value of an axis without decimals that say nothing: `10 µs` for `10.0 µs`. */
export function formatTick(text: string): string {
  return text.replace(/\.0+(?= )/, "");
}

/** How many times as long: `0.85 x`, `1.04 x`, `3.4 x`, `12 x`. Near 1 it has two decimals. */
export function formatRatio(ratio: number): string {
  if (ratio < 1.995) return `${ratio.toFixed(2)} x`;
  if (ratio < 9.95) return `${ratio.toFixed(1)} x`;
  return `${Math.round(ratio).toLocaleString("en-US")} x`;
}

/** A whole number with commas: `1,483`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** A size range: `277` or `273-279`. */
export function formatRange([least, most]: readonly [number, number]): string {
  return least === most ? formatCount(least) : `${formatCount(least)}-${formatCount(most)}`;
}

/** A share of 1 in percent: `12 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A number of bytes that a program loads: `812 B`, `4.9 kB`. */
export function formatWeight(bytes: number): string {
  return bytes < 1000 ? `${formatCount(bytes)} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
