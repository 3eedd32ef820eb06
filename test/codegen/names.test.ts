import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Sources } from "../support/codegen/generate.js";
import {
  checkSubject,
  loadSubjects,
  typeErrors,
  withGenerated,
} from "../support/codegen/load-generated.js";

/** Reserved words of JavaScript and TypeScript. */
const keywords = Array.from(
  { length: ts.SyntaxKind.LastKeyword - ts.SyntaxKind.FirstKeyword + 1 },
  (_, index) => ts.tokenToString(ts.SyntaxKind.FirstKeyword + index) ?? "",
);
/** Names with a meaning of their own in some places. */
const special = `arguments constructor eval exports globalThis prototype require`;
/** JavaScript globals, including those that generated code uses. */
const globals = `Array BigInt Boolean Buffer DataView Date Error Function Infinity JSON Map Math Message NaN
  Number Object Partial Promise Proxy Record Reflect RegExp Set String Symbol Uint8Array module
  process toJSON toString valueOf __proto__`;
/** Names that generated code declares, imports or uses as variables. */
const ours = `b v p e d m n t f i k x o l s c q z a end inherits thrown after full skip within wrong mapKeys
  noBytes readTag create createCodec Codec GenMessage messageDesc fileDesc create_A read_A write_A fields_A step_A
  keys_A_b put_A_b readAll_A_b readEntry_A_b text_A_c ACodec ASchema`;
/** Names that TypeScript does not allow for types: only JavaScript can be generated for them. */
const noTypes = "any as await infer keyof never readonly symbol undefined unique unknown".split(
  " ",
);

const listed = [keywords.join(" "), special, globals, ours].flatMap((list) => list.split(/\s+/));
const all = [...new Set([...listed, "hasOwnProperty"])];
const words = all.filter((name) => !noTypes.includes(name));
/** The names of optional fields, and of fields that are always set. */
const absent = [...all.filter((name) => name !== "hasOwnProperty"), "_1", "a_1_"];
const present = [...absent, "hasOwnProperty", "is_prototype_of"];
/** Map fields need names that differ in their first letter. */
const small = present.filter((name) => !/^[A-Z]/.test(name));
const capital = present.filter((name) => /^[A-Z]/.test(name));
const values = all.filter((name) => name !== "yield");

function fieldsOf(type: string, those: readonly string[], first = 1): string {
  return those.map((name, index) => `${type} ${name} = ${first + index};`).join("\n");
}

/** Oneofs of twenty members, because compilers are slow with large ones. */
function oneofsOf(type: string, those: readonly string[]): string {
  const starts = those.flatMap((_, index) => (index % 20 === 0 ? [index] : []));
  return starts
    .map((at) => `oneof o${at} { ${fieldsOf(type, those.slice(at, at + 20), at + 1)} }`)
    .join(" ");
}

function messagesNamed(those: readonly string[]): string {
  return those
    .map(
      (name) => `message ${name} {
        .t.${name} itself = 1; map<string, .t.${name}> by = 2;
        oneof o { .t.${name} a = 3; string b = 4; }
      }`,
    )
    .join("\n");
}

/** protoc-gen-es would declare enums of these names, which strict code must not. */
const enums = [...words, "as"].filter((name) => name !== "eval" && name !== "arguments");

/** Files whose packages have these names as segments, as many as compilers allow. */
function packagesOf(those: readonly string[]): Sources {
  const starts = those.flatMap((_, index) => (index % 50 === 0 ? [index] : []));
  return Object.fromEntries(
    starts.map((at) => [
      `package${at}.proto`,
      `syntax = "proto3"; package ${those.slice(at, at + 50).join(".")};
      message M { M itself = 1; map<string, M> by = 2; oneof o { N n = 3; string a = 4; } }
      message N { repeated N a = 1; } message O {}`,
    ]),
  );
}

