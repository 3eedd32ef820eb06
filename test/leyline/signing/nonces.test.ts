import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNonceCache, nonceCacheDefaults } from "../../../src/leyline/signing/index.js";

/** A cache whose clock shows `time.now`. */
function cacheOf(ttlMillis: number, maxEntries: number) {
  const time = { now: 0 };
  return { time, nonces: createNonceCache({ ttlMillis, maxEntries, now: () => time.now }) };
}

describe("a cache of nonces", () => {
  it("has the documented defaults", () => {
    expect(nonceCacheDefaults).toMatchObject({ ttlMillis: 300_000, maxEntries: 10_000 });
    const nonces = createNonceCache();
    expect(nonces.ttlMillis).toBe(300_000);
    expect([nonces.use("a"), nonces.use("a"), nonces.has("a"), nonces.size]).toEqual([
      true,
      false,
      true,
      1,
    ]);
  });

  it("forgets after the time to live, not before", () => {
    const { time, nonces } = cacheOf(100, 10);
    nonces.use("a");
    time.now = 40;
    nonces.use("b");
    time.now = 100;
    expect([nonces.has("a"), nonces.use("a"), nonces.size]).toEqual([true, false, 2]);
    time.now = 100.5;
    expect([nonces.size, nonces.has("a"), nonces.has("b")]).toEqual([1, false, true]);
    expect([nonces.use("a"), nonces.use("a")]).toEqual([true, false]);
    time.now = 1000;
    expect([nonces.size, nonces.evicted]).toEqual([0, 0]);
  });

  it("removes the nonce that expires first when it is full, and counts it", () => {
    const { time, nonces } = cacheOf(100, 3);
    for (const nonce of ["a", "b", "c", "d", "e"]) {
      expect(nonces.use(nonce)).toBe(true);
      time.now++;
    }
    expect(["a", "b", "c", "d", "e"].map((nonce) => nonces.has(nonce))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect([nonces.size, nonces.evicted]).toEqual([3, 2]);
  });

  it("keeps the time when its clock goes back", () => {
    const { time, nonces } = cacheOf(100, 3);
    time.now = 500;
    nonces.use("a");
    time.now = 0;
    nonces.use("b");
    time.now = 600;
    expect([nonces.has("a"), nonces.has("b")]).toEqual([true, true]);
    time.now = 601;
    expect(nonces.size).toBe(0);
  });

  it("behaves like a plain list", () => {
    const use = fc.record({ nonce: fc.nat(12).map(String), step: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.array(use, { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (uses, maximum) => {
          const { time, nonces } = cacheOf(50, maximum);
          let model: { nonce: string; expiry: number }[] = [];
          let evicted = 0;
          for (const { nonce, step } of uses) {
            time.now += step;
            model = model.filter(({ expiry }) => expiry >= time.now);
            const isNew = model.every((entry) => entry.nonce !== nonce);
            if (isNew && model.length === maximum) {
              model.shift();
              evicted++;
            }
            if (isNew) model.push({ nonce, expiry: time.now + 50 });
            expect(nonces.has(nonce)).toBe(!isNew);
            expect(nonces.use(nonce)).toBe(isNew);
            expect([nonces.size, nonces.evicted]).toEqual([model.length, evicted]);
          }
        },
      ),
      { seed: 42 },
    );
  });

  it("refuses wrong options, and reports all of them", () => {
    const wrong: unknown[] = [0, 1.5, "3"];
    for (const value of wrong) {
      const make = () => Reflect.apply(createNonceCache, undefined, [{ maxEntries: value }]);
      const shown = JSON.stringify(value);
      expect(make).toThrow(
        `cannot configure nonces: maxEntries: expected an integer from 1 to 10000000, got ${shown} [config]`,
      );
    }
    const make = () =>
      Reflect.apply(createNonceCache, undefined, [{ ttlMillis: -1, maxEntries: 0, now: 7 }]);
    expect(make).toThrow(
      "cannot configure nonces: ttlMillis: expected an integer from 1 to 2147483647, got -1 [config] (and 2 more issues)",
    );
    expect(() => Reflect.apply(createNonceCache, undefined, [null])).toThrow(
      "cannot configure nonces: expected an object, got null [config]",
    );
    expect(() => Reflect.apply(createNonceCache, undefined, [{ maxEntrys: 5 }])).toThrow(
      "cannot configure nonces: maxEntrys: there is no such option; did you mean maxEntries? [config]",
    );
  });

  it("refuses a clock that fails", () => {
    const nonces = createNonceCache({ now: () => Number.NaN });
    expect(() => nonces.use("a")).toThrow(
      "cannot configure nonces: now: expected a clock that gives a finite number of milliseconds, got NaN [config]",
    );
  });
});
