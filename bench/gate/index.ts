import { writeFileSync } from "node:fs";
import { readArguments } from "../arguments.js";
import { showProgress } from "../progress.js";
import { createSuiteCases } from "../suite/cases.js";
import { describeMachine } from "../suite/machine.js";
import { toSubject } from "../suite/measuring.js";
import { operations } from "../suite/operations.js";
import {
  measureApart,
  measureBudgetsApart,
  type Order,
  type Places,
  work,
} from "../suite/processes.js";
import type { Outcome } from "../suite/run.js";
import { measureOwnImports, slowImports } from "../weight/index.js";
import { workerFlag } from "../worker.js";
import { judgeBudgets, measureRecord, recordChanges } from "./budgets.js";
import { toGates } from "./calibrate.js";
import {
  type Gates,
  gateName,
  gatesText,
  otherMachines,
  type RatioGate,
  readGates,
} from "./gates.js";
import { describeFailure, type Failure, judgeRatios, judgeSizes, ratiosOf } from "./judge.js";

const usage = `usage: pnpm bench:gate [--strict] [--case ID] [--handicap TIMES]
       pnpm bench:gate --calibrate RUNS
       pnpm bench:gate --record-budgets

Fails when a ratio to another library, a size or a budget is worse than bench/gates.json allows, or when an
entry takes longer to import than bench/weight/ceilings.json allows.

  --strict           allows for noise only, not for another machine than the one the gates were set on
  --case ID          only the ratios of this message
  --handicap TIMES   makes concord do its work so many times, to see that the gate fails
  --calibrate RUNS   measures so many times, and writes the ratios and their margins anew
  --record-budgets   measures the budgets, and writes which of them are met; prints what changes`;

/** The messages that have gates, and the libraries that ours is compared with. */
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
/** How often a ratio must be missed in succession, each time in a new process, before it counts as missed. */
const attempts = 5;

/** Checks the gates. The exit code is 0, 1 when something is worse than allowed, or 2 for wrong arguments. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const [flag, order = ""] = args;
  if (flag === workerFlag) return await work(order, places);
  const options = readOptions(args);
  if (options === undefined) return 2;
  const gates = readGates(places.bench);
  if (options.calibrate > 0) {
    return writeGates({ ...gates, ...(await calibrate(options.calibrate, places)) }, places);
  }
  if (options.recordBudgets) return writeGates(await recordBudgets(gates), places);
  const wanted = gates.ratios.filter((gate) => options.case === "" || gate.case === options.case);
  if (wanted.length === 0) {
    console.error(`there is no gate for "${options.case}"\n\n${usage}`);
    return 2;
  }
  const isWhole = options.case === "";
  const faults = isWhole ? await otherFaults(gates, places) : [];
  const failures = await missed(wanted, options);
  return report(wanted, faults, failures);
}

function writeGates(gates: Gates, { bench }: Places): number {
  writeFileSync(new URL("gates.json", bench), gatesText(gates));
  return 0;
}

/** The gates with a new record of the budgets. */
async function recordBudgets(gates: Gates): Promise<Gates> {
  const budgets = await measureRecord(() => measureBudgetsApart("thorough"));
  const changes = recordChanges(gates.budgets, budgets);
  console.log(
    changes.length === 0 ? "The record of the budgets stays as it is." : changes.join("\n"),
  );
  return { ...gates, budgets };
}

interface Options {
  /** The id of a case; empty: all. */
  readonly case: string;
  readonly handicap: number;
  /** The share by which each ratio may be lower, on top of the noise. */
  readonly allowance: number;
  /** How many runs to set the gates from; 0 checks them instead. */
  readonly calibrate: number;
  readonly recordBudgets: boolean;
}

function readOptions(args: readonly string[]): Options | undefined {
  const values = readArguments(
    args,
    {
      strict: { type: "boolean", default: false },
      case: { type: "string", default: "" },
      handicap: { type: "string", default: "1" },
      calibrate: { type: "string", default: "0" },
      "record-budgets": { type: "boolean", default: false },
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
  const recordBudgets = values["record-budgets"];
  return { case: values.case, handicap, calibrate, allowance, recordBudgets };
}

/** The ratios that were missed in every attempt. */
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
      mode: "gate",
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

/** What is worse than allowed beside the ratios: sizes, budgets and import times. */
async function otherFaults(gates: Gates, places: Places): Promise<string[]> {
  const subjects = createSuiteCases(new URL("fixtures/", places.bench)).map(toSubject);
  const rows = await measureBudgetsApart("quick");
  return [
    ...judgeSizes(gates.sizes, subjects),
    ...(await judgeBudgets(rows, gates.budgets, () => measureBudgetsApart("thorough"))),
    ...(await slowEntries()),
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
      `The gate is open: ${gates.length} ratios, all sizes, budgets and import times are as they should be.`,
    );
    return 0;
  }
  console.log(`The gate is shut:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  return 1;
}

async function calibrate(runs: number, places: Places): Promise<Omit<Gates, "budgets">> {
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
