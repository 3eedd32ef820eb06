import { create } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { fileOf } from "../support/codegen/excerpt.js";
import { type Outputs, requestFor, run } from "../support/codegen/generate.js";

/** Names that become code unless they are refused or quoted. */
const hostile = [
  'a"];process.exit()//',
  "a';throw 1//",
  "`${" + "throw_}`",
  "a*/throw/*",
  "a\u2028throw",
  "a\nthrow",
  "%after",
  "a$b",
  "a b",
  "ä",
];

interface Names {
  file?: string;
  package?: string;
  message?: string;
  nested?: string;
  field?: string;
  oneof?: string;
  enum?: string;
}

/** A file with these names, as no compiler would make it. */
function fileWith(names: Names): FileDescriptorProto {
  return create(FileDescriptorProtoSchema, {
    name: names.file ?? "a.proto",
    package: names.package ?? "t",
    syntax: "proto3",
    messageType: [
      {
        name: names.message ?? "M",
        field: [
          { name: names.field ?? "a", number: 1, type: 5, label: 1 },
          { name: "b", number: 2, type: 9, label: 1, oneofIndex: 0 },
        ],
        oneofDecl: [{ name: names.oneof ?? "o" }],
        nestedType: [{ name: names.nested ?? "N" }],
      },
    ],
    enumType: [{ name: names.enum ?? "E", value: [{ name: "E_0" }] }],
  });
}

/** The codecs of files made by hand. */
function generate(files: FileDescriptorProto[], target = "ts"): Outputs {
  return run(requestFor(files, `target=${target},import_extension=js`));
}

const plain = fileOf(generate([fileWith({})]), "a_codec.ts");

describe("a name that no compiler accepts is refused", () => {
  const kinds = ["message", "nested", "field", "oneof", "enum"] as const;
  const cases = kinds.flatMap((kind) =>
    [...hostile, "a.b", "", "1a"].map((name) => [kind, name] as const),
  );

  it.each(cases)("%s %j", (kind, name) => {
    const said = kind === "nested" ? "message" : kind;
    expect(() => generate([fileWith({ [kind]: name })])).toThrow(
      new Error(`a.proto: invalid ${said} name ${JSON.stringify(name)}`),
    );
  });

  it.each([...hostile, "1a", "a.1", ".a", "a.", "a..b", "."])("package %j", (name) => {
    const files = [fileWith({ package: name })];
    const text = `a.proto: invalid package name ${JSON.stringify(name)}`;
    for (const target of ["ts", "js", "dts"]) {
      expect(() => generate(files, target)).toThrow(new Error(text));
    }
    const importing = fileWith({ file: "b.proto", package: "u" });
    importing.dependency = ["a.proto"];
    const request = requestFor([...files, importing], "target=ts");
    expect(() => run({ ...request, fileToGenerate: ["b.proto"] })).toThrow(new Error(text));
  });

  it("but no package at all is not a name", () => {
    expect(fileOf(generate([fileWith({ package: "" })]), "a_codec.ts")).toContain(
      'createCodec("M.N", create_M_N,',
    );
  });
});

describe("the name of a file", () => {
  it.each([
    "",
    "/a.proto",
    "../a.proto",
    "a/../../b.proto",
    "./a.proto",
    "a//b.proto",
    "a/",
    "a\\b.proto",
    "a\nthrow 1.proto",
    "a\u2028throw 1.proto",
    "a\0.proto",
    "a?b.proto",
    "a#b.proto",
    "a%2fb.proto",
  ])("is refused if its codec would be elsewhere: %j", (file) => {
    expect(() => generate([fileWith({ file })])).toThrow(
      new Error(
        `invalid file name ${JSON.stringify(file)}: it must be a relative path without empty parts, ".", "..", line ends, control characters, and \\ ? # %`,
      ),
    );
  });

  it("is refused if another file has the same codec file", () => {
    const files = [fileWith({ file: "x/a.proto" }), fileWith({ file: "x/a", package: "u" })];
    expect(() => generate(files)).toThrow(
      new Error("x/a: x/a.proto has the same generated file, x/a_codec"),
    );
  });

  it.each([
    'a";throw 1;".proto',
    "a';throw 1;'.proto",
    "`${" + "throw_()}`.proto",
    "a*/throw 1/*/b.proto",
    "b.txt",
    "constructor.proto",
    "__proto__",
    "a].proto",
    'x, A } from "y.proto',
    "ä b.proto",
  ])("is only in strings and comments: %j", (file) => {
    const path = `${file.replace(/\.proto$/, "")}_codec.ts`;
    expect(tokensOf(fileOf(generate([fileWith({ file })]), path))).toEqual(tokensOf(plain));
  });
});

describe("a type that is defined twice is refused", () => {
  it.each([
    ["in a file", [{ message: "E" }], "a.proto: t.E is already defined in a.proto"],
    ["in two files", [{}, { file: "b.proto" }], "b.proto: t.M is already defined in a.proto"],
    [
      "as a package and as a message",
      [{}, { file: "b.proto", package: "t.M", message: "N" }],
      "b.proto: t.M.N is already defined in a.proto",
    ],
  ])("%s", (_, names, text) => {
    expect(() => generate(names.map(fileWith))).toThrow(new Error(text));
  });
});

/** The tokens of a file. Comments are none, and all string literals are the same. */
function tokensOf(text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, text);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    tokens.push(kind === ts.SyntaxKind.StringLiteral ? "string" : scanner.getTokenText());
  }
  return tokens;
}
