import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol, Printable } from "@bufbuild/protoplugin";
import { localName } from "../names.js";

/** What a generated function does with a message. */
export type Role = "create" | "read" | "write";

/** What the generator knows while it writes one file. */
export interface Context {
  readonly f: GeneratedFile;
  readonly file: DescFile;
  /** Whether the output has TypeScript's types. */
  readonly typed: boolean;
  /** Prints a line. `%name` stands for what {@link refer} was told, or for a name of the runtime. */
  print(line: string): void;
  /** The lines that `work` prints, instead of printing them. */
  collect(work: () => void): readonly string[];
  /** A name that this file declares; nothing that it imports may have it. */
  own(name: string): string;
  /** The beginning of a declaration that this file exports. */
  exported(kind: "const" | "function", name: string): string;
  /** The name of a message's function, of this or of another file. */
  functionOf(role: Role, message: DescMessage): string;
  /** The type of a message, as source text. */
  typeOf(message: DescMessage): string;
}

/** Where generated code finds its runtime. */
export interface Modules {
  readonly runtime: string;
}

const wellKnownFiles = new Set(
  [
    "any",
    "api",
    "duration",
    "empty",
    "field_mask",
    "source_context",
    "struct",
    "timestamp",
    "type",
    "wrappers",
  ].map((name) => `google/protobuf/${name}`),
);

/** True for the well-known types, whose codecs come with the runtime. */
export function isWellKnown(message: DescMessage): boolean {
  return wellKnownFiles.has(message.file.name);
}

/** What generated code takes from the engine: a message of that name must get another one. */
const globals = ["Array", "DataView", "Record", "String"];

/** A module of the runtime: an entry of a package, or a file where the runtime is a relative folder. */
export function runtimeModule(runtime: string, name: "index" | "internal" | "wkt"): string {
  if (runtime.startsWith(".")) return `${runtime.replace(/\/$/, "")}/${name}.js`;
  return name === "index" ? runtime : `${runtime}/${name}`;
}

/** A message's full name as the name of a symbol; names in .proto files have no dollar sign. */
function keyOf(message: DescMessage): string {
  return message.typeName.replaceAll(".", "$");
}

/** Codecs lie beside the types that protoc-gen-es wrote, in another package too (option map_imports). */
function codecPath(f: GeneratedFile, message: DescMessage): string {
  if (isWellKnown(message)) return `./${message.file.name}_codec.js`;
  return f.importShape(message).from.replace(/_pb\.js$/, "_codec.js");
}

/**
 * Reads of `b[…]`, `l[…]` and `o[…]` are in range by construction, which TypeScript cannot see under
 * noUncheckedIndexedAccess. Writes are left as they are.
 */
function assertReads(line: string): string {
  return line.replace(/\b([blo])\[([^[\]]+)\](?! = )/g, "$1[$2]!");
}

/** Imports the type of a message: from the file of protoc-gen-es, or from protobuf-es itself. */
export function importType(f: GeneratedFile, message: DescMessage): ImportSymbol {
  return isWellKnown(message)
    ? f.import(localName(message), "@bufbuild/protobuf/wkt", true)
    : f.importShape(message);
}

/** Makes the context of one output file. */
export function createContext(
  f: GeneratedFile,
  file: DescFile,
  typed: boolean,
  { runtime }: Modules,
): Context {
  const symbols = new Map<string, Printable>();
  const refer = (key: string, symbol: Printable): string => {
    symbols.set(key, symbol);
    return `%${key}`;
  };
  const ownPath = `./${file.name}_codec.js`;
  for (const name of globals) refer(name, f.import(name, ownPath));
  const inFile = wellKnownFiles.has(file.name);
  const importRuntime = (name: string): ImportSymbol =>
    name === "Codec"
      ? f.import(name, runtimeModule(runtime, "index"), true)
      : f.import(name, runtimeModule(runtime, "internal"));
  let collected: string[] | undefined;
  return {
    f,
    file,
    typed,
    collect(work) {
      const outer = collected;
      const lines: string[] = [];
      collected = lines;
      work();
      collected = outer;
      return lines;
    },
    print(line) {
      if (collected !== undefined) {
        collected.push(line);
        return;
      }
      const parts = (typed ? assertReads(line) : line).split(/%([\w$]+)/);
      f.print(
        ...parts.map((part, index) =>
          index % 2 === 0 ? part : (symbols.get(part) ?? importRuntime(part)),
        ),
      );
    },
    own(name) {
      return refer(`own_${name}`, f.import(name, ownPath));
    },
    exported(kind, name) {
      return refer(`exported_${name}`, f.export(kind, name));
    },
    functionOf(role, message) {
      const name = `${role}_${localName(message)}`;
      if (message.file.name === file.name) return name;
      const from =
        isWellKnown(message) && !inFile ? runtimeModule(runtime, "wkt") : codecPath(f, message);
      return refer(`${role}_${keyOf(message)}`, f.import(name, from));
    },
    typeOf(message) {
      return refer(`type_${keyOf(message)}`, importType(f, message));
    },
  };
}

/** A line without what stands in quotes, which may well be the name of a parameter. */
function withoutStrings(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/**
 * Prints a function. A parameter that its body does not use gets an underscore, and a local variable
 * that it does not use is left out, so that the strictest compiler settings accept the output.
 */
export function printFunction(
  context: Context,
  head: string,
  parameters: readonly (readonly [name: string, type: string])[],
  result: string,
  locals: readonly (readonly [name: string, declaration: string])[],
  work: () => void,
): void {
  const lines = context.collect(work);
  const uses = (name: string): boolean =>
    lines.some((line) => new RegExp(`(?<![.\\w$%])${name}(?![\\w$])`).test(withoutStrings(line)));
  const list = parameters.map(([name, type]) => {
    const used = uses(name) ? name : `_${name}`;
    return context.typed ? `${used}: ${type}` : used;
  });
  context.print(`${head}(${list.join(", ")})${context.typed ? `: ${result}` : ""} {`);
  for (const [name, declaration] of locals) {
    if (uses(name)) context.print(`  ${declaration};`);
  }
  for (const line of lines) context.print(line);
  context.print(`}`);
  context.print(``);
}
