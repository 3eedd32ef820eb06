import type { DescMessage } from "@bufbuild/protobuf";
import { createEcmaScriptPlugin, type Schema } from "@bufbuild/protoplugin";
import { type Context, createContext, importType, runtimeModule } from "./binary/context.js";
import { printCreate, printRead } from "./binary/read.js";
import { printWrite } from "./binary/write.js";
import { localName, messagesOf } from "./names.js";
import { refuseUnsupported } from "./refuse.js";

/** The options of this plugin; those of every protobuf-es plugin are handled by its framework. */
interface Options {
  /**
   * The package of the runtime, or a relative folder. The entry exports the type `Codec`, `<runtime>/internal`
   * the functions that generated code calls, and `<runtime>/wkt` the codecs of the well-known types.
   */
  readonly runtime: string;
}

const defaultRuntime = "@concord/contracts/wire";

/** The plugin protoc-gen-es-codec: generates a file of binary codecs for each file of protoc-gen-es. */
export const codecPlugin: ReturnType<typeof createEcmaScriptPlugin<Options>> =
  createEcmaScriptPlugin<Options>({
    name: "protoc-gen-es-codec",
    version: "v0.1.0",
    parseOptions,
    generateTs: (schema) => generate(schema, "ts"),
    generateJs: (schema) => generate(schema, "js"),
    generateDts: generateDeclarations,
  });

function parseOptions(options: { key: string; value: string }[]): Options {
  let runtime = defaultRuntime;
  for (const { key, value } of options) {
    if (key !== "runtime") throw new Error(`unknown option ${JSON.stringify(key)}`);
    if (value === "") throw new Error("runtime needs the name of a module");
    runtime = value;
  }
  return { runtime };
}

function generate(schema: Schema<Options>, target: "ts" | "js"): void {
  for (const file of schema.files) {
    const messages = messagesOf(file);
    if (messages.length === 0) continue;
    refuseUnsupported(file, target);
    const f = schema.generateFile(`${file.name}_codec.${target}`);
    f.preamble(file);
    f.print();
    const context = createContext(f, file, target === "ts", schema.options);
    for (const message of messages) {
      printFieldNames(context, message);
      printCreate(context, message);
      printRead(context, message);
      printWrite(context, message);
      const name = localName(message);
      const type = target === "ts" ? `: %Codec<${context.typeOf(message)}>` : "";
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      context.print(
        `${context.exported("const", `${name}Codec`)}${type} = /*@__PURE__*/ %createCodec(${JSON.stringify(message.typeName)}, create_${name}, read_${name}, write_${name});`,
      );
      f.print();
    }
  }
}

/**
 * Prints the field names for error paths, by number, because a decoder only knows the tag. An array is
 * shorter than an object if the numbers are close together. Index 0 is empty: no field has number 0.
 */
function printFieldNames(context: Context, message: DescMessage): void {
  const byNumber = new Map(message.fields.map(({ number, name }) => [number, name]));
  const last = Math.max(0, ...byNumber.keys());
  const isClose = last <= byNumber.size + 8;
  const names = isClose
    ? Array.from({ length: last + 1 }, (_, number) => JSON.stringify(byNumber.get(number) ?? ""))
    : [...byNumber].map(([number, name]) => `${number}: ${JSON.stringify(name)}`);
  const type = context.typed ? ": %Record<number, string | undefined>" : "";
  const constant = context.own(`fields_${localName(message)}`);
  const list = names.join(", ");
  context.print(`const ${constant}${type} = ${isClose ? `[${list}]` : `{ ${list} }`};`);
  context.print("");
}

function generateDeclarations(schema: Schema<Options>): void {
  for (const file of schema.files) {
    const messages = messagesOf(file);
    if (messages.length === 0) continue;
    refuseUnsupported(file, "js");
    const f = schema.generateFile(`${file.name}_codec.d.ts`);
    f.preamble(file);
    f.print();
    const codec = f.import("Codec", runtimeModule(schema.options.runtime, "index"), true);
    const view = f.import("DataView", `./${file.name}_codec.js`);
    for (const message of messages) {
      const name = localName(message);
      const type = importType(f, message);
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      f.print`${f.export("declare const", `${name}Codec`)}: ${codec}<${type}>;`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", `create_${name}`)}(): ${type};`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", `read_${name}`)}(m: ${type}, b: Uint8Array, v: ${view}, p: number, e: number, d: number): void;`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", `write_${name}`)}(m: ${type}, b: Uint8Array, v: ${view}, p: number, d: number): number;`;
      f.print();
    }
  }
}
