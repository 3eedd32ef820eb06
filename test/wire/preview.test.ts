import { describe, expect, it } from "vitest";
import { preview, previewReceived } from "../../src/wire/preview.js";

describe("preview", () => {
  it.each([
    ["text", '"text"'],
    ['quo"te\n', '"quo\\"te\\n"'],
    [12.5, "12.5"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [9007199254740993n, "9007199254740993n"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [[1, 2, 3], "an array of 3"],
    [new Uint8Array(7), "7 bytes"],
    [new Uint8Array(1), "1 byte"],
    [new Uint8Array(0), "0 bytes"],
    [{ secret: "payload" }, "an object"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
  ])("shows %o as %s", (value, shown) => {
    expect(preview(value)).toBe(shown);
  });

  it("has at most 80 characters, and never half a character", () => {
    for (const text of [
      "x".repeat(1e6),
      '"'.repeat(200),
      "😀".repeat(60),
      `${"a".repeat(73)}😀😀😀😀`,
    ]) {
      const shown = preview(text);
      expect(shown.length).toBeLessThanOrEqual(80);
      expect(shown.endsWith('"...')).toBe(true);
      expect(shown.isWellFormed()).toBe(true);
    }
    expect(preview(10n ** 200n).length).toBe(80);
  });

  it("does not run user code", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(preview(proxy)).toBe("an object");
    const loud = {
      toString() {
        throw new Error("called");
      },
    };
    expect(preview(loud)).toBe("an object");
  });
});

describe("previewReceived", () => {
  it("shows a bigint as a plain number if only its value is wrong", () => {
    expect(previewReceived(-1n, "range")).toBe("-1");
    expect(previewReceived(2n ** 53n, "int64.unsafe")).toBe("9007199254740992");
    expect(previewReceived(5n, "type")).toBe("5n");
    expect(previewReceived("5n", "range")).toBe('"5n"');
    expect(previewReceived(10n ** 200n, "range")).toMatch(/^10{76}\.{3}$/);
  });
});
