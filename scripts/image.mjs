// Writes the image of proto/ that later changes are compared with: releases/<version>.binpb.
// Before 1.0.0 an image is only replaced together with an entry in docs/decisions.md.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const image = join("releases", `${version}.binpb`);
mkdirSync(join(root, "releases"), { recursive: true });
const buf = join(root, "node_modules", ".bin", "buf");
execFileSync(buf, ["build", "--exclude-source-info", "-o", image], { cwd: root, stdio: "inherit" });
console.log(`wrote ${image}`);
