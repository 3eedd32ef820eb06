import { writeFileSync } from "node:fs";
import {
  type BudgetRow,
  budgetWords,
  isTooSlow,
  measureBudgets,
  renderBudgets,
} from "./budgets.js";
import { loadCases } from "./cases.js";
import { quickly } from "./effort.js";
import { showProgress } from "./progress.js";
import type { Figures } from "./suite/figures.js";
import { goalLines, judgeGoals } from "./suite/goals.js";
import { measureSuite } from "./suite/measuring.js";
import { type Options, readOptions } from "./suite/options.js";
import { type Order, type Places, toAssignment, work, workerFlag } from "./suite/processes.js";
import { writeProfiles } from "./suite/profile.js";
import { renderCases, renderHonesty, renderMachine, renderOperations } from "./suite/text.js";

const color = process.stdout.isTTY === true;

/**
 * The benchmark of all libraries. The exit code is 0, 1 when a message is slower than its document
 * allows, or 2 for wrong arguments.
 */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const [flag, order = ""] = args;
  if (flag === workerFlag) return await work(order, places);
  const options = readOptions(args, new URL("fixtures/", places.bench));
  if (options === undefined) return 2;
  if (options.profile !== undefined) return await profile(options, places);
  const withBudgets = options.form === "quick" && !options.chosen;
  const figures = await measureSuite(options, places, showProgress);
  const budgets = withBudgets ? budgetsOf(places) : [];
  console.log(`${renderMachine(figures)}\n`);
  if (withBudgets) console.log(`${budgetText(budgets)}\n`);
  console.log(suiteText(figures, options));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ ...figures, budgets }, undefined, 1)}\n`);
  }
  return budgets.some(isTooSlow) ? 1 : 0;
}

function budgetsOf(places: Places): BudgetRow[] {
  const cases = loadCases(new URL("fixtures/", places.bench));
  return measureBudgets(cases, quickly, showProgress).rows;
}

function budgetText(budgets: readonly BudgetRow[]): string {
  return `The budgets of the Leyline document. ${budgetWords}\n\n${renderBudgets(budgets, color)}`;
}

const words =
  "Medians, in nanoseconds for one message; garbage is collected off the clock. In brackets: how many times as long as concord a library takes; below 1 it is faster. x limit: how many times as long as the work that nobody can leave out concord takes.";

function suiteText(figures: Figures, { form, chosen }: Options): string {
  const of = form === "quick" ? "shared" : "own";
  const tables =
    form === "quick" && !chosen ? renderOperations(figures, color) : renderCases(figures, of);
  const more =
    form === "quick"
      ? "\nAll messages and libraries: pnpm bench --full. One: --case state-10, --peer pbf. The last full run, with pictures: bench/report/README.md."
      : "";
  const together =
    form === "quick"
      ? []
      : ["", "All messages in one process:", "", renderCases(figures, "shared")];
  const goals = form === "quick" ? [] : ["", ...goalLines(judgeGoals(figures))];
  return [words, "", tables, ...together, "", renderHonesty(figures, of), ...goals, more].join(
    "\n",
  );
}

async function profile(options: Options, places: Places): Promise<number> {
  const [first] = options.cases;
  const order: Order = {
    work: "measure",
    form: "quick",
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
