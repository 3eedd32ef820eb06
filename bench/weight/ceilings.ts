import type { Bundle } from "./bundle.js";
import list from "./ceilings.json" with { type: "json" };
import type { WeightFigures } from "./figures.js";
import { specifierOf } from "./project.js";

/** What one import of our package may weigh. */
export interface BundleCeiling {
  /** The subpath that it imports from, e.g. `./beamline`. */
  readonly entry: string;
  /** The one export that it uses, or `*` for all of them. */
  readonly use: string;
  /** The most bytes, compressed: about 3 % more than it had when the ceiling was set. */
  readonly gzip: number;
  /** Exactly the npm packages whose code it carries. */
  readonly packages: readonly string[];
  /** Texts that would show code or data which has no place in it. */
  readonly mustNotContain: readonly string[];
  /** Why it weighs what it does. */
  readonly story: string;
}

/** How long one import may take. */
interface ImportCeiling {
  readonly entry: string;
  /** The most times as long as the floor: a fifth above the worst of eight runs on a busy machine. */
  readonly ratio: number;
}

/** The ceilings of the package's weight. */
export interface Ceilings {
  readonly bundles: readonly BundleCeiling[];
  readonly imports: readonly ImportCeiling[];
}

/** The ceilings of `ceilings.json`. */
export const ceilings: Ceilings = list;

/** What the import times are compared with: the two packages that every entry with rules needs. */
export const importFloor = "zod + @bufbuild/protobuf";

/** What a ceiling is of, e.g. `RouteDecision of ./beamline`. */
export function ceilingName({ entry, use }: BundleCeiling): string {
  return use === "*" ? entry : `${use} of ${entry}`;
}

/** The source text whose bundle a ceiling is for. */
export function sourceOf({ entry, use }: BundleCeiling): string {
  const names = use === "*" ? "*" : `{ ${use} }`;
  return `export ${names} from "${specifierOf(entry)}";`;
}

/** What is wrong with a bundle, one sentence each. */
export function bundleFaults(ceiling: BundleCeiling, bundle: Bundle): string[] {
  const name = ceilingName(ceiling);
  const faults = bundle.gzip > ceiling.gzip ? [heavy(name, bundle.gzip, ceiling.gzip)] : [];
  const [has, may] = [bundle.packages, ceiling.packages].map((names) => names.join(", ") || "none");
  if (has !== may) {
    faults.push(`${name} carries code of other packages: ${has}, where it may: ${may}.`);
  }
  for (const text of ceiling.mustNotContain) {
    if (bundle.code.includes(text)) faults.push(`${name} contains "${text}".`);
  }
  return faults;
}

/** The bundles that are larger than their ceilings, one sentence each. */
export function heavyBundles({ bundles }: Pick<WeightFigures, "bundles">): string[] {
  return bundles.flatMap(({ library, gzip, ceiling }) =>
    ceiling !== null && gzip > ceiling ? [heavy(library, gzip, ceiling)] : [],
  );
}

/**
 * The imports that take longer than they may, in proportion to the floor in the same run, one
 * sentence each. The best rounds are compared: they vary least from run to run.
 */
export function slowImports(
  { imports }: Pick<WeightFigures, "imports">,
  { imports: rows }: Pick<Ceilings, "imports"> = ceilings,
): string[] {
  const best = new Map(imports.map(({ entry, min_ms }) => [entry, min_ms]));
  const floor = best.get(importFloor);
  if (floor === undefined) return [`The import of ${importFloor} was not measured.`];
  return rows.flatMap(({ entry, ratio }) => {
    const time = best.get(entry);
    if (time === undefined) return [`The import of ${entry} was not measured.`];
    if (time <= ratio * floor) return [];
    return [
      `Importing ${entry} takes ${time.toFixed(1)} ms, ${(time / floor).toFixed(2)} times as long as ${importFloor}, where ${ratio} is the most: look at what it imports; raise bench/weight/ceilings.json only with a reason.`,
    ];
  });
}

function heavy(name: string, gzip: number, ceiling: number): string {
  const [has, may] = [gzip, ceiling].map((bytes) => bytes.toLocaleString("en-US"));
  return `${name} has ${has} bytes compressed, where ${may} are the most: look at what it imports; raise bench/weight/ceilings.json only with a reason.`;
}
