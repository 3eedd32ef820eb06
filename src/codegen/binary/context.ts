import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol, Printable } from "@bufbuild/protoplugin";
import { codecFile, fullNameOf, nameOf } from "../safe-name.js";

/** The purpose of a generated function of a message. */
type Role = "create" | "read" | "write";

/** The state of the generator while it writes one file. */
export interface Context {
  readonly f: GeneratedFile;
  readonly file: DescFile;
  /** Whether the output is TypeScript. */
  readonly typed: boolean;
  /** Prints a line. `%name` is replaced by the symbol that this context returned under that name, or by an import of the runtime. */
  print(line: string): void;
  /** Returns the lines that `work` would print, without printing them. */
  collect(work: () => void): readonly string[];
  /** Reserves a name that this file declares, so that no import gets it. */
  own(name: string): string;
  /** The beginning of a declaration that this file exports. */
  exported(kind: "const" | "function", name: string): string;
  /** The name of a message's function, of this or of another file. */
  functionOf(role: Role, message: DescMessage): string;
  /** The type of a message, as source text. */
  typeOf(message: DescMessage): string;
}

/** The module from which generated code imports its runtime. */
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
  ].map((name) => `google/protobuf/${name}.proto`),
);

/** Whether a file has well-known types, whose codecs are part of the runtime. */
function isWellKnown({ proto }: DescFile): boolean {
  return wellKnownFiles.has(proto.name);
}

/** JavaScript globals that generated code uses: an imported type of that name gets an alias. */
const globals = ["Array", "DataView", "Record", "String"];

/** The path of a runtime module: an entry of a package, or a file if the runtime is a relative folder. */
export function runtimeModule(runtime: string, name: "index" | "internal" | "wkt"): string {
  if (runtime.startsWith(".")) return `${runtime.replace(/\/$/, "")}/${name}.js`;
  return name === "index" ? runtime : `${runtime}/${name}`;
}

/** The file of a message's codec: beside its types of protoc-gen-es, which may be in another package (option map_imports). */
function codecPath(f: GeneratedFile, message: DescMessage): string {
  if (isWellKnown(message.file)) return `./${codecFile(message.file)}.js`;
  return f.importShape(message).from.replace(/_pb\.js$/, "_codec.js");
}

/**
 * Adds `!` to reads of `b[…]`, `l[…]` and `o[…]`. They are always in range, but TypeScript cannot prove it
 * under noUncheckedIndexedAccess.
 */
function assertReads(line: string): string {
  return line.replace(/\b([blo])\[([^[\]]+)\](?! = )/g, "$1[$2]!");
}

/** Imports the type of a message: from the file of protoc-gen-es, or from protobuf-es itself. */
export function importType(f: GeneratedFile, message: DescMessage): ImportSymbol {
  const shape = f.importShape(message);
  return isWellKnown(message.file) ? f.import(shape.name, "@bufbuild/protobuf/wkt", true) : shape;
}

/** Creates the context of one output file. */
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
  const ownPath = `./${codecFile(file)}.js`;
  for (const name of globals) refer(name, f.import(name, ownPath));
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
      const name = nameOf(role, message);
      if (message.file === file) return name;
      const from =
        isWellKnown(message.file) && !isWellKnown(file)
          ? runtimeModule(runtime, "wkt")
          : codecPath(f, message);
      return refer(`${role}_${fullNameOf(message)}`, f.import(name, from));
    },
    typeOf(message) {
      return refer(`type_${fullNameOf(message)}`, importType(f, message));
    },
  };
}

/** A line with empty string literals: their text may contain the name of a parameter. */
function withoutStrings(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/**
 * Prints a function. An unused parameter gets an underscore and an unused local variable is omitted, so
 * that the output compiles under the strictest settings.
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
