// Builds the package into dist/:
//   dist/src, dist/gen   one module for each source file, with types: what bundlers and compilers read
//   dist/node            the same code in chunks, which Node loads a fifth faster than several hundred files
//
// There are no maps: the JavaScript is the source without its types, file by file, the types have all
// docstrings, and maps with the sources that they lead to would double the package.
//
//   node scripts/build.mjs [--out FOLDER] [--no-types]
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { packageExports } from "./generate-systems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "dist" },
    "no-types": { type: "boolean", default: false },
  },
});
const { out } = values;
const shared = {
  outdir: out,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
};

rmSync(out, { recursive: true, force: true });
const sources = ["src", "gen"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    // The generator is a program, built for Node only.
    .filter((path) => path.endsWith(".ts") && !path.startsWith(join("src", "codegen"))),
);
await build({ ...shared, entryPoints: sources, outbase: "." });
await build({
  ...shared,
  entryPoints: nodeEntries(),
  outdir: join(out, "node"),
  outbase: ".",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "neutral",
  chunkNames: "chunks/[name]-[hash]",
});
if (!values["no-types"]) {
  const tsc = join("node_modules", ".bin", "tsc");
  execFileSync(tsc, ["-p", "tsconfig.build.json", "--outDir", out], { stdio: "inherit" });
}
for (const path of readdirSync(join(out, "gen"), { recursive: true, encoding: "utf8" })) {
  if (/_codec\.(js|d\.ts)$/.test(path)) resolveRuntime(join(out, "gen", path));
}

/** The sources of all entries for Node. */
function nodeEntries() {
  const paths = Object.values(packageExports(root)).flatMap(({ node }) => node ?? []);
  const named = paths.map((path) => path.replace(/^\.\/dist\/node\/(.*)\.js$/, "$1.ts"));
  const generated = sources.filter((path) => path.startsWith("gen/"));
  return [...named.filter((path) => !path.includes("*")), "src/codegen/bin.ts", ...generated];
}

/** Replaces imports by alias with relative paths: users do not have the alias to src/. */
function resolveRuntime(path) {
  const { imports } = JSON.parse(readFileSync("package.json", "utf8"));
  const text = readFileSync(path, "utf8").replace(/"(#wire[^"]*)"/g, (_, name) => {
    const target = join(out, imports[name].replace(/\.ts$/, ".js"));
    return JSON.stringify(relative(dirname(path), target));
  });
  writeFileSync(path, text);
}
