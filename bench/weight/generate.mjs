// Generates other libraries' code for one message, for one system and for all systems, offline, into
// node_modules/.cache, and prints the folder. The folder has one module for each library and scope:
// `ts-proto/system.ts` exports what a user of Leyline's messages would import.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { compileRaw } from "pbf/compile";
import protobufjs from "protobufjs";
import { flat } from "../peers/generate/messages.mjs";
import { toPbfSchema } from "../peers/generate/pbf-schema.mjs";
import { programOf, protos, root, run } from "../peers/generate/tools.mjs";

const protobufjsFolder = join(root, "node_modules", "protobufjs");
const cache = join(root, "node_modules", ".cache", "concord-weight");
const packages = [
  ...["@bufbuild/buf", "@protobuf-ts/plugin", "@protobuf-ts/runtime", "pbf"],
  ...["protobufjs", "protobufjs-cli", "ts-proto"],
];

const scripts = [
  ...["weight/generate.mjs", "peers/generate/messages.mjs"],
  ...["peers/generate/pbf-schema.mjs", "peers/generate/tools.mjs"],
];

const allFiles = readdirSync(protos, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".proto"))
  .sort();
/** The files of `concord` are options and parts of our own: they come along where a system imports them. */
const systemFiles = allFiles.filter((file) => !file.startsWith("concord/"));

/** The proto files whose messages are exported, and one message of them where it is not all. */
const scopes = {
  message: { files: ["esper/leyline/v1/state.proto"], only: "SystemStatePacket" },
  system: { files: systemFiles.filter((file) => file.startsWith("esper/")) },
  all: { files: systemFiles },
};

