import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { showProgress } from "../progress.js";
import { measureBundles } from "./bundles.js";
import { heavyBundles, importFloor, slowImports } from "./ceilings.js";
import { createConsumer } from "./consumer.js";
import type { ImportFigure, WeightFigures } from "./figures.js";
import { floors, importRounds, measureImports, ownEntries, peerEntries } from "./imports.js";
import { projectFolder, subpathsOf } from "./project.js";
import { renderWeight } from "./render.js";

export { heavyBundles, slowImports } from "./ceilings.js";
export type { BundleFigure, ImportFigure, WeightFigures } from "./figures.js";
export { renderWeight } from "./render.js";
export { leftOutOfTasks } from "./tasks.js";

const execute = promisify(execFile);

/** Measures sizes and import times, our own and those of other libraries. It takes about a minute. */
export async function measureWeight(progress: (share: number) => void): Promise<WeightFigures> {
  const project = projectFolder();
  const [consumer, generated] = await Promise.all([createConsumer(project), generate(project)]);
  try {
    const bundles = await measureBundles(consumer.folder, generated);
    const entries = [...floors, ...ownEntries(subpathsOf(project)), ...peerEntries(generated)];
    const imports = await measureImports(entries, consumer.folder, importRounds, progress);
    progress(1);
    return { bundles, imports };
  } finally {
    consumer.dispose();
  }
}

/** Measures only the import times that have a ceiling: what `slowImports` needs. */
export async function measureOwnImports(
  progress: (share: number) => void,
): Promise<ImportFigure[]> {
  const project = projectFolder();
  const consumer = await createConsumer(project);
  try {
    const floor = floors.filter(({ name }) => name === importFloor);
    const entries = [...floor, ...ownEntries(subpathsOf(project))];
    const imports = await measureImports(entries, consumer.folder, importRounds, progress);
    progress(1);
    return imports;
  } finally {
    consumer.dispose();
  }
}

/** Prints the figures. The exit code is 1 when something is heavier or slower than its ceiling. */
export async function main(): Promise<number> {
  const figures = await measureWeight(showProgress);
  console.log(renderWeight(figures));
  const faults = [...heavyBundles(figures), ...slowImports(figures)];
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

/** The folder of the other libraries' code. A script makes it, because their tools cannot be bundled. */
async function generate(project: string): Promise<string> {
  const script = join(project, "bench", "weight", "generate.mjs");
  const { stdout } = await execute(process.execPath, [script]);
  return stdout.trim();
}
