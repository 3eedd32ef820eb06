import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codecsObject, files } from "./messages.mjs";
import { programOf, protos, run } from "./tools.mjs";

/** Writes protobufjs.mjs: the static module of pbjs, with what JSON needs and without what nothing here needs. */
export async function generateProtobufjs(folder) {
  const format = ["-t", "static-module", "-w", "esm", "--es6"];
  const less = ["--no-verify", "--no-delimited", "--no-comments"];
  const code = await run(programOf("pbjs"), [...format, ...less, "-p", protos, ...files]);
  const json = "const json = { json: true, longs: String, enums: String, bytes: String };\n";
  const codecs = codecsObject({
    encode: (name) => `(message) => $root.${name}.encode(message).finish()`,
    decode: (name) => `(bytes) => $root.${name}.decode(bytes)`,
    jsonIn: (name) => `(text) => $root.${name}.fromObject(JSON.parse(text))`,
    jsonOut: (name) => `(message) => JSON.stringify($root.${name}.toObject(message, json))`,
  });
  await writeFile(join(folder, "protobufjs.mjs"), `${code}\n${json}${codecs}`);
}
