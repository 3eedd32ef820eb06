import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Writes the source text of a CommonJS module into a folder, unless it is there, and gives what the
 * module exports: the caller says what that is. The file's name has a hash of the source text, so that
 * each version has its own.
 */
export function loadModule<T>(folder: URL, name: string, source: string): T {
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 16);
  const file = fileURLToPath(new URL(`${name}-${hash}.cjs`, folder));
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, source);
    renameSync(unfinished, file);
  }
  const exported: T = createRequire(file)(file);
  return exported;
}
