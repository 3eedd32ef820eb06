import { join } from "node:path";
import { codecsObject, flat, messages, shortName, typeNames } from "./messages.mjs";
import { bundle, runPlugin } from "./tools.mjs";

const options = ["forceLong=bigint", "useDate=false", "esModuleInterop=true"];
const runtime = ["outputServices=none", "env=node"];

/** Writes ts-proto.mjs. Integers of 64 bits are bigint, which is the only way to keep them whole. */
export async function generateTsProto(folder) {
  const out = join(folder, "ts-proto");
  await runPlugin("protoc-gen-ts_proto", out, [[...options, ...runtime].join(",")]);
  const imports = typeNames.map((name) => {
    const path = messages[name].replace(/\.proto$/, ".js");
    return `import { ${shortName(name)} as ${flat(name)} } from "./${path}";`;
  });
  const codecs = codecsObject({
    encode: (name) => `(message) => ${flat(name)}.encode(message).finish()`,
    decode: (name) => `(bytes) => ${flat(name)}.decode(bytes)`,
    jsonIn: (name) => `(text) => ${flat(name)}.fromJSON(JSON.parse(text))`,
    jsonOut: (name) => `(message) => JSON.stringify(${flat(name)}.toJSON(message))`,
  });
  const code = `${imports.join("\n")}\n${codecs}`;
  await bundle(code, out, join(folder, "ts-proto.mjs"), { packages: "external" });
}
