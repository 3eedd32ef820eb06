import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../bench/random.js";
import { crc32 } from "../../../src/contract/base/crc32.js";

describe("crc32", () => {
  it("has the check value of its polynomial", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  it("is that of zlib, in one piece or in two", () => {
    const random = createRandom(32);
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, () => random.integer(0, 255));
      const cut = random.integer(0, length);
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes));
    }
  });
});
