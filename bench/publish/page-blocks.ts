import { readFileSync, writeFileSync } from "node:fs";
import { budgetLegend, budgetMarkdown } from "../budget-table.js";
import { formatWeight } from "../charts/format.js";
import { headlineMarkdown, type ReportData } from "../charts/index.js";
import { markdownTable } from "../markdown.js";
import type { WeightFigures } from "../weight/figures.js";

/** A block of a page that the benchmark writes. */
export interface PageBlock {
  /** The page's path in the project. */
  readonly page: string;
  readonly name: string;
  readonly content: string;
}

/** The generated blocks of the README and of pages in docs/. */
export function pageBlocks(data: ReportData): PageBlock[] {
  const { node, processor } = data.suite.machine;
  const budgets = `${budgetMarkdown(data.budgets)}\n\nNode ${node}, ${processor}. ${budgetLegend}`;
  return [
    { page: "README.md", name: "headline", content: headlineMarkdown(data) },
    { page: "docs/budgets.md", name: "budgets", content: budgets },
    { page: "docs/bundles.md", name: "weight", content: weightMarkdown(data.weight) },
  ];
}

/** The tasks whose bundles docs/bundles.md shows. */
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

/** Replaces a block of a page: what is between `<!-- name -->` and `<!-- /name -->`. */
export function writePageBlock(project: URL, { page, name, content }: PageBlock): void {
  const path = new URL(page, project);
  const text = readFileSync(path, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no block ${start} … ${end}`);
  writeFileSync(path, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`);
}
