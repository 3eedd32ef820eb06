import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

/** Runs a module of this folder in a process with 512 MB of heap. Returns what it printed; throws unless it survives. */
export async function runChild(module: string, ...parameters: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "concord-memory-"));
  try {
    const file = join(folder, "child.mjs");
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(module, import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
      logLevel: "error",
    });
    writeFileSync(file, outputFiles[0]?.text ?? "");
    const flags = ["--expose-gc", "--max-old-space-size=512"];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...flags, file, ...parameters],
      {
        maxBuffer: 1e8,
      },
    );
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
