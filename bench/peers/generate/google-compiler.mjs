import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./tools.mjs";

/** The compiler in the npm package, for Linux only. It is an old one: later ones do not write JavaScript. */
const program = join(root, "node_modules", "protoc", "protoc", "bin", "protoc");

/** The path of a protoc that writes JavaScript. An empty text on platforms that have none. */
export function compilerPath() {
  const runs = process.platform === "linux" && process.arch === "x64";
  return runs && existsSync(program) ? program : "";
}
