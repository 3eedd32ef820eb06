// Generates the other libraries' codecs for the comparison benchmark from proto/, offline, into node_modules/.cache.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { compileRaw } from "pbf/compile";
import protobufjs from "protobufjs";
import { flat, toPbfSchema } from "./pbf-schema.mjs";

/** The messages that are compared, and the files that define them. */
const messages = {
  "esper.leyline.v1.SystemStatePacket": "esper/leyline/v1/state.proto",
  "esper.leyline.v1.EventEnvelope": "esper/leyline/v1/event.proto",
  "beamline.flow.v1.RouteRequest": "beamline/flow/v1/flow.proto",
  "beamline.worker.v1.ExecResult": "beamline/worker/v1/result.proto",
  "jimbot.events.v1.Event": "jimbot/events/v1/event.proto",
  "pitboss.v1.MessageEnvelope": "pitboss/v1/envelope.proto",
  "sim.v1.Envelope": "sim/v1/envelope.proto",
};
const typeNames = Object.keys(messages);
const files = Object.values(messages);
const packages = ["protobufjs", "protobufjs-cli", "ts-proto", "pbf", "msgpackr"];

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const protos = join(root, "proto");
const bin = join(root, "node_modules", ".bin");
const protobufjsFolder = join(root, "node_modules", "protobufjs");
const cache = join(root, "node_modules", ".cache", "concord-peers");

/**
 * Generates what is not there yet. Gives the URL of a folder with one module for each peer, which exports
 * `codecs`: functions to encode and decode each message, by its name.
 */
export async function generatePeers() {
  const folder = join(cache, hash());
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, "unfinished-"));
    await Promise.all([
      generateProtobufjs(unfinished),
      generateTsProto(unfinished),
      generatePbf(unfinished),
      generateMsgpackr(unfinished),
    ]);
    publish(unfinished, folder);
  }
  return new URL(`${pathToFileURL(folder).href}/`);
}

/** Moves the finished folder to its place, unless another process was faster. */
function publish(unfinished, folder) {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

/** Everything that the generated code depends on: proto files, versions, and the generator itself. */
function hash() {
  const digest = createHash("sha256");
  const add = (name, path) => digest.update(`${name}\0${readFileSync(path, "utf8")}\0`);
  for (const file of readdirSync(protos, { recursive: true, encoding: "utf8" }).sort()) {
    if (file.endsWith(".proto")) add(file, join(protos, file));
  }
  for (const name of packages) add(name, join(root, "node_modules", name, "package.json"));
  for (const name of ["generate.mjs", "pbf-schema.mjs"]) add(name, join(root, "bench/peers", name));
  return digest.digest("hex").slice(0, 16);
}

async function generateProtobufjs(folder) {
  const format = ["-t", "static-module", "-w", "esm", "--es6"];
  const less = ["--no-verify", "--no-convert", "--no-delimited", "--no-comments"];
  const { stdout } = await run(join(bin, "pbjs"), [...format, ...less, "-p", protos, ...files], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const codecs = codecsObject(
    (name) => `(message) => $root.${name}.encode(message).finish()`,
    (name) => `(bytes) => $root.${name}.decode(bytes)`,
  );
  await writeFile(join(folder, "protobufjs.mjs"), stdout + codecs);
}

async function generateTsProto(folder) {
  const out = join(folder, "ts-proto");
  const plugin = {
    local: join(bin, "protoc-gen-ts_proto"),
    out,
    include_imports: true,
    opt: ["forceLong=bigint,useDate=false,esModuleInterop=true,outputServices=none,env=node"],
  };
  const template = { version: "v2", inputs: [{ directory: protos }], plugins: [plugin] };
  const paths = files.flatMap((file) => ["--path", join(protos, file)]);
  await run(join(bin, "buf"), ["generate", "--template", JSON.stringify(template), ...paths], {
    cwd: root,
  });
  const imports = typeNames.map((name) => {
    const short = name.slice(name.lastIndexOf(".") + 1);
    return `import { ${short} as ${flat(name)} } from "./${messages[name].replace(/proto$/, "js")}";`;
  });
  const codecs = codecsObject(
    (name) => `(message) => ${flat(name)}.encode(message).finish()`,
    (name) => `(bytes) => ${flat(name)}.decode(bytes)`,
  );
  await build({
    stdin: { contents: `${imports.join("\n")}\n${codecs}`, resolveDir: out },
    outfile: join(folder, "ts-proto.mjs"),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}

async function generatePbf(folder) {
  const reflected = new protobufjs.Root();
  reflected.resolvePath = (_origin, file) =>
    join(file.startsWith("google/") ? protobufjsFolder : protos, file);
  reflected.loadSync(files).resolveAll();
  const code = compileRaw(toPbfSchema(reflected, typeNames));
  const codecs = codecsObject(
    (name) => `(message) => {
      const writer = new PbfWriter();
      write${flat(name)}(message, writer);
      return writer.finish();
    }`,
    (name) => `(bytes) => read${flat(name)}(new PbfReader(bytes))`,
  );
  const runtime = 'import { PbfReader, PbfWriter } from "pbf";\n';
  await writeFile(join(folder, "pbf.mjs"), runtime + code + codecs);
}

/** Msgpackr has no schemas. It runs with shared records, its fastest way, and floats of four bytes as in protobuf. */
async function generateMsgpackr(folder) {
  const code = `import { FLOAT32_OPTIONS, Packr } from "msgpackr";

export function createCodec() {
  const useFloat32 = FLOAT32_OPTIONS.ALWAYS;
  const packr = new Packr({ useRecords: true, structures: [], useFloat32 });
  return { encode: (message) => packr.pack(message), decode: (bytes) => packr.unpack(bytes) };
}
`;
  await writeFile(join(folder, "msgpackr.mjs"), code);
}

/** The end of a module: two functions for each message, written out so that none shares its call sites. */
function codecsObject(encode, decode) {
  const entries = typeNames.map(
    (name) => `  "${name}": {\n    encode: ${encode(name)},\n    decode: ${decode(name)},\n  },\n`,
  );
  return `\nexport const codecs = {\n${entries.join("")}};\n`;
}
