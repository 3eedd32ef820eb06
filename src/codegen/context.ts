import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol } from "@bufbuild/protoplugin";

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
  /** The name of a message's function, of this or of another file. */
  functionOf(role: Role, message: DescMessage): string;
  /** The type of a message, as source text. */
  typeOf(message: DescMessage): string;
}

/** Where generated code finds its runtime. */
export interface Modules {
  readonly runtime: string;
}

/** A message's name with those of the messages around it, as protobuf-es writes it. */
export function localName(message: DescMessage): string {
  const parent = message.parent;
  return parent === undefined ? message.name : `${localName(parent)}_${message.name}`;
}

/** True for the well-known types, whose codecs come with the runtime. */
export function isWellKnown(message: DescMessage): boolean {
  return message.file.name.startsWith("google/protobuf/");
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
  const symbols = new Map<string, ImportSymbol>();
  const refer = (key: string, symbol: ImportSymbol): string => {
    symbols.set(key, symbol);
    return `%${key}`;
  };
  const inFile = `google/protobuf/` === file.name.slice(0, 16);
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
      const parts = (typed ? assertReads(line) : line).split(/%(\w+)/);
      f.print(
        ...parts.map((part, index) =>
          index % 2 === 0 ? part : (symbols.get(part) ?? f.import(part, runtime, part === "Codec")),
        ),
      );
    },
    functionOf(role, message) {
      const name = `${role}_${localName(message)}`;
      if (message.file.name === file.name) return name;
      const key = `${role}_${message.typeName.replaceAll(".", "_")}`;
      const from =
        isWellKnown(message) && !inFile ? `${runtime}/wkt` : `./${message.file.name}_codec.js`;
      return refer(key, f.import(name, from));
    },
    typeOf(message) {
      return refer(`type_${message.typeName.replaceAll(".", "_")}`, importType(f, message));
    },
  };
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
    lines.some((line) => new RegExp(`\\b${name}\\b`).test(line));
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
