// Loads the codec plugin from its current sources.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Bundles src/codegen and returns its plugin. The bundle is in node_modules, so that it finds protoplugin. */
export async function loadCodecPlugin() {
  const folder = join(root, "node_modules", ".cache", `concord-codegen-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, "plugin.mjs");
  try {
    await build({
      entryPoints: [join(root, "src/codegen/plugin.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "error",
    });
    const { codecPlugin } = await import(pathToFileURL(outfile).href);
    return codecPlugin;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
