import { describe, expect, it } from "vitest";
import {
  codecOf,
  fieldCode,
  functionCode,
  linesWith,
  messageCode,
} from "../../support/codegen/excerpt.js";

const keys = [
  "int32",
  "uint32",
  "sint32",
  "int64",
  "uint64",
  "sint64",
  "fixed32",
  "sfixed32",
  "fixed64",
  "sfixed64",
  "bool",
  "string",
];

describe("the code of a map", () => {
  it("reads the entries of integers one by one", () => {
    expect(fieldCode("map<int32, sint64> a = 1;")).toMatchInlineSnapshot(`
      "a: {},
      ---
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        if (d > 100) countElement(d, p);
        readEntry_M_a(m.a, b, v, p, p + n, d + 1);
        p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const o = m.a;
        f = 1;
        const inherits = checkMap(o);
        for (const k in o) {
          if (inherits && !isOwn.call(o, k)) continue;
          i = k;
          if (p + 30 > b.length) throw full;
          b[p++] = 10;
          const s = ++p;
          b[p++] = 8;
          {
            const x = numberKey(k);
            if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
          }
          if (p + 20 > b.length) throw full;
          b[p++] = 16;
          const x = o[k]!;
          p = writeSint64(x, b, p);
          p = closeLength(b, s, p);
        }
        i = undefined;
      }"
    `);
    const text = codecOf("message M { map<int32, sint64> a = 1; }");
    expect(functionCode(text, "readEntry_M_a")).toMatchInlineSnapshot(`
      "function readEntry_M_a(o: any, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
        let k: any = 0;
        let x: any = 0n;
        let t = 0;
        while (p < e) {
          t = b[p++]!;
          if (t > 127) { t = readTag(b, p - 1, e); p = after(); }
          switch (t) {
            case 8:
              if (b[p]! < 128) k = b[p++]!; else { k = readVarint(b, p); p = after(); }
              break;
            case 16:
              x = readSint64(b, p); p = after();
              break;
            default:
              p = skip(t, b, p, e, d);
          }
        }
        if (p !== e) truncated(e);
        setEntry(o, String(k), x);
      }"
    `);
  });

  it("reads and writes keys of every type", () => {
    const messages = keys.map((key) => `message M_${key} { map<${key}, bool> a = 1; }`);
    const text = codecOf(messages.join("\n"));
    const codes = keys.map((key) => {
      const entry = functionCode(text, `readEntry_M_${key}_a`).split("\n");
      const start = entry.findIndex((line) => line.startsWith("    switch"));
      const { write } = messageCode(text, `M_${key}`);
      return [
        key,
        linesWith(entry.join("\n"), /^let k|setEntry/),
        ...entry.slice(start + 1, start + 3).map((line) => line.trim()),
        linesWith(write, /^const c|c = 0|b\[p\+\+\] = |[kK]ey|[(\s]x[,;]/),
      ].join("\n");
    });
    expect(codes.join("\n\n")).toMatchInlineSnapshot(`
      "int32
      let k: any = 0;
      setEntry(o, String(k), x);
      case 8:
      if (b[p]! < 128) k = b[p++]!; else { k = readVarint(b, p); p = after(); }
      b[p++] = 10;
      b[p++] = 8;
      const x = numberKey(k);
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      uint32
      let k: any = 0;
      setEntry(o, String(k), x);
      case 8:
      if (b[p]! < 128) k = b[p++]!; else { k = readVarint(b, p) >>> 0; p = after(); }
      b[p++] = 10;
      b[p++] = 8;
      const x = numberKey(k);
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeUint32(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      sint32
      let k: any = 0;
      setEntry(o, String(k), x);
      case 8:
      { let z = b[p++]!; if (z > 127) { z = readVarint(b, p - 1); p = after(); } k = (z >>> 1) ^ -(z & 1); }
      b[p++] = 10;
      b[p++] = 8;
      const x = numberKey(k);
      p = writeSint32(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      int64
      let k: any = 0n;
      setEntry(o, String(k), x);
      case 8:
      k = readInt64(b, p); p = after();
      b[p++] = 10;
      b[p++] = 8;
      const x = bigintKey(k);
      p = writeInt64(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      uint64
      let k: any = 0n;
      setEntry(o, String(k), x);
      case 8:
      k = readUint64(b, p); p = after();
      b[p++] = 10;
      b[p++] = 8;
      const x = bigintKey(k);
      p = writeUint64(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      sint64
      let k: any = 0n;
      setEntry(o, String(k), x);
      case 8:
      k = readSint64(b, p); p = after();
      b[p++] = 10;
      b[p++] = 8;
      const x = bigintKey(k);
      p = writeSint64(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      fixed32
      let k: any = 0;
      setEntry(o, String(k), x);
      case 13:
      k = v.getUint32(p, true); p += 4;
      b[p++] = 10;
      b[p++] = 13;
      const x = numberKey(k);
      if (typeof x !== "number" || x !== x >>> 0) wrongInteger("a fixed32", x); v.setUint32(p, x, true); p += 4;
      b[p++] = 16;
      p = writeBool(x, b, p);

      sfixed32
      let k: any = 0;
      setEntry(o, String(k), x);
      case 13:
      k = v.getInt32(p, true); p += 4;
      b[p++] = 10;
      b[p++] = 13;
      const x = numberKey(k);
      if (typeof x !== "number" || x !== (x | 0)) wrongInteger("an sfixed32", x); v.setInt32(p, x, true); p += 4;
      b[p++] = 16;
      p = writeBool(x, b, p);

      fixed64
      let k: any = 0n;
      setEntry(o, String(k), x);
      case 9:
      k = v.getBigUint64(p, true); p += 8;
      b[p++] = 10;
      b[p++] = 9;
      const x = bigintKey(k);
      p = writeFixed64(x, false, v, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      sfixed64
      let k: any = 0n;
      setEntry(o, String(k), x);
      case 9:
      k = v.getBigInt64(p, true); p += 8;
      b[p++] = 10;
      b[p++] = 9;
      const x = bigintKey(k);
      p = writeFixed64(x, true, v, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      bool
      let k: any = false;
      setEntry(o, String(k), x);
      case 8:
      if (b[p]! < 128) k = b[p++]! !== 0; else { k = readBool(b, p); p = after(); }
      b[p++] = 10;
      b[p++] = 8;
      const x = boolKey(k);
      p = writeBool(x, b, p);
      b[p++] = 16;
      p = writeBool(x, b, p);

      string
      let k: any = "";
      setEntry(o, k, x);
      case 10:
      n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1); k = readKey(b, v, p, n); p += n;
      let c = 0;
      b[p++] = 10;
      p = writeKey(keys_M_string_a, c++, k, b, v, p);
      b[p++] = 16;
      p = writeBool(x, b, p);"
    `);
  });

  it("caches keys that are strings", () => {
    const text = codecOf(
      "message M { map<string, bytes> a = 1; map<string, M> b_c = 300; map<bool, M> d = 3; }",
    );
    expect(linesWith(text, /^const keys/)).toMatchInlineSnapshot(`
      "const keys_M_a = /*@__PURE__*/ createKeyCache();
      const keys_M_bC = /*@__PURE__*/ createKeyCache();"
    `);
    expect(linesWith(messageCode(text, "M").write, /full|keys_/)).toMatchInlineSnapshot(`
      "if (p + 10 > b.length) throw full;
      if (p + 30 > b.length) throw full;
      p = writeKey(keys_M_a, c++, k, b, v, p);
      if (p + 20 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      if (p + 30 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      if (p + 31 > b.length) throw full;
      p = writeKey(keys_M_bC, c++, k, b, v, p);
      if (p + 20 > b.length) throw full;"
    `);
  });

  it("creates a message for each value, even if the entry has none", () => {
    const text = codecOf("message M { map<string, Item> a = 1; } message Item {}");
    expect(linesWith(functionCode(text, "readEntry_M_a"), /x/)).toMatchInlineSnapshot(`
      "let x: any = undefined;
      if (x === undefined) x = create_Item();
      read_Item(x, b, v, p, p + n, d);
      if (x === undefined) x = create_Item();
      setEntry(o, k, x);"
    `);
    expect(linesWith(messageCode(text, "M").write, /\bx\b/)).toMatchInlineSnapshot(`
      "const x = o[k]!;
      p = closeLength(b, p + 1, write_Item(x, b, v, p + 1, d + 1));"
    `);
  });
});
