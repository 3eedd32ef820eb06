import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { compilerPath } from "./google-compiler.mjs";
import { codecsObject, files, flat, messages, shortName, typeNames } from "./messages.mjs";
import { filesOf, toProtoText } from "./proto-text.mjs";
import { bundle, programOf, protos, run } from "./tools.mjs";

/**
 * Writes google-protobuf.mjs. Its compiler is older than some of what the proto files say, so it gets
 * files of the same messages in words that it knows. Without a compiler the module says why it is empty.
 */
export async function generateGoogleProtobuf(folder) {
  const module = join(folder, "google-protobuf.mjs");
  const compiler = compilerPath();
  if (compiler === "") {
    const missing = `no protoc with --js_out for ${process.platform} ${process.arch}`;
    return leaveOut(module, missing);
  }
  const out = join(folder, "google-protobuf");
  const simple = await writeSimpleProtos(join(out, "proto"));
  const options = [`--js_out=import_style=commonjs,binary:${out}`, `-I${join(out, "proto")}`];
  await writeFile(join(out, "package.json"), '{ "type": "commonjs" }');
  try {
    await run(compiler, [...options, ...simple]);
  } catch (error) {
    // A number is the exit code of a compiler that ran and refused the files.
    if (typeof error.code !== "string") throw error;
    return leaveOut(module, `protoc does not run here: ${error.code}`);
  }
  keepIntegersWhole(out);
  const imports = typeNames.map((name) => {
    const path = messages[name].replace(/\.proto$/, "_pb.js");
    return `import module_${flat(name)} from "./${path}";
const ${flat(name)} = module_${flat(name)}.${shortName(name)};`;
  });
  const codecs = codecsObject({
    encode: () => "(message) => message.serializeBinary()",
    decode: (name) => `(bytes) => ${flat(name)}.deserializeBinary(bytes)`,
  });
  await bundle(`${imports.join("\n")}\n${codecs}`, out, module, {});
}

/**
 * Has integers of 64 bits read and written as texts. Later compilers write these same calls for fields
 * with `jstype = JS_STRING`, which this one does not know; as numbers they would lose their last digits.
 */
function keepIntegersWhole(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("_pb.js")) continue;
    const path = join(folder, file);
    const code = readFileSync(path, "utf8");
    const calls = /\b((?:reader\.read|writer\.write)(?:Int|Uint|Sint|Fixed|Sfixed)64)\(/g;
    writeFileSync(path, code.replace(calls, "$1String("));
  }
}

/** Writes a module without code, which says why. */
async function leaveOut(module, missing) {
  const reason = JSON.stringify(missing);
  await writeFile(module, `export const codecs = {};\nexport const missing = ${reason};\n`);
}

/** Writes the proto files for the compiler and gives the paths of those that it makes code of. */
async function writeSimpleProtos(folder) {
  const paths = files.flatMap((file) => ["--path", join(protos, file)]);
  const image = await run(programOf("buf"), ["build", protos, "-o", "-", ...paths]);
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const needed = filesOf(typeNames.map((name) => registry.getMessage(name)));
  for (const file of needed) {
    const path = join(folder, `${file.name}.proto`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, toProtoText(file));
  }
  // Those of google.protobuf are in the library already. This compiler finds whole paths only.
  return needed
    .filter(({ name }) => !name.startsWith("google/"))
    .map(({ name }) => join(folder, `${name}.proto`));
}
