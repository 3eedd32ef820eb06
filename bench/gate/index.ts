import { readFileSync, writeFileSync } from "node:fs";
import { readArguments } from "../arguments.js";
import { measureBudgets } from "../budgets.js";
import { loadCases } from "../cases.js";
import { quickly } from "../effort.js";
import { showProgress } from "../progress.js";
import { createSuiteCases } from "../suite/cases.js";
import { describeMachine } from "../suite/machine.js";
import { toSubject } from "../suite/measuring.js";
import { operations } from "../suite/operations.js";
import { measureApart, type Order, type Places, work, workerFlag } from "../suite/processes.js";
import type { Outcome } from "../suite/run.js";
import { measureOwnImports, slowImports } from "../weight/index.js";
import { toGates } from "./calibrate.js";
import { type Gates, gateName, gatesText, otherMachines, type RatioGate } from "./gates.js";
import {
  describeFailure,
  type Failure,
  judgeBudgets,
  judgeRatios,
  judgeSizes,
  ratiosOf,
} from "./judge.js";

const usage = `usage: pnpm bench:gate [--strict] [--case ID] [--handicap TIMES] [--calibrate RUNS]

Fails when concord has fallen behind the ratios to other libraries, the sizes or the documents' budgets in bench/gates.json,
or when an entry takes longer to import than bench/weight/ceilings.json allows.

  --strict          allows for noise only, not for another machine than that of the gates
  --case ID         only the ratios of this message
  --handicap TIMES  makes concord do its work so many times: to see that the gate fails
  --calibrate RUNS  measures so many times and writes the ratios and their margins anew`;

/** The messages whose ratios are held, and the libraries that they are held against. */
const gatedCases = [
  "state-1",
  "state-10",
  "state-10-varied",
  "envelope",
  "route-request",
  "game-state",
  "pitboss",
  "exchange-10",
];
const gatedPeers = ["protobuf-es", "protobufjs", "JSON", "protovalidate"];
/** How often a ratio must be missed, each time in a new process, until it counts: noise rarely comes again. */
const attempts = 5;

/** Holds the gates. The exit code is 0, 1 when one does not let pass, or 2 for wrong arguments. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const [flag, order = ""] = args;
  if (flag === workerFlag) return await work(order, places);
  const options = readOptions(args);
  if (options === undefined) return 2;
  const file = new URL("gates.json", places.bench);
  if (options.calibrate > 0) {
    writeFileSync(file, gatesText(await calibrate(options.calibrate, places)));
    return 0;
  }
  const gates: Gates = JSON.parse(readFileSync(file, "utf8"));
  const wanted = gates.ratios.filter((gate) => options.case === "" || gate.case === options.case);
  if (wanted.length === 0) {
    console.error(`there is no gate for "${options.case}"\n\n${usage}`);
    return 2;
  }
  const isWhole = options.case === "";
  const faults = isWhole ? [...exactFaults(gates, places), ...(await slowEntries())] : [];
  const failures = await missed(wanted, options);
  return report(wanted, faults, failures);
}

interface Options {
  /** The id of a case; empty: all. */
  readonly case: string;
  readonly handicap: number;
  /** The share of each ratio that is allowed beside the noise. */
  readonly allowance: number;
  /** How many runs to set the gates from; 0: none, hold them. */
  readonly calibrate: number;
}

function readOptions(args: readonly string[]): Options | undefined {
  const values = readArguments(
    args,
    {
      strict: { type: "boolean", default: false },
      case: { type: "string", default: "" },
      handicap: { type: "string", default: "1" },
      calibrate: { type: "string", default: "0" },
    },
    usage,
  );
  if (values === undefined) return undefined;
  const [handicap, calibrate] = [Number(values.handicap), Number(values.calibrate)];
  if (!(handicap >= 1) || !(calibrate >= 0)) {
    console.error(`--handicap and --calibrate are numbers\n\n${usage}`);
    return undefined;
  }
  const allowance = values.strict ? 0 : otherMachines;
  return { case: values.case, handicap, calibrate, allowance };
}

/** The gates that were missed in every attempt. */
async function missed(
  gates: readonly RatioGate[],
  { handicap, allowance }: Options,
): Promise<Failure[]> {
  let failures: Failure[] = [];
  let left = gates;
  for (let attempt = 1; attempt <= attempts && left.length > 0; attempt++) {
    const cases = [...new Set(left.map((gate) => gate.case))];
    const rows = (await measureCases(cases, handicap)).flatMap((outcome) => outcome.rows);
    failures = judgeRatios(left, ratiosOf(rows), allowance);
    left = failures.map(({ gate }) => gate);
    if (attempt < attempts && left.length > 0) {
      console.log(
        `${left.length} of ${gates.length} ratios missed, measuring these messages again`,
      );
    }
  }
  return failures;
}

/** Measures each case in a process of its own. */
async function measureCases(cases: readonly string[], handicap: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, name] of cases.entries()) {
    showProgress(index / cases.length);
    const order: Order = {
      work: "measure",
      form: "gate",
      process: "own",
      cases: [name],
      peers: ["concord", ...gatedPeers],
      operations,
      handicap,
    };
    outcomes.push(await measureApart(order));
  }
  showProgress(1);
  return outcomes;
}

/** What has no noise, or budgets so wide that it does not matter. */
function exactFaults(gates: Gates, places: Places): string[] {
  const fixtures = new URL("fixtures/", places.bench);
  const { rows } = measureBudgets(loadCases(fixtures), quickly, showProgress);
  return [
    ...judgeSizes(gates.sizes, createSuiteCases(fixtures).map(toSubject)),
    ...judgeBudgets(rows),
  ];
}

/** The entries that take longer to import than their ceiling, twice in succession. */
async function slowEntries(): Promise<string[]> {
  const measure = async (): Promise<string[]> =>
    slowImports({ imports: await measureOwnImports(showProgress) });
  return (await measure()).length === 0 ? [] : await measure();
}

function report(
  gates: readonly RatioGate[],
  faults: readonly string[],
  failures: readonly Failure[],
): number {
  const lines = [...faults, ...failures.map(describeFailure)];
  if (lines.length === 0) {
    console.log(
      `The gate is open: ${gates.length} ratios, all sizes, budgets and import times hold.`,
    );
    return 0;
  }
  console.log(`The gate is shut:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  return 1;
}

async function calibrate(runs: number, places: Places): Promise<Gates> {
  const names = new Map<string, Pick<RatioGate, "case" | "operation" | "peer">>();
  const ratios: Map<string, number>[] = [];
  for (let run = 0; run < runs; run++) {
    const rows = (await measureCases(gatedCases, 1)).flatMap((outcome) => outcome.rows);
    for (const { case: name, operation, peer } of rows) {
      const gate = { case: name, operation, peer };
      names.set(gateName(gate), gate);
    }
    ratios.push(ratiosOf(rows));
    console.log(`${run + 1} of ${runs} runs`);
  }
  const subjects = createSuiteCases(new URL("fixtures/", places.bench)).map(toSubject);
  const { node, processor } = describeMachine([0, 0], { batches: 0, rejected: 0 });
  return {
    measured: `${runs} runs, Node ${node}, ${processor}`,
    sizes: Object.fromEntries(subjects.map((subject) => [subject.case, subject.bytes])),
    ratios: toGates(names, ratios),
  };
}
