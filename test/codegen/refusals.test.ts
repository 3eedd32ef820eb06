import { create } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { compile, generate, requestFor, run, type Sources } from "../support/codegen/generate.js";

/** The names of messages for which only JavaScript can be generated. */
const noTypes = "any as await infer keyof never readonly symbol undefined unique unknown".split(
  " ",
);

/** The error text for these files. */
function refusalOf(
  sources: Sources | FileDescriptorProto[],
  parameter = "target=ts",
  only?: string,
): string {
  const request = requestFor(Array.isArray(sources) ? sources : compile(sources), parameter);
  let names: string[];
  try {
    names = Object.keys(run(only === undefined ? request : { ...request, fileToGenerate: [only] }));
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error(`nothing was refused, but written: ${names}`);
}

function inProto3(declarations: string): Sources {
  return { "a/b.proto": `syntax = "proto3"; package t; ${declarations}` };
}

const supported = "protoc-gen-es-codec supports proto3 files";

describe("a file that is not proto3 is refused", () => {
  it.each([
    ["proto2", 'syntax = "proto2"; message M { optional int32 a = 1; }', "is proto2"],
    ["proto2 without saying so", "message M { required int32 a = 1 [default = 7]; }", "is proto2"],
    ["a group", 'syntax = "proto2"; message M { optional group G = 1 { } }', "is proto2"],
    [
      "an extension",
      'syntax = "proto2"; message M { extensions 1; } extend M { optional int32 a = 1; }',
      "is proto2",
    ],
    [
      "a message set",
      'syntax = "proto2"; message M { option message_set_wire_format = true; extensions 4 to max; }',
      "is proto2",
    ],
    ["edition 2023", 'edition = "2023"; message M { int32 a = 1; }', "is an edition of protobuf"],
    ["edition 2024", 'edition = "2024"; message M { int32 a = 1; }', "is an edition of protobuf"],
    [
      "edition 2023 that behaves like proto3",
      'edition = "2023"; option features.field_presence = IMPLICIT; message M { int32 a = 1; }',
      "is an edition of protobuf",
    ],
    [
      "a group of an edition",
      'edition = "2023"; message M { M a = 1 [features.message_encoding = DELIMITED]; }',
      "is an edition of protobuf",
    ],
  ])("with its name and its syntax: %s", (_, text, reason) => {
    expect(refusalOf({ "a/b.proto": text })).toBe(`a/b.proto ${reason}; ${supported}`);
  });

  it("unless it has no messages", () => {
    expect(generate({ "a.proto": 'syntax = "proto2"; enum E { A = 1; }' })).toEqual({});
    expect(generate({ "a.proto": 'edition = "2023"; enum E { A = 0; }' })).toEqual({});
  });

  it("also if other files are proto3", () => {
    const sources = { ...inProto3("message M {}"), "c.proto": 'syntax = "proto2"; message N {}' };
    expect(refusalOf(sources)).toBe(`c.proto is proto2; ${supported}`);
  });
});

describe("a field whose type is in a file that is not proto3 is refused", () => {
  it.each([
    "old.Old a = 1;",
    "repeated old.Old a = 1;",
    "map<string, old.Old> a = 1;",
    "oneof o { old.Old a = 1; }",
  ])("with the names of both: %s", (field) => {
    const sources = {
      "old.proto": 'syntax = "proto2"; package old; message Old {}',
      ...inProto3(`import "old.proto"; message M { message N { ${field} } }`),
    };
    expect(refusalOf(sources, "target=ts", "a/b.proto")).toBe(
      `a/b.proto has the field t.M.N.a, whose type old.Old is proto2; ${supported}`,
    );
  });

  it.each(["new.Kind kind = 1;", "map<string, new.Kind> kind = 1;"])("enums too: %s", (field) => {
    const sources = {
      "new.proto": 'edition = "2023"; package new; enum Kind { ONE = 0; }',
      ...inProto3(`import "new.proto"; message M { ${field} }`),
    };
    expect(refusalOf(sources, "target=ts", "a/b.proto")).toBe(
      `a/b.proto has the field t.M.kind, whose type new.Kind is an edition of protobuf; ${supported}`,
    );
  });
});

describe("members with the same JavaScript name are refused", () => {
  it.each([
    ["foo_bar", "fooBar", "fooBar"],
    ["a1", "a_1", "a1"],
    ["a_b", "a__b", "aB"],
  ])("%s and %s", (one, other, property) => {
    for (const fields of ["int32 x = 1; int32 y = 2;", "oneof o { int32 x = 1; int32 y = 2; }"]) {
      const request = requestFor(compile(inProto3(`message M { ${fields} }`)), "target=ts");
      // Compilers reject two fields with the same JSON name, but a plugin may be called by another program.
      const [x, y] = request.protoFile[0]?.messageType[0]?.field ?? [];
      if (x !== undefined) x.name = one;
      if (y !== undefined) y.name = other;
      expect(() => run(request)).toThrow(
        new Error(`a/b.proto: ${one} and ${other} of t.M are both "${property}" in JavaScript`),
      );
    }
  });

  it("a field and a oneof too", () => {
    expect(refusalOf(inProto3("message M { int32 a_b = 1; oneof aB { int32 c = 2; } }"))).toBe(
      'a/b.proto: a_b and aB of t.M are both "aB" in JavaScript',
    );
  });
});

describe("an optional field is refused if every object has a property of its name", () => {
  it.each([
    ["optional int32 has_own_property = 1;", "has_own_property", "hasOwnProperty"],
    ["optional string isPrototypeOf = 1;", "isPrototypeOf", "isPrototypeOf"],
    ["M to_locale_string = 1;", "to_locale_string", "toLocaleString"],
    ["optional M propertyIsEnumerable = 1;", "propertyIsEnumerable", "propertyIsEnumerable"],
  ])("%s", (field, name, property) => {
    expect(refusalOf(inProto3(`message M { ${field} }`))).toBe(
      `a/b.proto: ${name} of t.M is optional, but every JavaScript object has ${property}`,
    );
  });

  it("but not a field that is always set, and not one whose property has a dollar sign", () => {
    const fields = `int32 has_own_property = 1; repeated M is_prototype_of = 2;
      map<string, M> to_locale_string = 3; oneof o { M property_is_enumerable = 4; }
      optional int32 constructor = 5; M to_string = 6; optional M value_of = 7;`;
    expect(Object.keys(generate(inProto3(`message M { ${fields} }`)))).toEqual(["a/b_codec.ts"]);
  });
});

describe("a name that is not valid in TypeScript is refused", () => {
  /** A file with one message and one enum, one of which gets another name. */
  function files(
    part: (file: FileDescriptorProto) => { name: string } | undefined,
    name: string,
  ): FileDescriptorProto[] {
    const file = create(FileDescriptorProtoSchema, {
      name: "a/b.proto",
      package: "t",
      syntax: "proto3",
      messageType: [{ name: "M" }],
      enumType: [{ name: "E", value: [{ name: "A" }] }],
    });
    const renamed = part(file);
    if (renamed !== undefined) renamed.name = name;
    return [file];
  }

  it("if TypeScript reserves it", () => {
    for (const name of noTypes) {
      const text = `a/b.proto: t.${name} would be the type ${name}, a name that TypeScript reserves; use target=js`;
      for (const parameter of ["target=ts", "target=dts", "target=js+dts"]) {
        expect(
          refusalOf(
            files((file) => file.messageType[0], name),
            parameter,
          ),
        ).toBe(text);
      }
    }
    const nested = generate(inProto3("message Outer { message any {} }"));
    expect(nested["a/b_codec.ts"]).toContain("export const Outer_anyCodec");
    const plain = generate(inProto3("message any {}"), "target=js,import_extension=js");
    expect(plain["a/b_codec.js"]).toContain("export const anyCodec");
  });

  it("if TypeScript reserves it, or strict JavaScript, also for an enum", () => {
    for (const name of noTypes.filter((one) => one !== "as" && one !== "await")) {
      expect(refusalOf(files((file) => file.enumType[0], name))).toBe(
        `a/b.proto: t.${name} would be the enum ${name}, a name that TypeScript reserves; use target=js`,
      );
    }
    for (const name of ["arguments", "await", "eval"]) {
      for (const parameter of ["target=ts", "target=js", "target=dts"]) {
        expect(
          refusalOf(
            files((file) => file.enumType[0], name),
            parameter,
          ),
        ).toBe(`a/b.proto: t.${name} would be the enum ${name}, a name that JavaScript reserves`);
      }
    }
  });

  it("if without its leading underscore nothing is left, or a name that begins with a digit", () => {
    expect(refusalOf(inProto3("message M { int32 _ = 1; }"))).toBe(
      'a/b.proto: _ of t.M is "" in JavaScript, which is not a valid name in TypeScript; use target=js',
    );
    expect(refusalOf(inProto3("message M { int32 _2b = 1; }"))).toBe(
      'a/b.proto: _2b of t.M is "2b" in JavaScript, which is not a valid name in TypeScript; use target=js',
    );
    expect(generate(inProto3("message M { int32 _1 = 1; }"))["a/b_codec.ts"]).toContain('m["1"]');
  });
});
