// Generates the other libraries' code for the benchmark suite from proto/, offline, into node_modules/.cache.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generateFormats } from "./formats.mjs";
import { compilerPath } from "./google-compiler.mjs";
import { generateGoogleProtobuf } from "./google-protobuf.mjs";
import { generatePbf } from "./pbf.mjs";
import { generateProtobufTs } from "./protobuf-ts.mjs";
import { generateProtobufjs } from "./protobufjs.mjs";
import { protos, root } from "./tools.mjs";
import { generateTsProto } from "./ts-proto.mjs";

/** The packages that make the code or that it runs on. */
const packages = [
  ...["@bufbuild/buf", "@bufbuild/protobuf", "esbuild"],
  ...["protobufjs", "protobufjs-cli", "ts-proto", "pbf"],
  ...["@protobuf-ts/plugin", "@protobuf-ts/runtime", "google-protobuf", "protoc"],
  ...["msgpackr", "cbor-x", "avsc"],
];

const generators = [
  generateProtobufjs,
  generateTsProto,
  generateProtobufTs,
  generateGoogleProtobuf,
  generatePbf,
  generateFormats,
];

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(root, "node_modules", ".cache", "concord-peers");

/**
 * Generates what is not there yet. Gives the URL of a folder with one module for each library, which
 * exports `codecs`: the functions of each message, by its name. The module `formats.mjs` has the
 * libraries that need no code.
 */
export async function generatePeers() {
  const folder = join(cache, hash());
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, "unfinished-"));
    try {
      const results = await Promise.allSettled(generators.map((generate) => generate(unfinished)));
      for (const { status, reason } of results) if (status === "rejected") throw reason;
      publish(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return new URL(`${pathToFileURL(folder).href}/`);
}

/** Moves the finished folder to its place, unless another process was faster. */
function publish(unfinished, folder) {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Everything that the generated code depends on: proto files, versions, and the generators themselves. */
function hash() {
  const digest = createHash("sha256");
  const add = (name, path) => digest.update(`${name}\0${readFileSync(path, "utf8")}\0`);
  for (const file of readdirSync(protos, { recursive: true, encoding: "utf8" }).sort()) {
    if (file.endsWith(".proto")) add(file, join(protos, file));
  }
  for (const name of packages) add(name, join(root, "node_modules", name, "package.json"));
  for (const file of readdirSync(here).sort())
    if (file.endsWith(".mjs")) add(file, join(here, file));
  digest.update(compilerPath());
  return digest.digest("hex").slice(0, 16);
}
