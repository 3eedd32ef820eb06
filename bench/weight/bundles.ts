import { type Bundle, bundleAll } from "./bundle.js";
import { type BundleCeiling, ceilingName, ceilings, sourceOf } from "./ceilings.js";
import type { BundleFigure } from "./figures.js";
import { contestants, weightTasks } from "./tasks.js";

/** The tasks of the rows that have a ceiling: an entry as a whole, and one of its exports alone. */
export const ownTasks = { all: "all of an entry", one: "one export of an entry" } as const;

/** Bundles what each ceiling is for. The package is installed in the folder. */
export function bundleOwn(folder: string): Promise<[BundleCeiling, Bundle][]> {
  return bundleAll(ceilings.bundles, sourceOf, folder);
}

/**
 * The sizes of all tasks, each from the smallest library, and of our own entries. The package is
 * installed in the folder, the other libraries' generated code is in `generated`.
 */
export async function measureBundles(folder: string, generated: string): Promise<BundleFigure[]> {
  const rows = await bundleAll(contestants(generated), ({ source }) => source, folder);
  const compared = rows.map(([{ task, library }, { minified, gzip }]) => {
    return { task, library, minified, gzip, ceiling: null };
  });
  const order = ({ task }: BundleFigure): number => weightTasks.indexOf(task);
  compared.sort((a, b) => order(a) - order(b) || a.gzip - b.gzip);
  const own = (await bundleOwn(folder)).map(([ceiling, { minified, gzip }]) => ({
    task: ceiling.use === "*" ? ownTasks.all : ownTasks.one,
    library: ceilingName(ceiling),
    minified,
    gzip,
    ceiling: ceiling.gzip,
  }));
  return [...compared, ...own];
}