const folder = join(cache, hash());
if (!existsSync(folder)) {
  mkdirSync(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, "unfinished-"));
  try {
    await all([
      generateProtobufjs(join(unfinished, "protobufjs"), scopes, ["--no-convert"]),
      generateProtobufjs(join(unfinished, "protobufjs-json"), { system: scopes.system }, []),
      generateWithBuf(unfinished),
      generatePbf(join(unfinished, "pbf")),
      exportProtobufEs(join(unfinished, "protobuf-es")),
    ]);
    publish(unfinished);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
console.log(folder);

/** Waits for all to end, also after one has failed: none may write into a folder that is gone. */
async function all(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** Moves the finished folder to its place, unless another process was faster. */
function publish(unfinished) {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Everything that the generated code depends on: proto files, versions, and the generator itself. */
function hash() {
  const digest = createHash("sha256");
  const add = (name, path) => digest.update(`${name}\0${readFileSync(path, "utf8")}\0`);
  for (const file of allFiles) add(file, join(protos, file));
  for (const name of packages) add(name, join(root, "node_modules", name, "package.json"));
  for (const name of scripts) add(name, join(root, "bench", name));
  return digest.digest("hex").slice(0, 16);
}

/** One static module for each scope, since nothing of such a module can be left out of a bundle. */
async function generateProtobufjs(target, wanted, more) {
  await mkdir(target);
  const format = ["-t", "static-module", "-w", "esm", "--es6", ...more];
  const without = ["verify", "delimited", "comments", "typeurl", "create", "service"];
  const less = without.map((part) => `--no-${part}`);
  const generate = async ([scope, { files }]) => {
    const code = await run(programOf("pbjs"), [...format, ...less, "-p", protos, ...files]);
    await writeFile(join(target, `${scope}.js`), code);
  };
  await Promise.all(Object.entries(wanted).map(generate));
}

/** Ts-proto with and without its JSON methods, and protobuf-ts, which always has them. */
async function generateWithBuf(target) {
  const common = [
    ...["forceLong=bigint", "useDate=false", "esModuleInterop=true", "outputServices=none"],
    ...["env=browser", "outputPartialMethods=false", "exportCommonSymbols=false"],
  ].join(",");
  const plugin = (name, out, opt) => ({
    local: programOf(name),
    out: join(target, out),
    include_imports: true,
    opt: [opt],
  });
  // Without the services: their code needs another runtime, and no other library here has them.
  const template = {
    version: "v2",
    inputs: [{ directory: protos, exclude_types: serviceNames() }],
    plugins: [
      plugin("protoc-gen-ts_proto", "ts-proto", `${common},outputJsonMethods=false`),
      plugin("protoc-gen-ts_proto", "ts-proto-json", common),
      plugin("protoc-gen-ts", "protobuf-ts", "long_type_bigint"),
    ],
  };
  await run(programOf("buf"), ["generate", "--template", JSON.stringify(template)]);
  await Promise.all([
    writeScopes(join(target, "ts-proto"), /^export const (\w+): MessageFns</gm),
    writeScopes(join(target, "ts-proto-json"), /^export const (\w+): MessageFns</gm),
    writeScopes(join(target, "protobuf-ts"), /^export const (\w+) = new /gm),
  ]);
}

function serviceNames() {
  return allFiles.flatMap((file) => {
    const text = readFileSync(join(protos, file), "utf8");
    const [, name] = /^package ([\w.]+);/m.exec(text) ?? [];
    return [...text.matchAll(/^service (\w+)/gm)].map(([, service]) => `${name}.${service}`);
  });
}

/**
 * One module for each scope, which exports the messages of its files under names that differ. The
 * pattern finds the messages in the code, whose files are in `sources`.
 */
async function writeScopes(target, pattern, sources = target, ending = ".ts") {
  const exportsOf = async (file, index, only) => {
    const path = join(sources, file.replace(/\.proto$/, ending));
    const code = await readFile(path, "utf8");
    const list = [...code.matchAll(pattern)]
      .map(([, name]) => name)
      .filter((name) => only === undefined || name === only || name === `${only}Schema`)
      .map((name) => `${name} as ${name}_${index}`);
    return list.length === 0
      ? ""
      : `export { ${list.join(", ")} } from "./${relative(target, path)}";\n`;
  };
  const write = async ([scope, { files, only }]) => {
    const lines = await Promise.all(files.map((file, index) => exportsOf(file, index, only)));
    const code = lines.join("");
    if (code === "") throw new Error(`${sources} has no messages for the scope "${scope}"`);
    await writeFile(join(target, `${scope}.ts`), code);
  };
  await Promise.all(Object.entries(scopes).map(write));
}

/** Our own code of protobuf-es is what its users have too. */
async function exportProtobufEs(target) {
  await mkdir(target);
  const pattern = /^export const (\w+Schema): GenMessage</gm;
  await writeScopes(target, pattern, join(root, "gen"), "_pb.ts");
}

async function generatePbf(target) {
  await mkdir(target);
  const generate = async ([scope, { files, only }]) => {
    const reflected = new protobufjs.Root();
    reflected.resolvePath = (_origin, file) =>
      join(file.startsWith("google/") ? protobufjsFolder : protos, file);
    reflected.loadSync(files).resolveAll();
    const names = messagesOf(reflected, files.map(packageOf)).filter(
      (name) => only === undefined || name.endsWith(`.${only}`),
    );
    const code = compileRaw(toPbfSchema(reflected, names));
    await writeFile(join(target, `${scope}-code.js`), code);
    const exported = names.flatMap((name, index) => [
      `read${flat(name)} as read_${index}`,
      `write${flat(name)} as write_${index}`,
    ]);
    const runtime = 'export { PbfReader, PbfWriter } from "pbf";\n';
    await writeFile(
      join(target, `${scope}.js`),
      `${runtime}export { ${exported.join(", ")} } from "./${scope}-code.js";\n`,
    );
  };
  await Promise.all(Object.entries(scopes).map(generate));
}

/** The package of a proto file, by its place. */
function packageOf(file) {
  return dirname(file).replaceAll("/", ".");
}

/** The full names of all messages of these packages, with those inside of messages. */
function messagesOf(reflected, packageNames) {
  const under = (node) => [
    ...(node instanceof protobufjs.Type && !node.group ? [node.fullName.slice(1)] : []),
    ...(node.nestedArray ?? []).flatMap((inner) => ("lookup" in inner ? under(inner) : [])),
  ];
  return [...new Set(packageNames)].flatMap((name) => under(reflected.lookup(name)));
}
