import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes a block of the README that no hand writes: what stands between `<!-- name -->` and
 * `<!-- /name -->`.
 */
export function writeReadmeBlock(readme: URL, name: string, content: string): void {
  const text = readFileSync(readme, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the README has no block ${start} … ${end}`);
  writeFileSync(readme, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`);
}
