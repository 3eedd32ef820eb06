import { describe, expect, it } from "vitest";
import {
  codecOf,
  fileOf,
  functionCode,
  importsOf,
  linesWith,
  messageCode,
} from "../support/codegen/excerpt.js";
import { generate } from "../support/codegen/generate.js";

describe("the name of a field", () => {
  it("has a dollar sign if every object already has a property of that name", () => {
    const text = codecOf(
      "message M { int32 constructor = 1; repeated M to_string = 2; oneof to_json { int32 value_of = 3; } }",
    );
    const { create, read, write } = messageCode(text, "M");
    expect(create).toMatchInlineSnapshot(`
      "constructor$: 0,
      toString$: [],
      toJson: { case: undefined },"
    `);
    expect(linesWith(read, /m\./)).toMatchInlineSnapshot(`
      "if (b[p]! < 128) m.constructor$ = b[p++]!; else { m.constructor$ = readVarint(b, p); p = after(); }
      m.toString$.push(x);
      if (b[p]! < 128) m.toJson = { case: "valueOf", value: b[p++]! }; else { m.toJson = { case: "valueOf", value: readVarint(b, p) }; p = after(); }"
    `);
    expect(linesWith(write, /m\./)).toMatchInlineSnapshot(`
      "const { case: c0, value: x0 } = checkOneof(m.toJson, "to_json");
      const x = m.constructor$;
      const l = m.toString$;"
    `);
    expect(linesWith(text, /fields_M[ :]/)).toMatchInlineSnapshot(
      `"const fields_M: Record<number, string | undefined> = ["", "constructor", "to_string", "value_of"];"`,
    );
  });

  it("is in quotes if it is not an identifier", () => {
    const text = codecOf(
      "message M { int32 _1 = 1; repeated M _2 = 2; map<string, int32> _3 = 3; oneof _4 { int32 _5 = 5; } optional M __6 = 6; }",
    );
    const { create, read, write } = messageCode(text, "M");
    expect(create).toMatchInlineSnapshot(`
      ""1": 0,
      "2": [],
      "3": {},
      "4": { case: undefined },"
    `);
    expect(linesWith(read, /m[.[]/)).toMatchInlineSnapshot(`
      "if (b[p]! < 128) m["1"] = b[p++]!; else { m["1"] = readVarint(b, p); p = after(); }
      m["2"].push(x);
      readEntry_M_3(m["3"], b, v, p, p + n, d + 1);
      if (b[p]! < 128) m["4"] = { case: "5", value: b[p++]! }; else { m["4"] = { case: "5", value: readVarint(b, p) }; p = after(); }
      let x = m["6"];
      if (x === undefined) m["6"] = x = create_M();"
    `);
    expect(linesWith(write, /m[.[]/)).toMatchInlineSnapshot(`
      "const { case: c0, value: x0 } = checkOneof(m["4"], "_4");
      const x = m["1"];
      const l = m["2"];
      const o = m["3"];
      const x = m["6"];"
    `);
    expect(linesWith(text, /^(?:const|function) /)).toMatchInlineSnapshot(`
      "const fields_M: Record<number, string | undefined> = ["", "_1", "_2", "_3", "", "_5", "__6"];
      function readEntry_M_3(o: any, b: Uint8Array, v: DataView, p: number, e: number, d: number): void {
      function step_M(m: M, t: number): number | undefined {
      const x = create_M();
      const keys_M_3 = /*@__PURE__*/ createKeyCache();
      const { case: c0, value: x0 } = checkOneof(m["4"], "_4");
      const x = m["1"];
      const l = m["2"];
      const c = listLength(l);
      const x = l[i]!;
      const o = m["3"];
      const inherits = checkMap(o);
      const s = ++p;
      const x = o[k]!;
      const x = x0;
      const x = m["6"];
      const u = m.$unknown;"
    `);
  });

  it("may be the name of a parameter or a variable", () => {
    const names = ["m", "b", "v", "p", "e", "d", "t", "n", "f", "i", "x"];
    const fields = names.map((name, index) => `int32 ${name} = ${index + 1};`);
    const text = codecOf(`message M { ${fields.join(" ")} }`);
    expect(linesWith(text, /^export function|^let /)).toMatchInlineSnapshot(`
      "export function create_M(): M {
      export function read_M(m: M, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      let t = 0;
      export function write_M(m: M, b: Uint8Array, _v: DataView, p: number, d: number): number {
      let f = 0;
      let i: number | string | undefined;"
    `);
    const { read } = messageCode(text, "M");
    const plain = names.map((_, index) => `int32 f${index + 1} = ${index + 1};`);
    const other = messageCode(codecOf(`message M { ${plain.join(" ")} }`), "M").read;
    expect(read).toBe(
      other.replaceAll(/m\.f(\d+)/g, (_, number) => `m.${names[Number(number) - 1]}`),
    );
  });
});

describe("the name of a message", () => {
  it("has a dollar sign in its type if it is reserved, as in protobuf-es", () => {
    const text = codecOf(
      "message class { delete d = 1; } message delete {} message Uint8Array { Object o = 1; } message Object {}",
    );
    expect(linesWith(importsOf(text), /_pb/)).toMatchInlineSnapshot(
      `"import type { class$, delete$, Object$, Uint8Array$ } from "./t_pb.js";"`,
    );
    expect(linesWith(text, /^export const/)).toMatchInlineSnapshot(`
      "export const classCodec: Codec<class$> = /*@__PURE__*/ createCodec("t.class", create_class, read_class, write_class);
      export const deleteCodec: Codec<delete$> = /*@__PURE__*/ createCodec("t.delete", create_delete, read_delete, write_delete);
      export const Uint8ArrayCodec: Codec<Uint8Array$> = /*@__PURE__*/ createCodec("t.Uint8Array", create_Uint8Array, read_Uint8Array, write_Uint8Array);
      export const ObjectCodec: Codec<Object$> = /*@__PURE__*/ createCodec("t.Object", create_Object, read_Object, write_Object);"
    `);
    expect(linesWith(functionCode(text, "write_class"), /delete|class/)).toMatchInlineSnapshot(`
      "export function write_class(m: class$, b: Uint8Array, v: DataView, p: number, d: number): number {
      if (m?.$typeName !== "t.class") wrongMessage("t.class", m);
      p = closeLength(b, p + 1, write_delete(x, b, v, p + 1, d + 1));
      throw within(thrown, fields_class[f], i);"
    `);
  });

  it("may be the name of a global or a runtime function: its type then gets an alias", () => {
    const text =
      codecOf(`message Array { repeated DataView v = 1; } message DataView {} message Record {}
      message String { map<int32, String> s = 1; } message Codec {} message createCodec {} message full {}`);
    expect(linesWith(importsOf(text), /_pb|type/)).toMatchInlineSnapshot(`
      "import type { Array, Codec as Codec$1, createCodec as createCodec$1, DataView as DataView$1, full as full$1, Record as Record$1, String as String$1 } from "./t_pb.js";
      import type { Codec } from "@concord/contracts/wire";"
    `);
    expect(linesWith(importsOf(text), /createCodec/)).toMatchInlineSnapshot(`
      "import type { Array, Codec as Codec$1, createCodec as createCodec$1, DataView as DataView$1, full as full$1, Record as Record$1, String as String$1 } from "./t_pb.js";
      import { after, checkMap, closeLength, countElement, createCodec, enterMessage, full, isOwn, listLength, numberKey, readLength, readTag, readUnknown, readVarint, setEntry, skip, tooDeep, truncated, within, writeInt32, writeUnknown, wrongMessage } from "@concord/contracts/wire/internal";"
    `);
    expect(linesWith(text, /^const fields|^export (?:function read|const)/)).toMatchInlineSnapshot(`
      "const fields_Array: Record<number, string | undefined> = ["", "v"];
      export function read_Array(m: Array, b: Uint8Array, v: DataView, p: number, e: number, d: number): void {
      export const ArrayCodec: Codec<Array> = /*@__PURE__*/ createCodec("t.Array", create_Array, read_Array, write_Array);
      const fields_DataView: Record<number, string | undefined> = [""];
      export function read_DataView(m: DataView$1, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      export const DataViewCodec: Codec<DataView$1> = /*@__PURE__*/ createCodec("t.DataView", create_DataView, read_DataView, write_DataView);
      const fields_Record: Record<number, string | undefined> = [""];
      export function read_Record(m: Record$1, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      export const RecordCodec: Codec<Record$1> = /*@__PURE__*/ createCodec("t.Record", create_Record, read_Record, write_Record);
      const fields_String: Record<number, string | undefined> = ["", "s"];
      export function read_String(m: String$1, b: Uint8Array, v: DataView, p: number, e: number, d: number): void {
      export const StringCodec: Codec<String$1> = /*@__PURE__*/ createCodec("t.String", create_String, read_String, write_String);
      const fields_Codec: Record<number, string | undefined> = [""];
      export function read_Codec(m: Codec$1, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      export const CodecCodec: Codec<Codec$1> = /*@__PURE__*/ createCodec("t.Codec", create_Codec, read_Codec, write_Codec);
      const fields_createCodec: Record<number, string | undefined> = [""];
      export function read_createCodec(m: createCodec$1, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      export const createCodecCodec: Codec<createCodec$1> = /*@__PURE__*/ createCodec("t.createCodec", create_createCodec, read_createCodec, write_createCodec);
      const fields_full: Record<number, string | undefined> = [""];
      export function read_full(m: full$1, b: Uint8Array, _v: DataView, p: number, e: number, d: number): void {
      export const fullCodec: Codec<full$1> = /*@__PURE__*/ createCodec("t.full", create_full, read_full, write_full);"
    `);
    expect(linesWith(functionCode(text, "write_Array"), /full|isArray/)).toMatchInlineSnapshot(`
      "if (p + 10 > b.length) throw full;
      if (p + 10 > b.length) throw full;"
    `);
    expect(linesWith(functionCode(text, "readEntry_String_s"), /setEntry/)).toMatchInlineSnapshot(
      `"setEntry(o, String(k), x);"`,
    );
  });

  it("has a dollar sign if another message of the file has the same name", () => {
    const text = codecOf("message A { message B {} } message A_B { A.B one = 1; A_B other = 2; }");
    expect(linesWith(text, /^export const/)).toMatchInlineSnapshot(`
      "export const ACodec: Codec<A> = /*@__PURE__*/ createCodec("t.A", create_A, read_A, write_A);
      export const A_BCodec: Codec<A_B> = /*@__PURE__*/ createCodec("t.A.B", create_A_B, read_A_B, write_A_B);
      export const A_B$Codec: Codec<A_B$> = /*@__PURE__*/ createCodec("t.A_B", create_A_B$, read_A_B$, write_A_B$);"
    `);
    expect(linesWith(importsOf(text), /_pb/)).toMatchInlineSnapshot(
      `"import type { A, A_B, A_B$ } from "./t_pb.js";"`,
    );
    expect(linesWith(functionCode(text, "write_A_B$"), /write_/)).toMatchInlineSnapshot(`
      "export function write_A_B$(m: A_B$, b: Uint8Array, v: DataView, p: number, d: number): number {
      p = closeLength(b, p + 1, write_A_B(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_A_B$(x, b, v, p + 1, d + 1));"
    `);
  });

  it("may be the name of a message in another file", () => {
    const outputs = generate({
      "a.proto":
        'syntax = "proto3"; package a; import "b.proto"; message M { b.M one = 1; M other = 2; }',
      "b.proto": 'syntax = "proto3"; package b; message M {}',
    });
    const text = fileOf(outputs, "a_codec.ts");
    expect(linesWith(importsOf(text), /b_/)).toMatchInlineSnapshot(
      `"import { create_M as create_M$1, read_M as read_M$1, write_M as write_M$1 } from "./b_codec.js";"`,
    );
    expect(linesWith(text, /[^.\w](?:create|write)_M/)).toMatchInlineSnapshot(`
      "import { create_M as create_M$1, read_M as read_M$1, write_M as write_M$1 } from "./b_codec.js";
      export function create_M(): M {
      if (x === undefined) m.one = x = create_M$1();
      if (x === undefined) m.other = x = create_M();
      export function write_M(m: M, b: Uint8Array, v: DataView, p: number, d: number): number {
      p = closeLength(b, p + 1, write_M$1(x, b, v, p + 1, d + 1));
      p = closeLength(b, p + 1, write_M(x, b, v, p + 1, d + 1));
      export const MCodec: Codec<M> = /*@__PURE__*/ createCodec("a.M", create_M, read_M, write_M);"
    `);
  });
});
