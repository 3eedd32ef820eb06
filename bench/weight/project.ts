import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageName = "@concord/contracts";

/**
 * The path of the project's folder. Bundled code may lie anywhere, so it is looked for above this code
 * and above the working folder.
 */
export function projectFolder(): string {
  const places = [dirname(fileURLToPath(import.meta.url)), process.cwd()];
  const found = places.flatMap(foldersAbove).find(isProject);
  if (found === undefined) {
    throw new Error(`no folder above ${places.join(" or ")} is the project of ${packageName}`);
  }
  return found;
}

/** The subpaths that the package offers one by one, e.g. `./codecs/leyline`. */
export function subpathsOf(project: string): string[] {
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(project, "package.json"), "utf8"),
  );
  return Object.keys(exports).filter((path) => !path.includes("*") && !path.endsWith(".json"));
}

/** What a user writes to import a subpath. */
export function specifierOf(subpath: string): string {
  return packageName + subpath.slice(1);
}

function foldersAbove(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

function isProject(folder: string): boolean {
  const file = join(folder, "package.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === packageName;
}
