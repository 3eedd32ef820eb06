import { readFileSync, writeFileSync } from "node:fs";
import { readArguments } from "../arguments.js";
import { describeCases, type ReportData, writeReport } from "../charts/index.js";
import { showProgress } from "../progress.js";
import { createSuiteCases } from "../suite/cases.js";
import { measureSuite } from "../suite/measuring.js";
import { readOptions } from "../suite/options.js";
import { measureBudgetsApart, type Places, work } from "../suite/processes.js";
import { measureWeight } from "../weight/index.js";
import { workerFlag } from "../worker.js";
import { figuresText } from "./figures-text.js";
import { pageBlocks, writePageBlock } from "./page-blocks.js";

const usage = `usage: pnpm bench:report [--draw | --only PART]

Measures everything, writes bench/report/ and the figures of README and docs/. About twenty minutes: each figure
of the suite is the median of three processes.

  --draw       measures nothing: writes the pages and pictures of the figures that are there
  --only PART  measures only this part anew: suite, budgets or weight`;

/** Figures that are published may take longer. */
const processes = 3;

const parts = ["suite", "budgets", "weight"] as const;
type Part = (typeof parts)[number];

/** Measures, and writes the report and the figures of README and docs/. The exit code is 0, or 2 for wrong arguments. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const [flag, order = ""] = args;
  if (flag === workerFlag) return await work(order, places);
  const wanted = readWanted(args);
  if (wanted === undefined) return 2;
  const file = new URL("report/figures.json", places.bench);
  const earlier: ReportData = JSON.parse(readFileSync(file, "utf8"));
  const data = wanted.length > 0 ? await measureParts(wanted, earlier, places) : earlier;
  writeFileSync(file, figuresText(data));
  writeReport(data, new URL("report/", places.bench));
  const project = new URL("../", places.bench);
  for (const block of pageBlocks(data)) writePageBlock(project, block);
  return 0;
}

function readWanted(args: readonly string[]): readonly Part[] | undefined {
  const options = { draw: { type: "boolean", default: false }, only: { type: "string" } } as const;
  const values = readArguments(args, options, usage);
  if (values === undefined) return undefined;
  if (values.draw) return [];
  const only = parts.filter((part) => values.only === undefined || part === values.only);
  if (only.length > 0) return only;
  console.error(`there is no part "${values.only}"\n\n${usage}`);
  return undefined;
}

async function measureParts(
  wanted: readonly Part[],
  earlier: ReportData,
  places: Places,
): Promise<ReportData> {
  const fixtures = new URL("fixtures/", places.bench);
  const options = readOptions(["--full"], fixtures);
  if (options === undefined) throw new Error("--full is not an option of the suite");
  return {
    suite: wanted.includes("suite")
      ? await measureSuite(options, places, showProgress, processes)
      : earlier.suite,
    budgets: wanted.includes("budgets") ? await measureBudgetsApart("thorough") : earlier.budgets,
    weight: wanted.includes("weight") ? await measureWeight(showProgress) : earlier.weight,
    ...describeCases(createSuiteCases(fixtures)),
  };
}
