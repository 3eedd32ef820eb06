import { describe, expect, it } from "vitest";
import type { Sources } from "../../support/codegen/generate.js";
import {
  checkSubject,
  loadSubjects,
  typeErrors,
  withGenerated,
} from "../../support/codegen/load-generated.js";

/** Fields of each type in turn, each on its own line, because the compiler is slow with long lines. */
function fieldsOf(count: number, types: readonly string[]): string {
  const fields = Array.from(
    { length: count },
    (_, index) => `${types[index % types.length]} f${index} = ${index + 1};`,
  );
  return fields.join("\n");
}

/** Fields whose tags have one to five bytes. */
function numbered(type: string, options = ""): string {
  const numbers = [15, 16, 2047, 2048, 262_143, 262_144, 33_554_431, 33_554_432, 536_870_911];
  return numbers.map((number) => `${type} f${number} = ${number} ${options};`).join(" ");
}

const name = "a".repeat(1000);
const levels = Array.from({ length: 30 }, (_, level) => `message M${level} { M0 a = 1;`);

const sources: Sources = {
  "numbers.proto": `syntax = "proto3"; package numbers;
    message Bools { ${numbered("bool")} }
    message Doubles { ${numbered("optional double")} }
    message Texts { ${numbered("string")} }
    message Lists { ${numbered("repeated sint64")} }
    message Floats { ${numbered("repeated float", "[packed = false]")} }
    message Messages { ${numbered("Messages")} }
    message Items { ${numbered("repeated Bools")} }
    message Numbers { ${numbered("map<string, double>")} }
    message Entries { ${numbered("map<int32, Bools>")} }
    message Oneof { oneof o { ${numbered("bytes")} } }`,
  "fields.proto": `syntax = "proto3"; package fields;
    message M { ${fieldsOf(3000, ["int32", "string", "repeated string", "optional M", "double"])} }
    message O { oneof o { ${fieldsOf(100, ["int32", "string", "O"])} } }
    message E {}`,
  "names.proto": `syntax = "proto3"; package names;
    message ${name} { map<string, string> ${name} = 1; oneof o${name} { ${name} b = 2; } }
    ${levels.join(" ")} ${"}".repeat(levels.length)}`,
};

describe("code of unusual size", async () => {
  const { subjects, errors } = await withGenerated(sources, "ts", async (folder) => ({
    subjects: await loadSubjects(folder),
    errors: typeErrors(folder),
  }));

  it("compiles under the strictest settings", () => {
    expect(errors).toEqual([]);
  });

  it.each([
    ["numbers.proto", 10, "field numbers up to the last"],
    ["fields.proto", 3, "3,000 fields, 100 members, or nothing"],
    ["names.proto", 31, "long names and many levels"],
  ])("does what protobuf-es does: %s, %i messages with %s", (file, count) => {
    const those = subjects.filter(({ schema }) => `${schema.file.name}.proto` === file);
    expect(those).toHaveLength(count);
    for (const subject of those) checkSubject(subject);
  });
});
