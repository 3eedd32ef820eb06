import { readFileSync } from "node:fs";
import { transform } from "esbuild";

/** The executable code blocks of a page. */
export function codeBlocks(path: string): string[] {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  return [...page.matchAll(/^```(?:ts|js)\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

/**
 * The output that a block documents: the comments after a console.log, on its line or the lines below, and
 * the comment lines at the end of the block.
 */
export function promisedBy(code: string): string[] {
  const lines = code.trimEnd().split("\n");
  const end = lines.findLastIndex((line) => !line.startsWith("// ")) + 1;
  let isBelow = false;
  return lines.flatMap((line, index) => {
    const [, beside] = /(?:console\.log\(.*|^)\);\s*\/\/ (.*)$/.exec(line) ?? [];
    const isComment = line.startsWith("// ");
    const isPromise = isComment && (isBelow || index >= end);
    if (!isComment) isBelow = /(?:console\.log\(.*|^)\);$/.test(line);
    if (beside !== undefined) return [beside];
    return isPromise ? [line.slice(3)] : [];
  });
}

const imported = /^import [^;]*;$/gm;

/** Runs a block and returns its output. Imports of this package are resolved to its sources. */
export async function printedBy(code: string): Promise<string[]> {
  const imports = code.match(imported) ?? [];
  const names = imports.flatMap((line) => /"([^"]+)";$/.exec(line)?.[1] ?? []);
  const modules = new Map<string, unknown>();
  for (const name of names) modules.set(name, await import(sourceOf(name)));
  const body = `module.exports = (async () => {${code.replace(imported, "")}})();`;
  const script = await transform(`${imports.join("\n")}\n${body}`, { loader: "ts", format: "cjs" });
  const lines: string[] = [];
  const log = (...values: unknown[]): unknown => lines.push(values.map(show).join(" "));
  const example = { exports: Promise.resolve() };
  const run = new Function("require", "module", "console", script.code);
  run((name: string) => modules.get(name), example, { log });
  await example.exports;
  return lines.map((line) => line.replaceAll("\n", "\\n"));
}

function sourceOf(name: string): string {
  const own = "@concord/contracts";
  if (!name.startsWith(own)) return name;
  const { exports } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const built: string = exports[`.${name.slice(own.length)}`].default;
  const path = built.replace(/^\.\/dist\/(.*)\.js$/, "$1.ts");
  return new URL(`../../${path}`, import.meta.url).href;
}

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
