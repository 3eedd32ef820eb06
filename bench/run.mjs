// Bundles a benchmark with esbuild and runs it: no build step of its own, nothing written to the tree.
// `codec` as the first argument selects the comparison with other libraries, `rules` that of
// the checking doors with what does less, `scale` the cost of large messages, `frames` the bytes of the compact form.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const args = process.argv.slice(2);
const entries = { codec: "codec.ts", rules: "rules.ts", scale: "scale.ts", frames: "frames.ts" };
const [first = ""] = args;
const entry = entries[first] ?? "index.ts";
const folder = mkdtempSync(join(tmpdir(), "concord-bench-"));
const bundle = join(folder, "bench.mjs");
try {
  await build({
    entryPoints: [new URL(entry, import.meta.url).pathname],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const { main } = await import(pathToFileURL(bundle).href);
  if (first === "scale" || first === "frames") {
    process.exitCode = main();
  } else if (first === "codec" || first === "rules") {
    const { generatePeers } = await import("./peers/generate.mjs");
    process.exitCode = await main(args.slice(1), await generatePeers());
  } else {
    process.exitCode = main(args, new URL(".", import.meta.url));
  }
} finally {
  rmSync(folder, { recursive: true });
}
