// Searches the project for words of a private language; words.json lists each with what is said instead.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { folders, skipped, words } = JSON.parse(readFileSync("scripts/words.json", "utf8"));
const rules = words.map(({ pattern, instead, except = [] }) => ({
  pattern: new RegExp(pattern),
  instead,
  except,
}));
const listed = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...folders];
const files = execFileSync("git", listed, { encoding: "utf8" }).trim().split("\n");
const isText = (path) => /\.(ts|mjs|md|json)$/.test(path);
const found = files
  .filter((path) => isText(path) && !skipped.some((skip) => path.startsWith(skip)))
  .flatMap(findIn);
console.log(found.join("\n"));
if (found.length > 0) {
  console.error(`${found.length} words are not the field's own: say what stands behind the arrow`);
  process.exitCode = 1;
}

function findIn(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, index) =>
      rules.flatMap(({ pattern, instead, except }) => {
        if (except.some((allowed) => path.startsWith(allowed))) return [];
        const match = pattern.exec(line);
        return match === null ? [] : [`${path}:${index + 1}: ${match[0]} -> ${instead}`];
      }),
    );
}
