import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Context } from "../../../src/contract/base/context.js";
import { JsonTextWriter } from "../../../src/contract/interpreter/writer.js";
import { keyBytes } from "../../../src/contract/model/value-writer.js";

const runs = { seed: 20_261_121, numRuns: 20_000 };

function textOf(write: (out: JsonTextWriter) => void): string {
  const out = new JsonTextWriter(new Context());
  write(out);
  return out.finish();
}

function numberText(value: number): string {
  return textOf((out) => out.number(value));
}

describe("numbers", () => {
  const edges = [
    ...[0, -0, 1, -1, 0.5, -0.001, 1e-6, 9.99e-7, 1e-7, 123456.789, 999999.9999, 999999.999999999],
    ...[1e6, 1e6 + 0.5, 999_999_999, 1e9, 1e9 + 1, 1_000_000_001_000, 1_704_132_457_675],
    ...[1e15 - 1, 1e15, 1e16, 2 ** 53, 1e21, 1e22, -1e15 + 1, 4.35, 0.1 + 0.2, 1.005, 8.41e-5],
    ...[Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1074, 0.000001, 0.0000015, 0.123456789, 1.1e-5],
  ];

  it.each(edges)("%d is written as JSON.stringify writes it", (value) => {
    expect(numberText(value)).toBe(JSON.stringify(value));
  });

  const decimals = fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 12 }))
    .map(([digits, places]) => digits / 10 ** places);
  const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
  const floats = fc.float({ noNaN: true, noDefaultInfinity: true });
  const safe = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

  it.each([
    ["decimals", decimals],
    ["doubles", doubles],
    ["floats", floats],
    ["integers", safe],
    ["shares", fc.double({ min: 0, max: 1, noNaN: true })],
  ])("%s are written as JSON.stringify writes them", (_, numbers) => {
    const property = fc.property(numbers, (value) => {
      expect(numberText(value)).toBe(JSON.stringify(value));
    });
    fc.assert(property, runs);
  });
});

const strings = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary-ascii" }),
  fc.string({
    unit: fc.constantFrom("a", '"', "\\", "\n", "\u007f", "\u2028", "\ud800", "é", "😀"),
  }),
);

describe("strings", () => {
  it("are written as JSON.stringify writes them, alone, in lists and as keys", () => {
    const property = fc.property(fc.array(strings), (texts) => {
      const list = textOf((out) => {
        out.openArray();
        for (const text of texts) {
          out.item();
          out.string(text);
        }
        out.closeArray();
      });
      expect(list).toBe(JSON.stringify(texts));
      const object = textOf((out) => {
        out.openObject();
        for (const text of texts) {
          out.key(keyBytes(text));
          out.string(text);
          out.entry(text);
          out.value(null);
        }
        out.closeObject();
      });
      const entries = texts.map((text) => {
        const quoted = JSON.stringify(text);
        return `${quoted}:${quoted},${quoted}:null`;
      });
      expect(object).toBe(`{${entries.join(",")}}`);
    });
    fc.assert(property, { ...runs, numRuns: 2_000 });
  });

  it("of bytes are copied only where they are ASCII without escapes", () => {
    const property = fc.property(strings, (text) => {
      const bytes = new TextEncoder().encode(text);
      let copied = false;
      const written = textOf((out) => {
        copied = out.asciiString(bytes);
        if (!copied) out.string(text);
      });
      expect(written).toBe(JSON.stringify(text));
      expect(copied).toBe(/^[\x20-\x7e]*$/.test(text) && !/["\\]/.test(text));
    });
    fc.assert(property, { ...runs, numRuns: 2_000 });
  });
});

describe("the buffer", () => {
  it("grows with the text", () => {
    const text = "0123456789".repeat(20_000);
    const written = textOf((out) => {
      out.openArray();
      for (let index = 0; index < 3; index++) {
        out.item();
        out.string(text);
        out.item();
        out.json(JSON.stringify(`é${text}`));
        out.item();
        out.number(index + 0.25);
      }
      out.closeArray();
    });
    const items = [0, 1, 2].flatMap((index) => [text, `é${text}`, index + 0.25]);
    expect(written).toBe(JSON.stringify(items));
  });

  it("is not shared by writers that are used at the same time", () => {
    const outer = new JsonTextWriter(new Context());
    outer.openArray();
    outer.string("outer");
    expect(textOf((inner) => inner.string("inner"))).toBe('"inner"');
    const lost = new JsonTextWriter(new Context());
    lost.string("never finished");
    outer.closeArray();
    expect(outer.finish()).toBe('["outer"]');
    expect(textOf((next) => next.value(true))).toBe("true");
  });
});

describe("without Node's Buffer", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it("writes the same", async () => {
    vi.stubGlobal("Buffer", undefined);
    vi.resetModules();
    const browser = await import("../../../src/contract/interpreter/writer.js");
    const property = fc.property(strings, (text) => {
      const out = new browser.JsonTextWriter(new Context());
      out.string(text);
      expect(out.finish()).toBe(JSON.stringify(text));
    });
    fc.assert(property, { ...runs, numRuns: 1_000 });
  });
});
