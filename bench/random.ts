/** Repeatable random values: the same seed gives the same messages in each run. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** A number from `min` to `max` with so many decimals. */
  decimal(min: number, max: number, decimals: number): number;
  /** Decimal digits, the first of which is not 0. */
  digits(length: number): string;
  /** A UUID version 4. */
  uuid(): string;
  bytes(length: number): Uint8Array;
  /** Some of the items, in random order. */
  some<T>(items: readonly T[], count: number): T[];
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: one 32-bit state, uniform enough for test data.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const random: Random = {
    integer,
    decimal: (min, max, decimals) => Number((min + next() * (max - min)).toFixed(decimals)),
    digits: (length) =>
      Array.from({ length }, (_, index) => integer(index === 0 ? 1 : 0, 9)).join(""),
    uuid() {
      const bytes = random.bytes(16);
      bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      const hex = Buffer.from(bytes).toString("hex");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
    bytes: (length) => Uint8Array.from({ length }, () => integer(0, 255)),
    some(items, count) {
      const rest = [...items];
      return Array.from({ length: count }, () =>
        rest.splice(integer(0, rest.length - 1), 1),
      ).flat();
    },
  };
  return random;
}
