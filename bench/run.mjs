// Bundles the benchmark with esbuild and runs it: no build step of its own, nothing written to the tree.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "concord-bench-"));
const bundle = join(folder, "bench.mjs");
try {
  await build({
    entryPoints: [new URL("index.ts", import.meta.url).pathname],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const { main } = await import(pathToFileURL(bundle).href);
  process.exitCode = main(process.argv.slice(2), new URL("fixtures/", import.meta.url));
} finally {
  rmSync(folder, { recursive: true });
}
