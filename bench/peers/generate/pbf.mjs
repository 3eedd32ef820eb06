import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compileRaw } from "pbf/compile";
import protobufjs from "protobufjs";
import { codecsObject, files, flat, typeNames } from "./messages.mjs";
import { toPbfSchema } from "./pbf-schema.mjs";
import { protos, root } from "./tools.mjs";

const protobufjsFolder = join(root, "node_modules", "protobufjs");

/** Writes pbf.mjs. Pbf gets its schema from protobufjs, because its own parser knows one package only. */
export async function generatePbf(folder) {
  const reflected = new protobufjs.Root();
  reflected.resolvePath = (_origin, file) =>
    join(file.startsWith("google/") ? protobufjsFolder : protos, file);
  reflected.loadSync(files).resolveAll();
  const code = compileRaw(toPbfSchema(reflected, typeNames));
  const codecs = codecsObject({
    encode: (name) => `(message) => {
      const writer = new PbfWriter();
      write${flat(name)}(message, writer);
      return writer.finish();
    }`,
    decode: (name) => `(bytes) => read${flat(name)}(new PbfReader(bytes))`,
  });
  const runtime = 'import { PbfReader, PbfWriter } from "pbf";\n';
  await writeFile(join(folder, "pbf.mjs"), runtime + code + codecs);
}
