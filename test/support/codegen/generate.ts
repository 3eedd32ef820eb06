import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { codecPlugin } from "../../../src/codegen/plugin.js";

/** The texts of .proto files, by their path. */
export type Sources = Readonly<Record<string, string>>;
/** The texts of generated files, by their path. */
export type Outputs = Readonly<Record<string, string>>;

const bin = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

/** Compiles .proto texts, comments included. Each file comes after its imports. */
export function compile(sources: Sources): FileDescriptorProto[] {
  const folder = mkdtempSync(join(tmpdir(), "concord-protos-"));
  try {
    writeAll(folder, sources);
    const args = ["build", folder, "--as-file-descriptor-set", "-o", "-#format=binpb"];
    const set = execFileSync(join(bin, "buf"), args, { stdio: ["ignore", "pipe", "pipe"] });
    return fromBinary(FileDescriptorSetSchema, set).file;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes files below a folder. */
export function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** The request of protoc to a plugin: to generate all files except the well-known ones. */
export function requestFor(files: FileDescriptorProto[], parameter: string): CodeGeneratorRequest {
  const own = files.filter(({ name }) => !name.startsWith("google/protobuf/"));
  return create(CodeGeneratorRequestSchema, {
    fileToGenerate: own.map(({ name }) => name),
    parameter,
    protoFile: files,
  });
}

/** The response of the codec plugin. */
export function run(request: CodeGeneratorRequest): Outputs {
  return byName(codecPlugin.run(request).file);
}

/** The codecs of .proto texts. */
export function generate(sources: Sources, parameter = "target=ts,import_extension=js"): Outputs {
  return run(requestFor(compile(sources), parameter));
}

/** The files of protoc-gen-es for a request: the types of the messages. */
export function generateTypes(request: CodeGeneratorRequest): Outputs {
  const input = toBinary(CodeGeneratorRequestSchema, request);
  const output = execFileSync(join(bin, "protoc-gen-es"), { input, maxBuffer: 2 ** 28 });
  const { file, error } = fromBinary(CodeGeneratorResponseSchema, output);
  if (error !== "") throw new Error(error);
  return byName(file);
}

function byName(files: readonly { readonly name: string; readonly content: string }[]): Outputs {
  return Object.fromEntries(files.map(({ name, content }) => [name, content]));
}
