import { describe, expect, it } from "vitest";
import type { Sources } from "../support/codegen/generate.js";
import {
  checkSubject,
  loadSubjects,
  typeErrors,
  withGenerated,
} from "../support/codegen/load-generated.js";

/** Reserved words of JavaScript and TypeScript. */
const reserved = `break case catch class const continue debugger default delete do else enum export extends
  false finally for function if implements import in instanceof interface let new null package private
  protected public return static super switch this throw true try typeof var void while with yield abstract
  arguments async bigint boolean constructor eval from get global globalThis is namespace number object of
  out override prototype require satisfies set string type using`;
/** JavaScript globals, including those that generated code uses. */
const globals = `Array BigInt Boolean Buffer DataView Date Error Function Infinity JSON Map Math Message NaN
  Number Object Partial Promise Proxy Record Reflect RegExp Set String Symbol Uint8Array exports module
  process toJSON toString valueOf __proto__`;
/** Names that generated code declares, imports or uses as variables. */
const ours = `b v p e d m n t f i k x o l s c q z a end inherits thrown after full skip within wrong mapKeys
  noBytes readTag createCodec Codec GenMessage messageDesc fileDesc create_A read_A write_A fields_A step_A
  keys_A_b put_A_b readAll_A_b readEntry_A_b text_A_c ACodec ASchema`;
/** Names that TypeScript does not allow for types: only JavaScript can be generated for them. */
const noTypes = "any as await infer keyof never readonly symbol undefined unique unknown".split(
  " ",
);

const words = [reserved, globals, ours].flatMap((list) => list.split(/\s+/));
/** The names of optional fields, and of fields that are always set. */
const absent = [...words, "_1", "a_1_"];
const present = [...absent, "hasOwnProperty", "is_prototype_of"];
/** Map fields need names that differ in their first letter. */
const small = present.filter((name) => !/^[A-Z]/.test(name));
const capital = present.filter((name) => /^[A-Z]/.test(name));
const values = words.filter((name) => name !== "yield");

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

const sources: Sources = {
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
  const all = {
    ...sources,
    "messages.proto": `${sources["messages.proto"]} ${target === "js" ? more : ""}`,
  };
  const { subjects, errors } = await withGenerated(all, target, async (folder) => ({
    subjects: await loadSubjects(folder),
    errors: target === "ts" ? typeErrors(folder) : [],
  }));

  const check = target === "ts" ? it : undefined;
  check?.("compiles under the strictest settings", () => {
    expect(errors).toEqual([]);
  });

  it.each(Object.keys(sources))("does what protobuf-es does: %s", (file) => {
    const those = subjects.filter(({ schema }) => `${schema.file.name}.proto` === file);
    expect(those.length).toBeGreaterThan(3);
    for (const subject of those) checkSubject(subject);
  });
});
