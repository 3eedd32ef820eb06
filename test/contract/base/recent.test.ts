import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { RecentEntries } from "../../../src/contract/base/recent.js";

function keysOf(entries: RecentEntries<string, number>, all: string): string {
  return [...all].filter((key) => entries.has(key)).join("");
}

describe("a bounded memory", () => {
  it("removes the entry that was set longest ago, and returns and counts it", () => {
    const entries = new RecentEntries<string, number>({ maxEntries: 3 });
    expect(["a", "b", "c"].map((key, index) => entries.set(key, index))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(entries.get("a")).toBe(0);
    expect(entries.set("b", 5)).toBeUndefined();
    expect(entries.set("d", 3)).toMatchObject({ key: "a", value: 0 });
    expect(entries.set("e", 4)).toMatchObject({ key: "c", value: 2 });
    expect([keysOf(entries, "abcde"), entries.size, entries.evicted]).toEqual(["bde", 3, 2]);
    expect([entries.oldest?.key, entries.get("b"), entries.get("a")]).toEqual(["b", 5, undefined]);
  });

  it("forgets what was deleted, wherever it stands", () => {
    const entries = new RecentEntries<string, number>({ maxEntries: 9 });
    for (const key of "abcd") entries.set(key, 1);
    expect(["b", "b", "d", "a"].map((key) => entries.delete(key))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([entries.oldest?.key, entries.size, entries.evicted]).toEqual(["c", 1, 0]);
    expect(entries.delete("c")).toBe(true);
    expect(entries.oldest).toBeUndefined();
    entries.set("e", 1);
    expect(entries.oldest?.key).toBe("e");
  });

  it("removes what is older than the maximum age, counted from when it was last set", () => {
    const entries = new RecentEntries<string, number>({ maxEntries: 9, maxAge: 10 });
    entries.set("a", 1, 100);
    entries.set("b", 2, 101);
    entries.set("a", 3, 102);
    expect(entries.removeOld(111)).toEqual([]);
    expect(entries.removeOld(111.5)).toMatchObject([{ key: "b", value: 2, since: 101 }]);
    expect(entries.removeOld(113)).toMatchObject([{ key: "a", value: 3, since: 102 }]);
    expect([entries.size, entries.evicted]).toEqual([0, 0]);
  });

  it("behaves like a plain list", () => {
    const step = fc.record({
      kind: fc.constantFrom("set", "set", "delete", "age"),
      key: fc.nat(7),
      wait: fc.nat(4),
    });
    const property = fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      (steps, maxEntries) => {
        const entries = new RecentEntries<number, number>({ maxEntries, maxAge: 6 });
        let model: { key: number; value: number; since: number }[] = [];
        let now = 0;
        for (const [value, { kind, key, wait }] of steps.entries()) {
          now += wait;
          if (kind === "age") {
            const old = model.filter(({ since }) => now - since > 6);
            model = model.filter(({ since }) => now - since <= 6);
            expect(entries.removeOld(now)).toMatchObject(old);
            continue;
          }
          model = model.filter((entry) => entry.key !== key);
          if (kind === "delete") entries.delete(key);
          else {
            const lost = model.length === maxEntries ? model.shift() : undefined;
            model.push({ key, value, since: now });
            expect(entries.set(key, value, now)?.key).toBe(lost?.key);
          }
          expect([entries.size, entries.oldest?.key]).toEqual([model.length, model[0]?.key]);
          for (const entry of model) expect(entries.get(entry.key)).toBe(entry.value);
        }
      },
    );
    fc.assert(property, { seed: 20_260_301 });
  });

  it("takes as many steps for each entry, however many were deleted", () => {
    const calls = (count: number): number => {
      const spies = (["get", "has", "set", "delete"] as const).map((name) =>
        vi.spyOn(Map.prototype, name),
      );
      const entries = new RecentEntries<number, number>({ maxEntries: 10 });
      for (let key = 0; key < count; key++) entries.set(key, key);
      const total = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      vi.restoreAllMocks();
      return total;
    };
    const iterators = (["keys", "values", "entries", "forEach", Symbol.iterator] as const).map(
      (name) => vi.spyOn(Map.prototype, name),
    );
    const entries = new RecentEntries<number, number>({ maxEntries: 10, maxAge: 50 });
    for (let key = 0; key < 1000; key++) {
      entries.set(key, key, key);
      entries.removeOld(key);
    }
    const iterated = iterators.map(({ mock }) => mock.calls.length);
    vi.restoreAllMocks();
    // Every iterator of a Map steps over the deleted keys.
    expect(iterated).toEqual([0, 0, 0, 0, 0]);
    expect(entries.evicted).toBe(990);
    expect(calls(2000) / calls(1000)).toBeLessThan(2.1);
  });

  it("holds 16 million entries where no maximum is set, as a Map can", () => {
    const size = vi.spyOn(RecentEntries.prototype, "size", "get").mockReturnValue(16_000_000);
    const entries = new RecentEntries<string, number>({ maxEntries: Number.POSITIVE_INFINITY });
    entries.set("a", 1);
    expect(entries.set("b", 1)?.key).toBe("a");
    size.mockRestore();
  });
});
