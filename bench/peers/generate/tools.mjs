import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { files } from "./messages.mjs";

/** The folder of the whole project. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The folder of the proto files. */
export const protos = join(root, "proto");

const execute = promisify(execFile);

/** The path of a program of a development dependency. */
export function programOf(name) {
  return join(root, "node_modules", ".bin", name);
}

/** Runs a program and gives what it printed, as bytes. */
export async function run(program, args) {
  const settings = { cwd: root, encoding: "buffer", maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await execute(program, args, settings);
  return stdout;
}

/** Runs a plugin of protoc on the proto files of the messages and on all that they import. */
export async function runPlugin(program, out, options) {
  const plugin = { local: programOf(program), out, include_imports: true, opt: options };
  const template = { version: "v2", inputs: [{ directory: protos }], plugins: [plugin] };
  const paths = files.flatMap((file) => ["--path", join(protos, file)]);
  await run(programOf("buf"), ["generate", "--template", JSON.stringify(template), ...paths]);
}

/** Writes one module of the code and of the modules in the folder that it imports. */
export async function bundle(code, folder, outfile, settings) {
  await build({
    stdin: { contents: code, resolveDir: folder },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    ...settings,
  });
}
