import { describe, expect, it } from "vitest";
import { codecOf, fieldCode, linesWith, messageCode } from "../../support/codegen/excerpt.js";

/** Every type whose values may be packed. */
const packable = [
  "int32",
  "uint32",
  "sint32",
  "int64",
  "uint64",
  "sint64",
  "bool",
  "Enum",
  "fixed32",
  "sfixed32",
  "float",
  "fixed64",
  "sfixed64",
  "double",
];

describe("the code of a repeated field of numbers", () => {
  it("reads packed numbers and single ones, and writes packed ones", () => {
    expect(fieldCode("repeated int32 a = 1;")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 8:
        if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); }
        break;
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        n += p;
        if (p < n) { if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); } }
        while (p < n) {
          if (b[p]! < 128) m.a.push(b[p++]!); else { m.a.push(readVarint(b, p)); p = after(); }
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
            if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
          }
          i = undefined;
          p = closeLength(b, s, p);
        }
      }"
    `);
  });

  it("reads packed numbers and single ones, and writes single ones if the field is not packed", () => {
    expect(fieldCode("repeated fixed64 a = 1 [packed = false];")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 9:
        m.a = append(m.a, v.getBigUint64(p, true)); p += 8;
        break;
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        n += p;
        if (p < n) { m.a = append(m.a, v.getBigUint64(p, true)); p += 8; }
        while (p < n) {
          m.a.push(v.getBigUint64(p, true)); p += 8;
        }
        if (p !== n) truncated(n);
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const l = m.a;
        f = 1;
        const c = listLength(l);
        for (i = 0; i < c; i++) {
          const x = l[i]!;
          if (p + 18 > b.length) throw full;
          b[p++] = 9;
          p = writeFixed64(x, false, v, p);
        }
        i = undefined;
      }"
    `);
  });

  it("reads and writes the values of every type, packed or not", () => {
    const messages = packable.map(
      (type) => `message M_${type} { repeated ${type} a = 1; }
        message N_${type} { repeated ${type} a = 1 [packed = false]; }`,
    );
    const text = codecOf(`enum Enum { ZERO = 0; } ${messages.join("\n")}`);
    const codes = packable.map((type) => {
      const packed = messageCode(text, `M_${type}`);
      const apart = messageCode(text, `N_${type}`);
      expect(apart.create).toBe(packed.create);
      expect(apart.read).toBe(packed.read);
      const writing = /^(?!const).*(?:full|b\[p\+\+\] = \d|\bx[,;])/;
      return [
        type,
        linesWith(packed.read, /^case|m\.a/),
        linesWith(packed.write, writing),
        "not packed",
        linesWith(apart.write, writing),
      ].join("\n");
    });
    expect(codes.join("\n\n")).toMatchInlineSnapshot(`
      "int32
      case 8:
      if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); }
      case 10:
      if (p < n) { if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); } }
      if (b[p]! < 128) m.a.push(b[p++]!); else { m.a.push(readVarint(b, p)); p = after(); }
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      b[p++] = 8;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);

      uint32
      case 8:
      if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p) >>> 0); p = after(); }
      case 10:
      if (p < n) { if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p) >>> 0); p = after(); } }
      if (b[p]! < 128) m.a.push(b[p++]!); else { m.a.push(readVarint(b, p) >>> 0); p = after(); }
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 5 > b.length) throw full;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeUint32(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 15 > b.length) throw full;
      b[p++] = 8;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeUint32(x, b, p);

      sint32
      case 8:
      { let z = b[p++]!; if (z > 127) { z = readVarint(b, p - 1); p = after(); } m.a = append(m.a, (z >>> 1) ^ -(z & 1)); }
      case 10:
      if (p < n) { { let z = b[p++]!; if (z > 127) { z = readVarint(b, p - 1); p = after(); } m.a = append(m.a, (z >>> 1) ^ -(z & 1)); } }
      { let z = b[p++]!; if (z > 127) { z = readVarint(b, p - 1); p = after(); } m.a.push((z >>> 1) ^ -(z & 1)); }
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 5 > b.length) throw full;
      p = writeSint32(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 15 > b.length) throw full;
      b[p++] = 8;
      p = writeSint32(x, b, p);

      int64
      case 8:
      m.a = append(m.a, readInt64(b, p)); p = after();
      case 10:
      if (p < n) { m.a = append(m.a, readInt64(b, p)); p = after(); }
      m.a.push(readInt64(b, p)); p = after();
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
      p = writeInt64(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      b[p++] = 8;
      p = writeInt64(x, b, p);

      uint64
      case 8:
      m.a = append(m.a, readUint64(b, p)); p = after();
      case 10:
      if (p < n) { m.a = append(m.a, readUint64(b, p)); p = after(); }
      m.a.push(readUint64(b, p)); p = after();
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
      p = writeUint64(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      b[p++] = 8;
      p = writeUint64(x, b, p);

      sint64
      case 8:
      m.a = append(m.a, readSint64(b, p)); p = after();
      case 10:
      if (p < n) { m.a = append(m.a, readSint64(b, p)); p = after(); }
      m.a.push(readSint64(b, p)); p = after();
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
      p = writeSint64(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      b[p++] = 8;
      p = writeSint64(x, b, p);

      bool
      case 8:
      if (b[p]! < 128) m.a = append(m.a, b[p++]! !== 0); else { m.a = append(m.a, readBool(b, p)); p = after(); }
      case 10:
      if (p < n) { if (b[p]! < 128) m.a = append(m.a, b[p++]! !== 0); else { m.a = append(m.a, readBool(b, p)); p = after(); } }
      if (b[p]! < 128) m.a.push(b[p++]! !== 0); else { m.a.push(readBool(b, p)); p = after(); }
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 1 > b.length) throw full;
      p = writeBool(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 11 > b.length) throw full;
      b[p++] = 8;
      p = writeBool(x, b, p);

      Enum
      case 8:
      if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); }
      case 10:
      if (p < n) { if (b[p]! < 128) m.a = append(m.a, b[p++]!); else { m.a = append(m.a, readVarint(b, p)); p = after(); } }
      if (b[p]! < 128) m.a.push(b[p++]!); else { m.a.push(readVarint(b, p)); p = after(); }
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 10 > b.length) throw full;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 20 > b.length) throw full;
      b[p++] = 8;
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);

      fixed32
      case 13:
      m.a = append(m.a, v.getUint32(p, true)); p += 4;
      case 10:
      if (p < n) { m.a = append(m.a, v.getUint32(p, true)); p += 4; }
      m.a.push(v.getUint32(p, true)); p += 4;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 4 > b.length) throw full;
      if (typeof x !== "number" || x !== x >>> 0) wrongInteger("a fixed32", x); v.setUint32(p, x, true); p += 4;
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 14 > b.length) throw full;
      b[p++] = 13;
      if (typeof x !== "number" || x !== x >>> 0) wrongInteger("a fixed32", x); v.setUint32(p, x, true); p += 4;

      sfixed32
      case 13:
      m.a = append(m.a, v.getInt32(p, true)); p += 4;
      case 10:
      if (p < n) { m.a = append(m.a, v.getInt32(p, true)); p += 4; }
      m.a.push(v.getInt32(p, true)); p += 4;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 4 > b.length) throw full;
      if (typeof x !== "number" || x !== (x | 0)) wrongInteger("an sfixed32", x); v.setInt32(p, x, true); p += 4;
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 14 > b.length) throw full;
      b[p++] = 13;
      if (typeof x !== "number" || x !== (x | 0)) wrongInteger("an sfixed32", x); v.setInt32(p, x, true); p += 4;

      float
      case 13:
      m.a = append(m.a, v.getFloat32(p, true)); p += 4;
      case 10:
      if (p < n) { m.a = append(m.a, v.getFloat32(p, true)); p += 4; }
      m.a.push(v.getFloat32(p, true)); p += 4;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 4 > b.length) throw full;
      if (typeof x !== "number" || !(x <= 3.4028234663852886e38 && x >= -3.4028234663852886e38)) checkFloat(x); v.setFloat32(p, x, true); p += 4;
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 14 > b.length) throw full;
      b[p++] = 13;
      if (typeof x !== "number" || !(x <= 3.4028234663852886e38 && x >= -3.4028234663852886e38)) checkFloat(x); v.setFloat32(p, x, true); p += 4;

      fixed64
      case 9:
      m.a = append(m.a, v.getBigUint64(p, true)); p += 8;
      case 10:
      if (p < n) { m.a = append(m.a, v.getBigUint64(p, true)); p += 8; }
      m.a.push(v.getBigUint64(p, true)); p += 8;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 8 > b.length) throw full;
      p = writeFixed64(x, false, v, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 18 > b.length) throw full;
      b[p++] = 9;
      p = writeFixed64(x, false, v, p);

      sfixed64
      case 9:
      m.a = append(m.a, v.getBigInt64(p, true)); p += 8;
      case 10:
      if (p < n) { m.a = append(m.a, v.getBigInt64(p, true)); p += 8; }
      m.a.push(v.getBigInt64(p, true)); p += 8;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 8 > b.length) throw full;
      p = writeFixed64(x, true, v, p);
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 18 > b.length) throw full;
      b[p++] = 9;
      p = writeFixed64(x, true, v, p);

      double
      case 9:
      m.a = append(m.a, v.getFloat64(p, true)); p += 8;
      case 10:
      if (p < n) { m.a = append(m.a, v.getFloat64(p, true)); p += 8; }
      m.a.push(v.getFloat64(p, true)); p += 8;
      if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;
      b[p++] = 10;
      if ((i & 4095) === 0 && p + (c - i < 4096 ? c - i : 4096) * 8 > b.length) throw full;
      if (typeof x !== "number") checkDouble(x); v.setFloat64(p, x, true); p += 8;
      not packed
      if (p + 10 > b.length) throw full;
      if (p + 18 > b.length) throw full;
      b[p++] = 9;
      if (typeof x !== "number") checkDouble(x); v.setFloat64(p, x, true); p += 8;"
    `);
  });
});
