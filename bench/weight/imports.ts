import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { importFloor } from "./ceilings.js";
import type { ImportFigure } from "./figures.js";
import { specifierOf } from "./project.js";

const execute = promisify(execFile);

/** Something to import in a process of its own. */
export interface ImportEntry {
  /** What the table calls it. */
  readonly name: string;
  /** A module that imports it. */
  readonly source: string;
  /** True where the code must be made one module first, as TypeScript's users have it compiled. */
  readonly compile?: boolean;
}

/** How often each entry is imported. */
export const importRounds = 9;

/**
 * Imports a module and prints the milliseconds of processor time that it took. On an idle machine an
 * import takes about as long as that; other work on the machine would multiply the time on the wall.
 */
const clock = `const before = process.cpuUsage();
await import(process.argv[2]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
`;

/** Nothing, and what the entries with rules cannot do without. */
export const floors: readonly ImportEntry[] = [
  { name: "an empty module", source: "" },
  { name: "@bufbuild/protobuf", source: 'import "@bufbuild/protobuf";\n' },
  { name: "zod", source: 'import "zod";\n' },
  { name: importFloor, source: 'import "zod";\nimport "@bufbuild/protobuf";\n' },
];

/** Our own subpaths. */
export function ownEntries(subpaths: readonly string[]): ImportEntry[] {
  return subpaths.map((subpath) => ({
    name: subpath,
    source: `import "${specifierOf(subpath)}";\n`,
  }));
}

/** The other libraries with their code for the codecs of Leyline, from the folder of generated code. */
export function peerEntries(generated: string): ImportEntry[] {
  const entry = (name: string, path: string, runtime = ""): ImportEntry => ({
    name: `${name}, Leyline's codecs`,
    source: `${runtime}export * from ${JSON.stringify(join(generated, path))};\n`,
    compile: true,
  });
  const protobufEs = 'export { fromBinary, toBinary } from "@bufbuild/protobuf";\n';
  return [
    entry("protobuf-es", "protobuf-es/system.ts", protobufEs),
    entry("protobufjs", "protobufjs/system.js"),
    entry("ts-proto", "ts-proto/system.ts"),
    entry("pbf", "pbf/system.js"),
    entry("@protobuf-ts", "protobuf-ts/system.ts"),
    { name: "msgpackr", source: 'import "msgpackr";\n' },
  ];
}

/**
 * Times imports, each in a fresh process, in rounds over all entries, so that a slow moment of the
 * machine falls on all alike. One round more comes first, which brings the files into memory.
 */
export async function measureImports(
  entries: readonly ImportEntry[],
  folder: string,
  rounds: number,
  progress: (share: number) => void,
): Promise<ImportFigure[]> {
  const modules = await writeModules(entries, folder);
  const script = join(folder, "clock.mjs");
  writeFileSync(script, clock);
  const times = entries.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, module] of modules.entries()) {
      progress((round + 1 + index / modules.length) / (rounds + 1));
      const { stdout } = await execute(process.execPath, [script, module], {
        env: plainEnvironment,
      });
      if (round >= 0) times[index]?.push(Number(stdout));
    }
  }
  return entries.map(({ name }, index) => {
    const sorted = (times[index] ?? []).sort((a, b) => a - b);
    return { entry: name, ms: sorted[sorted.length >> 1] ?? 0, min_ms: sorted[0] ?? 0 };
  });
}

/** Without a cache of compiled code and without what a test runner sets. */
const { NODE_COMPILE_CACHE: _cache, NODE_OPTIONS: _options, ...plainEnvironment } = process.env;

/** The URLs of the modules, in the order of the entries. */
async function writeModules(entries: readonly ImportEntry[], folder: string): Promise<string[]> {
  const target = join(folder, "imports");
  mkdirSync(target, { recursive: true });
  const write = async ({ source, compile = false }: ImportEntry, index: number) => {
    const file = join(target, `${index}.mjs`);
    if (compile) await compileModule(source, folder, file);
    else writeFileSync(file, source);
    return pathToFileURL(file).href;
  };
  return Promise.all(entries.map(write));
}

async function compileModule(source: string, folder: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents: source, resolveDir: folder },
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}
