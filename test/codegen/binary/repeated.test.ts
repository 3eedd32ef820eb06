import { describe, expect, it } from "vitest";
import { codecOf, fieldCode, functionCode } from "../../support/codegen/excerpt.js";

describe("the code of a repeated field", () => {
  it("has no packed strings", () => {
    expect(fieldCode("repeated string a = 1;")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1); m.a.push(readString(b, v, p, n, d)); p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const l = m.a;
        f = 1;
        const c = listLength(l);
        for (i = 0; i < c; i++) {
          const x = l[i]!;
          if (p + 10 > b.length) throw full;
          b[p++] = 10;
          p = writeString(x, b, p);
        }
        i = undefined;
      }"
    `);
  });

  it("has no packed bytes", () => {
    expect(fieldCode("repeated bytes a = 1;")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1); m.a.push(takeBytes(b, p, p + n, d)); p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const l = m.a;
        f = 1;
        const c = listLength(l);
        for (i = 0; i < c; i++) {
          const x = l[i]!;
          if (p + 10 > b.length) throw full;
          b[p++] = 10;
          p = writeBytes(x, b, p);
        }
        i = undefined;
      }"
    `);
  });

  it("creates a message for each item", () => {
    expect(fieldCode("repeated Item a = 1;", "message Item {}")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        {
          const x = create_Item();
          read_Item(x, b, v, p, p + n, d + 1);
          m.a.push(x);
        }
        p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const l = m.a;
        f = 1;
        const c = listLength(l);
        for (i = 0; i < c; i++) {
          const x = l[i]!;
          if (p + 10 > b.length) throw full;
          b[p++] = 10;
          p = closeLength(b, p + 1, write_Item(x, b, v, p + 1, d + 1));
        }
        i = undefined;
      }"
    `);
  });

  it("adds the index of the item to an error", () => {
    const text = codecOf("message M { repeated int32 a = 1; M b = 2; repeated M c = 30; }");
    expect(functionCode(text, "step_M")).toMatchInlineSnapshot(`
      "function step_M(m: M, t: number): number | undefined {
        switch (t >>> 3) {
          case 1: return m.a.length;
          case 30: return m.c.length;
          default: return undefined;
        }
      }"
    `);
    expect(functionCode(text, "read_M").split("\n").slice(-4).join("\n")).toMatchInlineSnapshot(`
      "  } catch (thrown) {
          throw within(thrown, fields_M[t >>> 3], step_M(m, t));
        }
      }"
    `);
    expect(functionCode(text, "write_M").split("\n").slice(-7).join("\n")).toMatchInlineSnapshot(`
      "    const u = m.$unknown;
          if (u !== undefined) p = writeUnknown(u, b, p, d);
          return p;
        } catch (thrown) {
          throw within(thrown, fields_M[f], i);
        }
      }"
    `);
  });
});
