// Compares proto/ with a released contract: the newest image in releases/, or whatever --against names.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv.slice(2);
const images = readdirSync(join(root, "releases")).filter((name) => name.endsWith(".binpb"));
const newest = images.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
const args = given.includes("--against") ? given : ["--against", `releases/${newest}`, ...given];

const run = spawnSync(join(root, "node_modules", ".bin", "buf"), ["breaking", ...args], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = run.status ?? 1;
