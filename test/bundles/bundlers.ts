import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import webpack from "webpack";

/** Bundles a source text as a browser application would. Imports resolve from the folder. Gives the code. */
export type Bundler = (source: string, folder: string) => Promise<string>;

function entryOf(source: string, folder: string): { entry: string; out: string } {
  const work = mkdtempSync(join(folder, "bundle-"));
  const entry = join(work, "entry.js");
  writeFileSync(entry, source);
  return { entry, out: join(work, "out") };
}

function codeIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.m?js$/.test(path))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");
}

async function withEsbuild(source: string, folder: string): Promise<string> {
  const { entry, out } = entryOf(source, folder);
  await esbuild({
    entryPoints: [entry],
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "error",
  });
  return codeIn(out);
}

async function withVite(source: string, folder: string): Promise<string> {
  const { entry, out } = entryOf(source, folder);
  await vite({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: { outDir: out, lib: { entry, formats: ["es"], fileName: "entry" }, minify: true },
  });
  return codeIn(out);
}

async function withWebpack(source: string, folder: string): Promise<string> {
  const { entry, out } = entryOf(source, folder);
  await new Promise<void>((resolve, reject) => {
    webpack(
      { mode: "production", context: folder, entry, output: { path: out }, target: "web" },
      (error, stats) => {
        if (error !== null) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString("errors-only")));
        else resolve();
      },
    );
  });
  return codeIn(out);
}

/** The bundlers that are tried. */
export const bundlers: Readonly<Record<string, Bundler>> = {
  esbuild: withEsbuild,
  vite: withVite,
  webpack: withWebpack,
};
