import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { Edition } from "@bufbuild/protobuf/wkt";
import { createEcmaScriptPlugin, type GeneratedFile, type Schema } from "@bufbuild/protoplugin";
import { createContext, importType, localName } from "./context.js";
import { printCreate, printRead } from "./read.js";
import { printWrite } from "./write.js";

/** The options of the plugin besides those that every protobuf-es plugin has. */
interface Options {
  /** The module of the runtime; that of the well-known types is `<runtime>/wkt`. */
  readonly runtime: string;
}

const defaultRuntime = "@concord/contracts/wire";

/** The plugin protoc-gen-es-codec: a binary codec beside each file that protoc-gen-es writes. */
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
    refuseOtherSyntax(file);
    const f = schema.generateFile(`${file.name}_codec.${target}`);
    f.preamble(file);
    f.print();
    const context = createContext(f, file, target === "ts", schema.options);
    for (const message of messages) {
      printFieldNames(f, message, target === "ts");
      printCreate(context, message);
      printRead(context, message);
      printWrite(context, message);
      const name = localName(message);
      const type = target === "ts" ? `: %Codec<${context.typeOf(message)}>` : "";
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      context.print(
        `export const ${name}Codec${type} = /*@__PURE__*/ %createCodec(${JSON.stringify(message.typeName)}, create_${name}, read_${name}, write_${name});`,
      );
      f.print();
    }
  }
}

/** Names for errors; by number, because a tag is all that a decoder has. */
function printFieldNames(f: GeneratedFile, message: DescMessage, typed: boolean): void {
  const names = message.fields.map(({ number, name }) => `${number}: ${JSON.stringify(name)}`);
  const type = typed ? ": Record<number, string | undefined>" : "";
  f.print(`const fields_${localName(message)}${type} = { ${names.join(", ")} };`);
  f.print();
}

function generateDeclarations(schema: Schema<Options>): void {
  for (const file of schema.files) {
    const messages = messagesOf(file);
    if (messages.length === 0) continue;
    refuseOtherSyntax(file);
    const f = schema.generateFile(`${file.name}_codec.d.ts`);
    f.preamble(file);
    f.print();
    const codec = f.import("Codec", schema.options.runtime, true);
    for (const message of messages) {
      const name = localName(message);
      const type = importType(f, message);
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      f.print`export declare const ${name}Codec: ${codec}<${type}>;`;
      f.print`/** @internal */`;
      f.print`export declare function create_${name}(): ${type};`;
      f.print`/** @internal */`;
      f.print`export declare function read_${name}(m: ${type}, b: Uint8Array, v: DataView, p: number, e: number, d: number): void;`;
      f.print`/** @internal */`;
      f.print`export declare function write_${name}(m: ${type}, b: Uint8Array, v: DataView, p: number, d: number): number;`;
      f.print();
    }
  }
}

function refuseOtherSyntax(file: DescFile): void {
  if (file.edition === Edition.EDITION_PROTO3) return;
  const syntax = file.edition === Edition.EDITION_PROTO2 ? "proto2" : "an edition of protobuf";
  throw new Error(`${file.name}.proto is ${syntax}; protoc-gen-es-codec supports proto3 files`);
}

function messagesOf({ messages }: { readonly messages: readonly DescMessage[] }): DescMessage[] {
  return messages.flatMap((message) => [
    message,
    ...messagesOf({ messages: message.nestedMessages }),
  ]);
}
