import { describe, expect, it } from "vitest";
import { codecOf, fieldCode, functionCode, messageCode } from "../../support/codegen/excerpt.js";

describe("the code of a map of strings to strings or numbers of fixed width", () => {
  it("reads all consecutive entries", () => {
    expect(fieldCode("map<string, double> a = 1;")).toMatchInlineSnapshot(`
      "a: {},
      ---
      case 10:
        p = readAll_M_a(m.a, b, v, p, e, d + 1);
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const o = m.a;
        f = 1;
        const inherits = checkMap(o);
        let c = 0;
        for (const k in o) {
          if (inherits && !isOwn.call(o, k)) continue;
          i = k;
          if (p + 30 > b.length) throw full;
          b[p++] = 10;
          const s = ++p;
          p = writeKey(keys_M_a, c++, k, b, v, p);
          if (p + 20 > b.length) throw full;
          b[p++] = 17;
          const x = o[k]!;
          if (typeof x !== "number") checkDouble(x); v.setFloat64(p, x, true); p += 8;
          p = closeLength(b, s, p);
        }
        i = undefined;
      }"
    `);
    const text = codecOf("message M { map<string, double> a = 1; map<string, string> b = 2; }");
    expect(functionCode(text, "readAll_M_a")).toMatchInlineSnapshot(`
      "function readAll_M_a(o: any, b: Uint8Array, v: DataView, p: number, e: number, d: number): number {
        let c = 0;
        for (;;) {
          let n = b[p++]!;
          if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
          if (d > 100) countElement(d, p);
          const end = p + n;
          const q = p + 2 + b[p + 1]!;
          if (b[p]! === 10 && b[p + 1]! < 128 && b[q]! === 17 && q + 9 === end) {
            const k = readKey(b, v, p + 2, q - p - 2);
            if (c === maxPendingEntries || k === "__proto__") c = put_M_a(o, c);
            p = q + 1;
            if (k === "__proto__") setEntry(o, k, v.getFloat64(p, true));
            else { mapKeys[c] = k; mapNumbers[c++] = v.getFloat64(p, true); }
          } else {
            c = put_M_a(o, c);
            readEntry_M_a(o, b, v, p, end, d);
          }
          p = end;
          if (p >= e || b[p]! !== 10) break;
          p++;
        }
        put_M_a(o, c);
        return p;
      }"
    `);
    const numbers = functionCode(text, "readAll_M_a").split("\n");
    const strings = functionCode(text, "readAll_M_b").split("\n");
    const different = strings.filter((line) => !numbers.includes(line));
    expect(different.join("\n")).toMatchInlineSnapshot(`
      "function readAll_M_b(o: any, b: Uint8Array, v: DataView, p: number, e: number, d: number): number {
          if (b[p]! === 10 && b[p + 1]! < 128 && b[q]! === 18 && b[q + 1]! < 128 && q + 2 + b[q + 1]! === end) {
            if (c === maxPendingEntries || k === "__proto__") c = put_M_b(o, c);
            p = q + 2;
            if (k === "__proto__") setEntry(o, k, readString(b, v, p, end - p, d));
            else { mapKeys[c] = k; mapStrings[c++] = readString(b, v, p, end - p, d); }
            c = put_M_b(o, c);
            readEntry_M_b(o, b, v, p, end, d);
          if (p >= e || b[p]! !== 18) break;
        put_M_b(o, c);"
    `);
  });

  it("puts each entry into the map with an assignment of its own", () => {
    const text = codecOf("message M { map<string, fixed32> a = 1; }");
    expect(functionCode(text, "put_M_a")).toMatchInlineSnapshot(`
      "function put_M_a(o: any, c: number): number {
        if (c === 0) return 0;
        o[mapKeys[0]!] = mapNumbers[0]!;
        if (c === 1) return 0;
        o[mapKeys[1]!] = mapNumbers[1]!;
        if (c === 2) return 0;
        o[mapKeys[2]!] = mapNumbers[2]!;
        if (c === 3) return 0;
        o[mapKeys[3]!] = mapNumbers[3]!;
        if (c === 4) return 0;
        o[mapKeys[4]!] = mapNumbers[4]!;
        if (c === 5) return 0;
        o[mapKeys[5]!] = mapNumbers[5]!;
        if (c === 6) return 0;
        o[mapKeys[6]!] = mapNumbers[6]!;
        if (c === 7) return 0;
        o[mapKeys[7]!] = mapNumbers[7]!;
        return 0;
      }"
    `);
  });

  it("reads one entry at a time if the tag is longer than a byte", () => {
    const text = codecOf("message M { map<string, float> a = 16; }");
    const end = functionCode(text, "readAll_M_a").split("\n").slice(-6);
    expect(end.join("\n")).toMatchInlineSnapshot(`
      "    p = end;
          break;
        }
        put_M_a(o, c);
        return p;
      }"
    `);
  });

  it.each(["int32", "int64", "bool", "bytes", "fixed64", "sfixed64", "Enum", "M"])(
    "is not that of a map of strings to %s",
    (type) => {
      const text = codecOf(`enum Enum { ZERO = 0; } message M { map<string, ${type}> a = 1; }`);
      expect(messageCode(text, "M").read).toContain("readEntry_M_a(m.a, b, v, p, p + n, d + 1);");
      expect(text).not.toContain("readAll_M_a");
    },
  );

  it.each(["float", "double", "fixed32", "sfixed32", "string"])(
    "is that of a map of strings to %s, but not of numbers to them",
    (type) => {
      const text = codecOf(`message M { map<string, ${type}> a = 1; map<int32, ${type}> b = 2; }`);
      expect(messageCode(text, "M").read).toContain("p = readAll_M_a(m.a, b, v, p, e, d + 1);");
      expect(text).not.toContain("readAll_M_b");
    },
  );
});
