// Bundles a benchmark with esbuild and runs it in a process of its own: no build step, nothing written to the tree.
// The first argument names it; without one it is the comparison with other libraries.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { generatePeers } from "./peers/generate/index.mjs";

const entries = {
  messages: "messages.ts",
  frames: "frames.ts",
  weight: "weight/index.ts",
  gate: "gate/index.ts",
  report: "publish/index.ts",
};
const [first = "", ...rest] = process.argv.slice(2);
const named = Object.hasOwn(entries, first);
const entry = named ? entries[first] : "index.ts";
const args = named ? rest : process.argv.slice(2);
// Garbage is collected between batches; the young generation is large enough to need it nowhere else.
// After a forced collection the engine would take surviving objects for long-lived ones and start to allocate
// them in the old generation, which does not happen in a service.
const flags = [
  "--expose-gc",
  "--min-semi-space-size=64",
  "--max-semi-space-size=64",
  "--no-allocation-site-pretenuring",
];

const bench = new URL(".", import.meta.url);
// Inside the project, so that packages that are not bundled are found.
const cache = fileURLToPath(new URL("../node_modules/.cache/concord-bench", bench));
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "run-"));
const bundle = join(folder, "bench.mjs");
try {
  const generated = await generatePeers();
  const places = `{ bench: new URL("${bench}"), generated: new URL("${generated}") }`;
  const contents = `import { main } from "./${entry}";
process.exitCode = await main(process.argv.slice(2), ${places});
`;
  await build({
    stdin: { contents, resolveDir: fileURLToPath(bench), loader: "ts" },
    outfile: bundle,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  process.exitCode = await run();
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs the bundle. Gives its exit code. */
function run() {
  const child = spawn(process.execPath, [...flags, bundle, ...args], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
