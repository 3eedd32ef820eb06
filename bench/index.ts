import { writeFileSync } from "node:fs";
import { budgetLegend, renderBudgets } from "./budget-table.js";
import type { BudgetRow } from "./budgets.js";
import { budgetVerdict, judgeBudgets } from "./gate/budgets.js";
import { readGates } from "./gate/gates.js";
import { showProgress } from "./progress.js";
import type { Figures } from "./suite/figures.js";
import { goalLines, judgeGoals } from "./suite/goals.js";
import { measureSuite } from "./suite/measuring.js";
import { type Options, readOptions } from "./suite/options.js";
import {
  measureBudgetsApart,
  type Order,
  type Places,
  toAssignment,
  work,
} from "./suite/processes.js";
import { writeProfiles } from "./suite/profile.js";
import { renderCases, renderHonesty, renderMachine, renderOperations } from "./suite/text.js";
import { workerFlag } from "./worker.js";

const color = process.stdout.isTTY === true;

/**
 * The benchmark of all libraries. It begins with the documents' budgets, unless messages were chosen by
 * name. The exit code is 0, 1 when a budget that was met is missed now, or 2 for wrong arguments.
 */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const [flag, order = ""] = args;
  if (flag === workerFlag) return await work(order, places);
  const options = readOptions(args, new URL("fixtures/", places.bench));
  if (options === undefined) return 2;
  if (options.profile !== undefined) return await profile(options, places);
  const budgets = options.chosen ? undefined : await reportBudgets(places);
  const figures = await measureSuite(options, places, showProgress);
  console.log(`${renderMachine(figures)}\n`);
  console.log(suiteText(figures, options));
  if (options.json !== undefined) {
    const all = { ...figures, budgets: budgets?.rows ?? [] };
    writeFileSync(options.json, `${JSON.stringify(all, undefined, 1)}\n`);
  }
  return budgets?.isWorse === true ? 1 : 0;
}

/** Prints the budgets, and which of them are worse than their record. */
async function reportBudgets(places: Places): Promise<{ rows: BudgetRow[]; isWorse: boolean }> {
  const { budgets: record } = readGates(places.bench);
  const rows = await measureBudgetsApart("quick");
  console.log(`The budgets of the Leyline document.\n\n${renderBudgets(rows, color)}\n`);
  console.log(`${budgetLegend}\n`);
  const worse = await judgeBudgets(rows, record, () => measureBudgetsApart("thorough"));
  console.log(`${budgetVerdict(rows, record, worse)}\n`);
  return { rows, isWorse: worse.length > 0 };
}

const legend =
  "Medians, in nanoseconds for one message. In brackets: the library's time divided by concord's; below 1 the library is faster. x limit: concord's time divided by that of the least possible work.";

function suiteText(figures: Figures, { mode, chosen }: Options): string {
  const of = mode === "quick" ? "shared" : "own";
  const tables =
    mode === "quick" && !chosen ? renderOperations(figures, color) : renderCases(figures, of);
  const more =
    mode === "quick"
      ? "\nAll messages and libraries: pnpm bench --full. One: --case state-10, --peer pbf. The last full run, with pictures: bench/report/README.md."
      : "";
  const together =
    mode === "quick"
      ? []
      : ["", "All messages in one process:", "", renderCases(figures, "shared")];
  const goals = mode === "quick" ? [] : ["", ...goalLines(judgeGoals(figures))];
  return [legend, "", tables, ...together, "", renderHonesty(figures, of), ...goals, more].join(
    "\n",
  );
}

async function profile(options: Options, places: Places): Promise<number> {
  const [first] = options.cases;
  const order: Order = {
    work: "measure",
    mode: "quick",
    process: "own",
    cases: first === undefined ? [] : [first.id],
    peers: ["concord"],
    operations: options.operations,
  };
  const files = await writeProfiles(await toAssignment(order, places), ".");
  console.log(
    `Written: ${files.join(", ")}. Open them in the developer tools of a browser or in an editor.`,
  );
  return 0;
}
