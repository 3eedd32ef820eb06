import type { DescMessage } from "@bufbuild/protobuf";
import { createEcmaScriptPlugin, type Schema } from "@bufbuild/protoplugin";
import { type Context, createContext, importType, runtimeModule } from "./binary/context.js";
import { printCreate, printRead } from "./binary/read.js";
import { printWrite } from "./binary/write.js";
import { refuseInvalidNames } from "./invalid-names.js";
import { refuseUnsupported } from "./refuse.js";
import { codecFile, literal, messagesOf, nameOf } from "./safe-name.js";

/** The options of this plugin; those of every protobuf-es plugin are handled by its framework. */
interface Options {
  /**
   * The package of the runtime, or a relative folder. The entry exports the type `Codec`, `<runtime>/internal`
   * the functions that generated code calls, and `<runtime>/wkt` the codecs of the well-known types.
   */
  readonly runtime: string;
}

const defaultRuntime = "@concord/contracts/wire";

const plugin = createEcmaScriptPlugin<Options>({
  name: "protoc-gen-es-codec",
  version: "v0.1.0",
  parseOptions,
  generateTs: (schema) => generate(schema, "ts"),
  generateJs: (schema) => generate(schema, "js"),
  generateDts: generateDeclarations,
});

/** The plugin protoc-gen-es-codec: generates a file of binary codecs for each file of protoc-gen-es. */
export const codecPlugin: typeof plugin = {
  ...plugin,
  run(request) {
    const response = plugin.run(request);
    for (const file of response.file) file.content = sortImports(file.content);
    return response;
  },
};

const { compare } = new Intl.Collator("en");

/** Sorts the names in import statements again: the framework's order depends on the language of the machine. */
function sortImports(text: string): string {
  const nameIn = (item: string): string => item.replace(/[ :].*/, "");
  return text.replace(
    /^((?:import|import type|const) \{ )([^}]+)( \} (?:from |= require\())/gm,
    (_, start: string, names: string, end: string) =>
      `${start}${names
        .split(", ")
        .sort((one, other) => compare(nameIn(one), nameIn(other)))
        .join(", ")}${end}`,
  );
}

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
  refuseInvalidNames(schema.allFiles);
  for (const file of schema.files) {
    const messages = messagesOf(file);
    if (messages.length === 0) continue;
    refuseUnsupported(file, target);
    const f = schema.generateFile(`${codecFile(file)}.${target}`);
    f.preamble(file);
    f.print();
    const context = createContext(f, file, target === "ts", schema.options);
    for (const message of messages) {
      printFieldNames(context, message);
      printCreate(context, message);
      printRead(context, message);
      printWrite(context, message);
      const type = target === "ts" ? `: %Codec<${context.typeOf(message)}>` : "";
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      const functions = (["create", "read", "write"] as const).map((role) => nameOf(role, message));
      context.print(
        `${context.exported("const", nameOf("Codec", message))}${type} = /*@__PURE__*/ %createCodec(${[literal(message.typeName), ...functions].join(", ")});`,
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
    ? Array.from({ length: last + 1 }, (_, number) => literal(byNumber.get(number) ?? ""))
    : [...byNumber].map(([number, name]) => `${number}: ${literal(name)}`);
  const type = context.typed ? ": %Record<number, string | undefined>" : "";
  const constant = context.own(nameOf("fields", message));
  const list = names.join(", ");
  context.print(`const ${constant}${type} = ${isClose ? `[${list}]` : `{ ${list} }`};`);
  context.print("");
}

function generateDeclarations(schema: Schema<Options>): void {
  refuseInvalidNames(schema.allFiles);
  for (const file of schema.files) {
    const messages = messagesOf(file);
    if (messages.length === 0) continue;
    refuseUnsupported(file, "dts");
    const f = schema.generateFile(`${codecFile(file)}.d.ts`);
    f.preamble(file);
    f.print();
    const codec = f.import("Codec", runtimeModule(schema.options.runtime, "index"), true);
    const view = f.import("DataView", `./${codecFile(file)}.js`);
    for (const message of messages) {
      const type = importType(f, message);
      f.print(f.jsDoc(`The binary codec of ${message.typeName}.`));
      f.print`${f.export("declare const", nameOf("Codec", message))}: ${codec}<${type}>;`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", nameOf("create", message))}(): ${type};`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", nameOf("read", message))}(m: ${type}, b: Uint8Array, v: ${view}, p: number, e: number, d: number): void;`;
      f.print`/** @internal */`;
      f.print`${f.export("declare function", nameOf("write", message))}(m: ${type}, b: Uint8Array, v: ${view}, p: number, d: number): number;`;
      f.print();
    }
  }
}
