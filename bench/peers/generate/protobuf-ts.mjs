import { join } from "node:path";
import { codecsObject, flat, messages, packedMessages, shortName } from "./messages.mjs";
import { bundle, runPlugin } from "./tools.mjs";

/** Writes protobuf-ts.mjs: the code that its plugin makes of messages when nothing else is asked for, which is the fast one. */
export async function generateProtobufTs(folder) {
  const out = join(folder, "protobuf-ts");
  await runPlugin("protoc-gen-ts", out, ["force_disable_services"]);
  const imports = Object.entries({ ...messages, ...packedMessages }).map(([name, file]) => {
    const path = file.replace(/\.proto$/, ".js");
    return `import { ${shortName(name)} as ${flat(name)} } from "./${path}";`;
  });
  const packed = Object.keys(packedMessages).map(flat);
  const options = `const options = { typeRegistry: [${packed.join(", ")}] };\n`;
  const codecs = codecsObject({
    encode: (name) => `(message) => ${flat(name)}.toBinary(message)`,
    decode: (name) => `(bytes) => ${flat(name)}.fromBinary(bytes)`,
    jsonIn: (name) => `(text) => ${flat(name)}.fromJsonString(text, options)`,
    jsonOut: (name) => `(message) => ${flat(name)}.toJsonString(message, options)`,
  });
  const code = `${imports.join("\n")}\n${options}${codecs}`;
  await bundle(code, out, join(folder, "protobuf-ts.mjs"), { packages: "external" });
}
