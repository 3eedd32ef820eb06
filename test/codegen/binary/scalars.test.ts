import { describe, expect, it } from "vitest";
import { codecOf, messageCode } from "../../support/codegen/excerpt.js";

const types = [
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
  "float",
  "double",
  "bool",
  "string",
  "bytes",
  "Enum",
];

/** A message for each type of field, with the type's name. */
function messagesWith(declaration: (type: string) => string): string {
  const messages = types.map((type) => `message M_${type} { ${declaration(type)} }`);
  return codecOf(`enum Enum { ZERO = 0; } ${messages.join("\n")}`);
}

describe("the code of a field of a scalar type", () => {
  const implicit = messagesWith((type) => `${type} a = 1;`);
  const optional = messagesWith((type) => `optional ${type} a = 1;`);

  it("has the type's default in an empty message", () => {
    const zeros = types.map((type) => `${type}: ${messageCode(implicit, `M_${type}`).create}`);
    expect(zeros.join("\n")).toMatchInlineSnapshot(`
      "int32: a: 0,
      uint32: a: 0,
      sint32: a: 0,
      int64: a: 0n,
      uint64: a: 0n,
      sint64: a: 0n,
      fixed32: a: 0,
      sfixed32: a: 0,
      fixed64: a: 0n,
      sfixed64: a: 0n,
      float: a: zero,
      double: a: zero,
      bool: a: false,
      string: a: "",
      bytes: a: noBytes,
      Enum: a: 0,"
    `);
  });

  it("reads a value of each type", () => {
    const cases = types.map((type) => `${type} ${messageCode(implicit, `M_${type}`).read}`);
    expect(cases.join("\n")).toMatchInlineSnapshot(`
      "int32 case 8:
        if (b[p]! < 128) m.a = b[p++]!; else { m.a = readVarint(b, p); p = after(); }
        break;
      uint32 case 8:
        if (b[p]! < 128) m.a = b[p++]!; else { m.a = readVarint(b, p) >>> 0; p = after(); }
        break;
      sint32 case 8:
        { let z = b[p++]!; if (z > 127) { z = readVarint(b, p - 1); p = after(); } m.a = (z >>> 1) ^ -(z & 1); }
        break;
      int64 case 8:
        m.a = readInt64(b, p); p = after();
        break;
      uint64 case 8:
        m.a = readUint64(b, p); p = after();
        break;
      sint64 case 8:
        m.a = readSint64(b, p); p = after();
        break;
      fixed32 case 13:
        m.a = v.getUint32(p, true); p += 4;
        break;
      sfixed32 case 13:
        m.a = v.getInt32(p, true); p += 4;
        break;
      fixed64 case 9:
        m.a = v.getBigUint64(p, true); p += 8;
        break;
      sfixed64 case 9:
        m.a = v.getBigInt64(p, true); p += 8;
        break;
      float case 13:
        m.a = v.getFloat32(p, true); p += 4;
        break;
      double case 9:
        m.a = v.getFloat64(p, true); p += 8;
        break;
      bool case 8:
        if (b[p]! < 128) m.a = b[p++]! !== 0; else { m.a = readBool(b, p); p = after(); }
        break;
      string case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1); m.a = readText(text_M_string_a, b, v, p, n, d); p += n;
        break;
      bytes case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1); m.a = takeBytes(b, p, p + n, d); p += n;
        break;
      Enum case 8:
        if (b[p]! < 128) m.a = b[p++]!; else { m.a = readVarint(b, p); p = after(); }
        break;"
    `);
  });

  it("writes a value that is not the default", () => {
    const fields = types.map((type) => `${type}\n${messageCode(implicit, `M_${type}`).write}`);
    expect(fields.join("\n")).toMatchInlineSnapshot(`
      "int32
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 8;
          if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
        }
      }
      uint32
      if (p + 6 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 8;
          if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeUint32(x, b, p);
        }
      }
      sint32
      if (p + 6 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 8;
          p = writeSint32(x, b, p);
        }
      }
      int64
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0n) {
          f = 1;
          b[p++] = 8;
          p = writeInt64(x, b, p);
        }
      }
      uint64
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0n) {
          f = 1;
          b[p++] = 8;
          p = writeUint64(x, b, p);
        }
      }
      sint64
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0n) {
          f = 1;
          b[p++] = 8;
          p = writeSint64(x, b, p);
        }
      }
      fixed32
      if (p + 5 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 13;
          if (typeof x !== "number" || x !== x >>> 0) wrongInteger("a fixed32", x); v.setUint32(p, x, true); p += 4;
        }
      }
      sfixed32
      if (p + 5 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 13;
          if (typeof x !== "number" || x !== (x | 0)) wrongInteger("an sfixed32", x); v.setInt32(p, x, true); p += 4;
        }
      }
      fixed64
      if (p + 9 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0n) {
          f = 1;
          b[p++] = 9;
          p = writeFixed64(x, false, v, p);
        }
      }
      sfixed64
      if (p + 9 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0n) {
          f = 1;
          b[p++] = 9;
          p = writeFixed64(x, true, v, p);
        }
      }
      float
      if (p + 5 > b.length) throw full;
      {
        const x = m.a;
        if ((x !== 0 || 1 / x < 0)) {
          f = 1;
          b[p++] = 13;
          if (typeof x !== "number" || !(x <= 3.4028234663852886e38 && x >= -3.4028234663852886e38)) checkFloat(x); v.setFloat32(p, x, true); p += 4;
        }
      }
      double
      if (p + 9 > b.length) throw full;
      {
        const x = m.a;
        if ((x !== 0 || 1 / x < 0)) {
          f = 1;
          b[p++] = 9;
          if (typeof x !== "number") checkDouble(x); v.setFloat64(p, x, true); p += 8;
        }
      }
      bool
      if (p + 2 > b.length) throw full;
      {
        const x = m.a;
        if (x !== false) {
          f = 1;
          b[p++] = 8;
          p = writeBool(x, b, p);
        }
      }
      string
      if (p + 10 > b.length) throw full;
      {
        const x = m.a;
        if (x !== "") {
          f = 1;
          b[p++] = 10;
          p = writeString(x, b, p);
        }
      }
      bytes
      if (p + 10 > b.length) throw full;
      {
        const x = m.a;
        if (hasBytes(x)) {
          f = 1;
          b[p++] = 10;
          p = writeBytes(x, b, p);
        }
      }
      Enum
      if (p + 11 > b.length) throw full;
      {
        const x = m.a;
        if (x !== 0) {
          f = 1;
          b[p++] = 8;
          if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);
        }
      }"
    `);
  });

  it.each(types)("writes every %s that is set, if the field is optional", (type) => {
    const { create, read, write } = messageCode(optional, `M_${type}`);
    const other = messageCode(implicit, `M_${type}`);
    expect(create).toBe("");
    expect(read).toBe(other.read);
    expect(other.write).toMatch(/^ {2}if \(.+\) \{$/m);
    expect(write).toBe(other.write.replace(/^ {2}if \(.+\) \{$/m, "  if (x !== undefined) {"));
  });
});