const sources: Sources = {
  ...packagesOf(all),
  "messages.proto": `syntax = "proto3"; package t; ${messagesNamed(words)}
    message A { map<string, double> b = 1; string c = 2; repeated A d = 3; }`,
  "fields.proto": `syntax = "proto3"; package class.delete.constructor;
    enum yield { option allow_alias = true; ${values.map((name) => `${name} = 0;`).join("\n")} }
    message Implicit { ${fieldsOf("int32", present)} }
    message Optional { ${fieldsOf("optional string", absent)} }
    message Messages { ${fieldsOf("Implicit", absent)} }
    message Enums { ${fieldsOf("yield", present)} }
    message Lists { ${fieldsOf("repeated double", present)} }
    message Maps { ${fieldsOf("map<string, int32>", small)} }
    message MapsToo { ${fieldsOf("map<int32, bool>", capital)} }
    message Members { ${oneofsOf("bytes", present)} }
    message Oneofs { ${present.map((name, index) => `oneof ${name} { bool o${index} = ${index + 1}; }`).join("\n")} }`,
  "imports.proto": `syntax = "proto3"; package of.b; import "messages.proto";
    message Codec { ${words.map((word, index) => `.t.${word} f${index} = ${index + 1};`).join("\n")} }
    message String { t.A a = 1; String b = 2; create_A c = 3; repeated t.String d = 4; }
    message Record { t.Record record = 1; map<string, Record> records = 2; }
    message create_A {} message Array { repeated t.Array b = 1; } message DataView {}`,
  "__proto__.proto": `syntax = "proto3"; package __proto__.constructor;
    ${enums.map((name) => `enum ${name} { ${name}_0 = 0; ${name}_1 = 1; }`).join("\n")}
    message Enums { ${enums.map((name, index) => `.__proto__.constructor.${name} f${index} = ${index + 1};`).join("\n")} }
    message Inner { ${all.map((name) => `message ${name} { int32 a = 1; }`).join("\n")} }
    message Types { ${all.map((name, index) => `Inner.${name} f${index} = ${index + 1};`).join("\n")} }
    message InnerEnums { ${all.map((name) => `enum ${name} { ${name}_0 = 0; }`).join("\n")} }
    message Kinds { ${all.map((name, index) => `InnerEnums.${name} f${index} = ${index + 1};`).join("\n")} }`,
  "parts.proto": `syntax = "proto3"; package p;
    message writePart0_A { int32 a = 1; } message writePart1_A { int32 a = 1; }
    message ACodec { ${Array.from({ length: 201 }, (_, index) => `int32 f${index} = ${index + 1};`).join("\n")} }`,
  "nested.proto": `syntax = "proto3"; package n;
    message A {
      message B { message C { A a = 1; } C c = 1; map<string, int32> d = 2; }
      message B_C { B b = 1; }
      map<string, int32> B_d = 3;
    }
    message A_B {
      message C { A_B b = 1; }
      map<string, string> d = 1; C c = 2; A.B.C other = 3; A.B_C one = 4;
    }
    message A_B_C { A a = 1; A_B b = 2; A_B_C c = 3; }`,
};

/** The messages for which only JavaScript can be generated. */
const more = `${messagesNamed(noTypes)} message Properties {
  int32 _ = 1; string _2_b = 2; oneof _3c { int32 _4d = 4; } map<int32, int32> _5e = 5;
}`;

describe.each(["ts", "js"] as const)("%s code with names that could conflict", async (target) => {
  const files = {
    ...sources,
    "messages.proto": `${sources["messages.proto"]} ${target === "js" ? more : ""}`,
  };
  const { subjects, errors } = await withGenerated(files, target, async (folder) => ({
    subjects: await loadSubjects(folder),
    errors: target === "ts" ? typeErrors(folder) : [],
  }));

  const check = target === "ts" ? it : undefined;
  check?.("compiles under the strictest settings", () => {
    expect(errors).toEqual([]);
  });

  it.each(Object.keys(sources))("does what protobuf-es does: %s", (file) => {
    const those = subjects.filter(({ schema }) => `${schema.file.name}.proto` === file);
    expect(those.length).toBeGreaterThan(2);
    for (const subject of those) checkSubject(subject);
  });
});
