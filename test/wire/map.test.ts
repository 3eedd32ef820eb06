import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { createBuffers, viewOf } from "../../src/wire/buffers.js";
import { Fault } from "../../src/wire/fault.js";
import {
  bigintKey,
  boolKey,
  checkMap,
  createKeyCache,
  lookForInherited,
  numberKey,
  readKey,
  setEntry,
  writeKey,
} from "../../src/wire/map.js";
import { concat, sized } from "../support/binary/bytes.js";
import { createRandom } from "../support/random.js";

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.message;
    throw thrown;
  }
  return "nothing was thrown";
}

/** Keys with the same beginning and end, of every length around the maximum of the cache. */
function manyKeys(): string[] {
  const random = createRandom(4);
  const letters = ["a", "b", "c"];
  return Array.from({ length: 6000 }, (_, index) => {
    const middle = Array.from({ length: index % 24 }, () => letters[Math.floor(random() * 3)]);
    return `key${middle.join("")}key`.slice(0, 1 + (index % 30));
  });
}

describe("readKey", () => {
  it("returns the right key, no matter which keys were read before", () => {
    const keys = manyKeys();
    for (let time = 0; time < 2; time++) {
      const wrong = keys.filter((key) => {
        const { bytes, view } = viewOf(concat([7], Buffer.from(key), [1, 2, 3, 4]));
        return readKey(bytes, view, 1, key.length) !== key;
      });
      expect(wrong).toEqual([]);
    }
  });

  it("reads no byte after the key", () => {
    const text = Buffer.from("abcdefghijklmnopqrstuvwxyz");
    for (let length = 0; length <= 26; length++) {
      const exact = concat(text.subarray(0, length));
      const longer = concat(text.subarray(0, length), [33, 33]);
      const expected = "abcdefghijklmnopqrstuvwxyz".slice(0, length);
      for (const source of [exact, longer, exact]) {
        const { bytes, view } = viewOf(source);
        expect(readKey(bytes, view, 0, length)).toBe(expected);
      }
    }
  });

  it("distinguishes keys outside ASCII", () => {
    for (const key of ["éé", "éèéè", "aé€😀", "€€€€€€€€", "ééé\0", "\0\0\0\0\0\0"]) {
      const { bytes, view } = viewOf(concat(Buffer.from(key)));
      expect(readKey(bytes, view, 0, bytes.length)).toBe(key);
      expect(readKey(bytes, view, 0, bytes.length)).toBe(key);
    }
  });
});

describe("writeKey", () => {
  it("writes a tag, a length and the key, no matter which keys were written before", () => {
    const cache = createKeyCache();
    const keys = manyKeys();
    const { bytes, view } = createBuffers(256);
    for (let time = 0; time < 2; time++) {
      const wrong = keys.filter((key, turn) => {
        const index = turn % 11;
        const end = writeKey(cache, index, key, bytes.fill(0xee), view, 3);
        const again = writeKey(cache, index, key, bytes, view, 3);
        const expected = concat([10], sized(Buffer.from(key)));
        return again !== end || Buffer.compare(bytes.subarray(3, end), expected) !== 0;
      });
      expect(wrong).toEqual([]);
    }
  });

  it("writes at most two bytes after the key, where the value will be written", () => {
    const { bytes, view } = createBuffers(256);
    for (let length = 0; length < 30; length++) {
      const cache = createKeyCache();
      const key = "k".repeat(length);
      writeKey(cache, 0, key, bytes, view, 0);
      bytes.fill(0xee);
      const end = writeKey(cache, 0, key, bytes, view, 0);
      expect([...bytes.subarray(end + 2)].every((byte) => byte === 0xee)).toBe(true);
      expect(end).toBe(2 + length);
    }
  });

  it("caches new keys again after many that never repeated", () => {
    const cache = createKeyCache();
    const { bytes, view } = createBuffers(256);
    for (let turn = 0; turn < 1000; turn++) writeKey(cache, 0, `once${turn}`, bytes, view, 0);
    for (let turn = 0; turn < 20; turn++) writeKey(cache, 0, "always", bytes, view, 0);
    expect(cache.keys[0]).toBe("always");
  });
});

describe("setEntry", () => {
  it("makes every key an own property of the map", () => {
    const map: Record<string, unknown> = {};
    for (const key of ["__proto__", "constructor", "a", "__proto__"])
      setEntry(map, key, key.length);
    expect(Object.entries(map)).toEqual([
      ["__proto__", 9],
      ["constructor", 11],
      ["a", 1],
    ]);
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
  });
});

describe("checkMap", () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, "polluted");
    lookForInherited();
  });

  it("accepts plain objects, of another realm too", () => {
    const foreign: unknown = runInNewContext("({ a: 1 })");
    for (const map of [{}, { constructor: 1 }, Object.create(null), foreign]) {
      expect(checkMap(map)).toBe(false);
    }
  });

  it("refuses everything else", () => {
    class Own {}
    const others = [
      [new Own(), "an object"],
      [Object.create({}), "an object"],
      [new Map(), "an object"],
      [new Uint8Array(2), "2 bytes"],
      [[], "an array of 0"],
      [null, "null"],
      [undefined, "undefined"],
      ["a", '"a"'],
      [() => 1, "a function"],
    ] as const;
    for (const [map, received] of others) {
      expect(faultOf(() => checkMap(map))).toBe(`expected a plain object, got ${received}`);
    }
  });

  it("returns whether objects have inherited enumerable properties", () => {
    lookForInherited();
    expect(checkMap({})).toBe(false);
    Reflect.set(Object.prototype, "polluted", 1);
    lookForInherited();
    expect(checkMap({})).toBe(true);
  });
});

describe("a key that is not a string in the schema", () => {
  it("is a number", () => {
    for (const value of [0, 1, -1, 2 ** 31, 4294967295])
      expect(numberKey(String(value))).toBe(value);
    for (const key of ["", " 1", "01", "1.0", "+1", "0x1", "a", "-0"]) {
      expect(faultOf(() => numberKey(key))).toBe(
        `expected a number as a map key, got ${JSON.stringify(key)}`,
      );
    }
  });

  it("is a 64-bit integer", () => {
    for (const value of [0n, -1n, 2n ** 64n - 1n, -(2n ** 63n)]) {
      expect(bigintKey(String(value))).toBe(value);
    }
    for (const key of ["", "1n", "01", "1.5", "+1", "0x1", "1e3", " 1", "9".repeat(21)]) {
      expect(faultOf(() => bigintKey(key))).toBe(
        `expected an integer as a map key, got ${JSON.stringify(key)}`,
      );
    }
  });

  it("is a bool", () => {
    expect([boolKey("true"), boolKey("false")]).toEqual([true, false]);
    for (const key of ["", "1", "True", "yes"]) {
      expect(faultOf(() => boolKey(key))).toBe(
        `expected true or false as a map key, got ${JSON.stringify(key)}`,
      );
    }
  });
});
