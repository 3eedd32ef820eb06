import { readFileSync, writeFileSync } from "node:fs";
import { budgetLegend, budgetMarkdown } from "../budget-table.js";
import { formatWeight } from "../charts/format.js";
import { headlineMarkdown, type ReportData } from "../charts/index.js";
import { markdownTable } from "../markdown.js";
import type { WeightFigures } from "../weight/figures.js";

/** The README's generated blocks: name and content. */
export function readmeBlocks(data: ReportData): Map<string, string> {
  const { node, processor } = data.suite.machine;
  const budgets = `${budgetMarkdown(data.budgets)}\n\nNode ${node}, ${processor}. ${budgetLegend}`;
  return new Map([
    ["budgets", budgets],
    ["headline", headlineMarkdown(data)],
    ["weight", weightMarkdown(data.weight)],
  ]);
}

/** The tasks whose bundles the README shows. */
const tasks = ["one message's codec", "one system's codecs", "one system with rules", "everything"];

/** What a browser loads for each task with each library. */
function weightMarkdown({ bundles }: WeightFigures): string {
  const weighed = bundles.filter(({ task }) => tasks.includes(task));
  const libraries = [...new Set(weighed.map(({ library }) => library))];
  const rows = libraries.map((library) => [
    library,
    ...tasks.map((task) => {
      const found = weighed.find((row) => row.task === task && row.library === library);
      return found === undefined ? "" : formatWeight(found.gzip);
    }),
  ]);
  const table = markdownTable(
    [["bundle, minified and compressed", ...tasks], ...rows],
    ["left", ...tasks.map(() => "right" as const)],
  );
  return `${table}\n\nOne message is SystemStatePacket, one system Leyline.`;
}

/** Replaces a block of the README: what is between `<!-- name -->` and `<!-- /name -->`. */
export function writeReadmeBlock(readme: URL, name: string, content: string): void {
  const text = readFileSync(readme, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the README has no block ${start} … ${end}`);
  writeFileSync(readme, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`);
}
