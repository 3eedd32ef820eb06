// Regenerates gen/ from proto/ with the local plugins, and the exports of package.json from systems.json.
// `--check` fails if that changes anything.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateSystems, packageJson } from "./generate-systems.mjs";
import { generateWellKnownTypes } from "./generate-wkt.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
const check = process.argv.includes("--check");

const before = check ? snapshot() : undefined;
execFileSync(join(bin, "buf"), ["generate"], { cwd: root, env, stdio: "inherit" });
await generateWellKnownTypes(join(root, "gen"));
generateSystems(root);
const manifest = join(root, "package.json");
if (!check) {
  writeFileSync(manifest, packageJson(root));
} else if (packageJson(root) !== readFileSync(manifest, "utf8")) {
  console.error("the exports of package.json are not what systems.json gives\nRun: pnpm generate");
  process.exitCode = 1;
}
if (before !== undefined) {
  const changed = difference(before.files, read(join(root, "gen")));
  if (changed.length > 0) {
    restore(before.copy);
    console.error(`gen/ is not what proto/ gives: ${changed.join(", ")}\nRun: pnpm generate`);
    process.exitCode = 1;
  }
  rmSync(before.copy, { recursive: true });
}

function snapshot() {
  const copy = mkdtempSync(join(tmpdir(), "concord-gen-"));
  cpSync(join(root, "gen"), copy, { recursive: true });
  return { copy, files: read(copy) };
}

function restore(copy) {
  rmSync(join(root, "gen"), { recursive: true });
  cpSync(copy, join(root, "gen"), { recursive: true });
}

function read(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

function difference(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
