import { describe, expect, it } from "vitest";
import {
  fileOf,
  functionCode,
  importsOf,
  linesWith,
  messageCode,
} from "../../support/codegen/excerpt.js";
import { compile, requestFor, run } from "../../support/codegen/generate.js";

const files = ["any", "duration", "empty", "field_mask", "struct", "timestamp", "wrappers"];

/** The codec of a message with fields of the well-known types. */
function withWellKnown(fields: string, parameter = "target=ts,import_extension=js"): string {
  const imports = files.map((name) => `import "google/protobuf/${name}.proto";`).join("\n");
  const text = `syntax = "proto3"; package t; ${imports} message M { ${fields} }`;
  return fileOf(run(requestFor(compile({ "t.proto": text }), parameter)), "t_codec.ts");
}

function codeOf(fields: string): string {
  const { create, read, write } = messageCode(withWellKnown(fields), "M");
  return [create, read, write].filter((part) => part !== "").join("\n---\n");
}

describe("the code of a google.protobuf.Struct", () => {
  it("reads and writes a JSON object", () => {
    expect(codeOf("google.protobuf.Struct a = 1;")).toMatchInlineSnapshot(`
      "case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        {
          const x = readJsonObject(m.a, b, v, p, p + n, d + 1);
          m.a = x;
        }
        p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const x = m.a;
        if (x !== undefined) {
          f = 1;
          b[p++] = 10;
          p = closeLength(b, p + 1, writeJsonObject(x, b, v, p + 1, d + 1));
        }
      }"
    `);
  });

  it("reads and writes JSON objects in a list, in a map and in a oneof", () => {
    expect(codeOf("repeated google.protobuf.Struct a = 1;")).toMatchInlineSnapshot(`
      "a: [],
      ---
      case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        {
          const x = readJsonObject(undefined, b, v, p, p + n, d + 1);
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
          p = closeLength(b, p + 1, writeJsonObject(x, b, v, p + 1, d + 1));
        }
        i = undefined;
      }"
    `);
    const text = withWellKnown(
      "map<string, google.protobuf.Struct> a = 1; oneof o { google.protobuf.Struct b = 2; }",
    );
    expect(linesWith(functionCode(text, "readEntry_M_a"), /x/)).toMatchInlineSnapshot(`
      "let x: any = undefined;
      x = readJsonObject(x, b, v, p, p + n, d);
      if (x === undefined) x = {};
      setEntry(o, k, x);"
    `);
    expect(linesWith(messageCode(text, "M").read, /x|b"/)).toMatchInlineSnapshot(`
      "const x = readJsonObject(m.o.case === "b" ? m.o.value : undefined, b, v, p, p + n, d + 1);
      m.o = { case: "b", value: x };"
    `);
    expect(linesWith(messageCode(text, "M").write, /\bx\b/)).toMatchInlineSnapshot(`
      "const x = o[k]!;
      p = closeLength(b, p + 1, writeJsonObject(x, b, v, p + 1, d + 1));
      const x = x0;
      p = closeLength(b, p + 1, writeJsonObject(x, b, v, p + 1, d + 1));"
    `);
    expect(importsOf(text)).not.toContain("wkt");
  });
});

describe("the code of a wrapper", () => {
  it("reads and writes the bare value of a single field", () => {
    expect(codeOf("google.protobuf.Int64Value a = 1;")).toMatchInlineSnapshot(`
      "case 10:
        n = b[p++]!; if (n > 127) { n = readLength(b, p - 1, e); p = after(); } else if (n > e - p) truncated(p - 1);
        {
          const x = create_Int64Value();
          if (m.a !== undefined) x.value = m.a;
          read_Int64Value(x, b, v, p, p + n, d + 1);
          m.a = x.value;
        }
        p += n;
        break;
      ---
      if (p + 10 > b.length) throw full;
      {
        const x = m.a;
        if (x !== undefined) {
          f = 1;
          b[p++] = 10;
          p = closeLength(b, p + 1, write_Int64Value({ $typeName: "google.protobuf.Int64Value", value: x }, b, v, p + 1, d + 1));
        }
      }"
    `);
  });

  it.each([
    "BoolValue",
    "BytesValue",
    "DoubleValue",
    "FloatValue",
    "Int32Value",
    "Int64Value",
    "StringValue",
    "UInt32Value",
    "UInt64Value",
  ])("is the same for %s", (name) => {
    const code = codeOf("google.protobuf.Int64Value a = 1;");
    expect(codeOf(`google.protobuf.${name} a = 1;`)).toBe(code.replaceAll("Int64Value", name));
  });

  it("has a message in a list, in a map and in a oneof", () => {
    const text = withWellKnown(`
      repeated google.protobuf.StringValue a = 1; map<string, google.protobuf.BoolValue> b = 2;
      oneof o { google.protobuf.BytesValue c = 3; }`);
    const { read, write } = messageCode(text, "M");
    expect(linesWith(read, /Value|push/)).toMatchInlineSnapshot(`
      "const x = create_StringValue();
      read_StringValue(x, b, v, p, p + n, d + 1);
      m.a.push(x);
      if (x === undefined) m.o = { case: "c", value: x = create_BytesValue() };
      read_BytesValue(x, b, v, p, p + n, d + 1);"
    `);
    expect(linesWith(functionCode(text, "readEntry_M_b"), /Value/)).toMatchInlineSnapshot(`
      "if (x === undefined) x = create_BoolValue();
      read_BoolValue(x, b, v, p, p + n, d);
      if (x === undefined) x = create_BoolValue();"
    `);
    expect(linesWith(write, /Value/)).toMatchInlineSnapshot(`
      "p = closeLength(b, p + 1, write_StringValue(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_BoolValue(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_BytesValue(x, b, v, p + 1, d + 1));"
    `);
  });
});

describe("the code of the other well-known types", () => {
  it("is that of any message, with the functions of the runtime", () => {
    const text = withWellKnown(`
      google.protobuf.Timestamp a = 1; google.protobuf.Duration b = 2; google.protobuf.Any c = 3;
      google.protobuf.Empty d = 4; google.protobuf.FieldMask e = 5; google.protobuf.Value f = 6;
      google.protobuf.ListValue g = 7; google.protobuf.NullValue h = 8;`);
    const { create, read, write } = messageCode(text, "M");
    expect(create).toMatchInlineSnapshot(`"h: 0,"`);
    expect(linesWith(read, /= create_|m\.h/)).toMatchInlineSnapshot(`
      "if (x === undefined) m.a = x = create_Timestamp();
      if (x === undefined) m.b = x = create_Duration();
      if (x === undefined) m.c = x = create_Any();
      if (x === undefined) m.d = x = create_Empty();
      if (x === undefined) m.e = x = create_FieldMask();
      if (x === undefined) m.f = x = create_Value();
      if (x === undefined) m.g = x = create_ListValue();
      if (b[p]! < 128) m.h = b[p++]!; else { m.h = readVarint(b, p); p = after(); }"
    `);
    expect(linesWith(write, /write/)).toMatchInlineSnapshot(`
      "p = closeLength(b, p + 1, write_Timestamp(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_Duration(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_Any(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_Empty(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_FieldMask(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_Value(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_ListValue(x, b, v, p + 1, d + 1));
      if (typeof x === "number" && x === (x & 127)) b[p++] = x; else p = writeInt32(x, b, p);"
    `);
    expect(linesWith(importsOf(text), /wkt/)).toMatchInlineSnapshot(
      `"import { create_Any, create_Duration, create_Empty, create_FieldMask, create_ListValue, create_Timestamp, create_Value, read_Any, read_Duration, read_Empty, read_FieldMask, read_ListValue, read_Timestamp, read_Value, write_Any, write_Duration, write_Empty, write_FieldMask, write_ListValue, write_Timestamp, write_Value } from "@concord/contracts/wire/wkt";"`,
    );
  });

  it("imports the functions from the given runtime", () => {
    const text = withWellKnown("google.protobuf.Empty a = 1;", "target=ts,runtime=#wire");
    expect(importsOf(text)).toMatchInlineSnapshot(`
      "import type { M } from "./t_pb";
      import { after, closeLength, createCodec, enterMessage, full, readLength, readTag, readUnknown, tooDeep, truncated, within, writeUnknown, wrongMessage } from "#wire/internal";
      import { create_Empty, read_Empty, write_Empty } from "#wire/wkt";
      import type { Codec } from "#wire";"
    `);
  });
});

describe("the codecs of the well-known types themselves", () => {
  /** The codec of a well-known file, generated like that of any other file. */
  function codecOf(name: string): string {
    const text = `syntax = "proto3"; import "google/protobuf/${name}.proto"; message M {}`;
    const request = requestFor(compile({ "t.proto": text }), "target=ts,runtime=#wire");
    const outputs = run({ ...request, fileToGenerate: [`google/protobuf/${name}.proto`] });
    expect(Object.keys(outputs)).toEqual([`google/protobuf/${name}_codec.ts`]);
    return fileOf(outputs, `google/protobuf/${name}_codec.ts`);
  }

  it("import their types from protobuf-es, and each other from beside them", () => {
    expect(linesWith(importsOf(codecOf("type")), /wkt|\.\//)).toMatchInlineSnapshot(`
      "import type { Enum, EnumValue, Field, Option, Type } from "@bufbuild/protobuf/wkt";
      import { create_SourceContext, read_SourceContext, write_SourceContext } from "./source_context_codec";
      import { create_Any, read_Any, write_Any } from "./any_codec";"
    `);
  });

  it("have no bare objects in a google.protobuf.Value, as protobuf-es has none there", () => {
    const text = codecOf("struct");
    expect(linesWith(messageCode(text, "Value").read, /create_|JsonObject/)).toMatchInlineSnapshot(`
      "if (x === undefined) m.kind = { case: "structValue", value: x = create_Struct() };
      if (x === undefined) m.kind = { case: "listValue", value: x = create_ListValue() };"
    `);
    expect(linesWith(messageCode(text, "Value").write, /Struct|JsonObject/)).toMatchInlineSnapshot(
      `"p = closeLength(b, p + 1, write_Struct(x, b, v, p + 1, d + 1));"`,
    );
  });
});
