import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A project of a stranger, with the package built and installed in it. */
export interface Consumer {
  /** The path of its folder. The package and its dependencies resolve from there. */
  readonly folder: string;
  /** Takes it away again. */
  dispose(): void;
}

/** Builds the package as it is published, without its types, into a project of its own. */
export async function createConsumer(project: string): Promise<Consumer> {
  // Within node_modules, where the package's dependencies are found as they would be by a user.
  const cache = join(project, "node_modules", ".cache", "concord-weight");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "consumer-"));
  const dispose = (): void => rmSync(folder, { recursive: true });
  try {
    const installed = join(folder, "node_modules", "@concord", "contracts");
    mkdirSync(installed, { recursive: true });
    copyFileSync(join(project, "package.json"), join(installed, "package.json"));
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    const out = relative(project, join(installed, "dist"));
    const script = join("scripts", "build.mjs");
    await execute("node", [script, "--no-types", "--out", out], { cwd: project });
  } catch (error) {
    dispose();
    throw new Error(`the package was not built: ${error}`, { cause: error });
  }
  return { folder, dispose };
}
