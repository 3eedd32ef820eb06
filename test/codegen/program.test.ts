import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { compile, requestFor, run, type Sources } from "../support/codegen/generate.js";

const program = fileURLToPath(new URL("../../scripts/codec-plugin.mjs", import.meta.url));

const sources: Sources = {
  "a/one.proto":
    'syntax = "proto3"; package a; import "b.proto"; message One { optional b.Two two = 1; }',
  "b.proto": 'syntax = "proto3"; package b; message Two { string text = 1; }',
};

/** Runs the plugin the way protoc and buf do. */
function call(
  files: Sources,
  parameter: string,
  language = "en_US",
): { status: number; out: Uint8Array; err: string } {
  const input = toBinary(CodeGeneratorRequestSchema, requestFor(compile(files), parameter));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    input,
    env: { ...process.env, LC_ALL: `${language}.UTF-8` },
  });
  return { status: status ?? -1, out: stdout, err: stderr.toString() };
}

describe("the plugin as a program", () => {
  it("answers a request with several files", () => {
    const { status, out, err } = call(sources, "target=ts,import_extension=js");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const { file, error, supportedFeatures } = fromBinary(CodeGeneratorResponseSchema, out);
    expect(error).toBe("");
    expect(Number(supportedFeatures) & CodeGeneratorResponse_Feature.PROTO3_OPTIONAL).not.toBe(0);
    const request = requestFor(compile(sources), "target=ts,import_extension=js");
    expect(Object.fromEntries(file.map(({ name, content }) => [name, content]))).toEqual(
      run(request),
    );
  });

  it("writes the same in every language of the machine", () => {
    const names = ["Aa", "Ch", "D", "I", "Z"];
    const messages = names.map((name) => `message ${name} { ${name} one = 1; }`).join(" ");
    const files = { "a.proto": `syntax = "proto3"; ${messages}` };
    const parameter = "target=ts+js+dts,js_import_style=legacy_commonjs";
    const { out } = call(files, parameter);
    expect(out.length).toBeGreaterThan(0);
    for (const language of ["da_DK", "cs_CZ"])
      expect(call(files, parameter, language).out).toEqual(out);
  });

  it.each([
    ["colour=red", sources, 'invalid option "colour=red": unknown option "colour"'],
    [
      "target=ts",
      { ...sources, "c/d.proto": 'syntax = "proto2"; message M { optional group G = 1 {} }' },
      "c/d.proto is proto2; protoc-gen-es-codec supports proto3 files",
    ],
  ])("says in one line what is wrong: %s", (parameter, files, message) => {
    const { status, out, err } = call(files, parameter);
    expect({ status, err }).toEqual({ status: 1, err: `protoc-gen-es-codec: ${message}\n` });
    expect(out).toHaveLength(0);
  });
});
