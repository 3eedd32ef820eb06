import { describe, expect, it } from "vitest";
import { codecOf, functionCode, linesWith, messageCode } from "../../support/codegen/excerpt.js";

describe("a tag", () => {
  it("is written in as many bytes as the field number needs", () => {
    const numbers = [1, 15, 16, 2047, 2048, 262_143, 262_144, 33_554_431, 33_554_432, 536_870_911];
    const fields = numbers.map((number) => `bool f${number} = ${number};`).join(" ");
    const { read, write } = messageCode(codecOf(`message M { ${fields} }`), "M");
    expect(linesWith(read, /^case/)).toMatchInlineSnapshot(`
      "case 8:
      case 120:
      case 128:
      case 16376:
      case 16384:
      case 2097144:
      case 2097152:
      case 268435448:
      case 268435456:
      case 4294967288:"
    `);
    expect(linesWith(write, /^b\[p\+\+\] =/)).toMatchInlineSnapshot(`
      "b[p++] = 8;
      b[p++] = 120;
      b[p++] = 128; b[p++] = 1;
      b[p++] = 248; b[p++] = 127;
      b[p++] = 128; b[p++] = 128; b[p++] = 1;
      b[p++] = 248; b[p++] = 255; b[p++] = 127;
      b[p++] = 128; b[p++] = 128; b[p++] = 128; b[p++] = 1;
      b[p++] = 248; b[p++] = 255; b[p++] = 255; b[p++] = 127;
      b[p++] = 128; b[p++] = 128; b[p++] = 128; b[p++] = 128; b[p++] = 1;
      b[p++] = 248; b[p++] = 255; b[p++] = 255; b[p++] = 255; b[p++] = 15;"
    `);
    expect(linesWith(write, /full/)).toMatchInlineSnapshot(`"if (p + 40 > b.length) throw full;"`);
  });
});

describe("a run of fields", () => {
  it("checks the room once for all fields up to the next value of variable length", () => {
    const { write } = messageCode(
      codecOf(`message M {
        bool a = 1; fixed32 b = 2; double c = 16; string d = 17; uint32 e = 2048; bytes f = 2049;
        int32 g = 2050;
      }`),
      "M",
    );
    expect(linesWith(write, /full|const/)).toMatchInlineSnapshot(`
      "if (p + 27 > b.length) throw full;
      const x = m.a;
      const x = m.b;
      const x = m.c;
      const x = m.d;
      if (p + 18 > b.length) throw full;
      const x = m.e;
      const x = m.f;
      if (p + 13 > b.length) throw full;
      const x = m.g;"
    `);
  });
});

describe("a message of more than 200 fields", () => {
  it("is written by several functions", () => {
    const fields = Array.from({ length: 401 }, (_, index) => `bool f${index + 1} = ${index + 1};`);
    const text = codecOf(`message M { ${fields.join(" ")} oneof o { string g = 402; } }`);
    expect(functionCode(text, "write_M")).toMatchInlineSnapshot(`
      "export function write_M(m: M, b: Uint8Array, v: DataView, p: number, d: number): number {
        let f = 0;
        let i: number | string | undefined;
        if (m?.$typeName !== "t.M") wrongMessage("t.M", m);
        if (d > 100) tooDeep();
        try {
          const c0 = checkOneof(m.o, "o").case;
          switch (c0) {
            case undefined: case "g": break;
            default: wrongCase("o", c0);
          }
          p = writePart0_M(m, b, v, p, d);
          p = writePart1_M(m, b, v, p, d);
          p = writePart2_M(m, b, v, p, d);
          f = 0;
          const u = m.$unknown;
          if (u !== undefined) p = writeUnknown(u, b, p, d);
          return p;
        } catch (thrown) {
          throw within(thrown, fields_M[f], i);
        }
      }"
    `);
    const parts = [0, 1, 2].map((part) => {
      const code = functionCode(text, `writePart${part}_M`);
      return `${code.split("\n", 3).join("\n")}\n${linesWith(code, /f = [1-9]/)}`.split("\n");
    });
    expect(parts.map((lines) => lines.length - 3)).toEqual([200, 200, 2]);
    const shown = parts.map((lines) => [...lines.slice(0, 4), ...lines.slice(-1)].join("\n"));
    expect(shown.join("\n")).toMatchInlineSnapshot(`
      "function writePart0_M(m: M, b: Uint8Array, _v: DataView, p: number, _d: number): number {
        let f = 0;
        let i: number | string | undefined;
      f = 1;
      f = 200;
      function writePart1_M(m: M, b: Uint8Array, _v: DataView, p: number, _d: number): number {
        let f = 0;
        let i: number | string | undefined;
      f = 201;
      f = 400;
      function writePart2_M(m: M, b: Uint8Array, _v: DataView, p: number, _d: number): number {
        let f = 0;
        let i: number | string | undefined;
      f = 401;
      f = 402;"
    `);
  });
});
