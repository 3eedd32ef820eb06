import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import type { Machine } from "./figures.js";

/** The load average of the last minute. */
export function loadNow(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}

/** What the figures were measured on. */
export function describeMachine(
  load: Machine["load"],
  { batches, rejected }: { readonly batches: number; readonly rejected: number },
): Machine {
  const all = cpus();
  return {
    node: process.version,
    processor: all[0]?.model.trim() ?? "unknown processor",
    processors: all.length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    load,
    disturbed: batches === 0 ? 0 : Number((rejected / batches).toFixed(3)),
  };
}

/** The installed versions of packages. `root` is the project's folder. */
export function versionsOf(packages: Iterable<string>, root: URL): Record<string, string> {
  const entries = [...new Set(packages)].sort().map((name) => {
    const folder = name === "@concord/contracts" ? "" : `node_modules/${name}/`;
    const text = readFileSync(new URL(`${folder}package.json`, root), "utf8");
    const { version }: { version: string } = JSON.parse(text);
    return [name, version] as const;
  });
  return Object.fromEntries(entries);
}
