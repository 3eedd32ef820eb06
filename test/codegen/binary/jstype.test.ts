import { describe, expect, it } from "vitest";
import { fieldCode } from "../../support/codegen/excerpt.js";

describe("a field of a 64-bit integer type that is a string in JavaScript", () => {
  it("is converted when it is read and written", () => {
    expect(fieldCode("int64 a = 1 [jstype = JS_STRING];")).toMatchInlineSnapshot(`
      "a: "0",
      ---
      case 8:
        m.a = String(readInt64(b, p)); p = after();
        break;
      ---
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== "0") {
          f = 1;
          b[p++] = 8;
          p = writeInt64(longOf(x), b, p);
        }
      }"
    `);
    expect(fieldCode("optional sfixed64 a = 1 [jstype = JS_STRING];")).toMatchInlineSnapshot(`
      "case 9:
        m.a = String(v.getBigInt64(p, true)); p += 8;
        break;
      ---
      if (p + 9 > b.length) throw full;
      {
        const x = m.a;
        if (x !== undefined) {
          f = 1;
          b[p++] = 9;
          p = writeFixed64(longOf(x), true, v, p);
        }
      }"
    `);
    expect(fieldCode("repeated uint64 a = 1 [jstype = JS_STRING];")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 8:
        m.a = append(m.a, String(readUint64(b, p))); p = after();
        break;
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        n += p;
        if (p < n) { m.a = append(m.a, String(readUint64(b, p))); p = after(); }
        while (p < n) {
          m.a.push(String(readUint64(b, p))); p = after();
        }
        if (p !== n) truncated(n);
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const l = m.a;
        f = 1;
        const c = listLength(l);
        if (c > 0) {
          if (p + 10 > b.length) throw full;
          b[p++] = 10;
          const s = ++p;
          for (i = 0; i < c; i++) {
            if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
            const x = l[i]!;
            p = writeUint64(longOf(x), b, p);
          }
          i = undefined;
          p = closeLength(b, s, p);
        }
      }"
    `);
  });

  it("is a bigint if the option has another value", () => {
    const plain = fieldCode("int64 a = 1;");
    expect(fieldCode("int64 a = 1 [jstype = JS_NORMAL];")).toBe(plain);
    expect(fieldCode("int64 a = 1 [jstype = JS_NUMBER];")).toBe(plain);
  });
});
