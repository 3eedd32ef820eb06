import { ours } from "../suite/standing.js";
import type { WeightFigures } from "../weight/figures.js";
import { type Bar, type BarPanel, type BarPicture, barsHeight, barsOption } from "./bars.js";
import type { Picture } from "./draw.js";
import { formatTime, formatWeight } from "./format.js";
import { kindTitles, type Theme } from "./theme.js";

/** What a browser loads, and how long a process takes to start. Without what was not measured. */
export function weightPictures({ bundles, imports }: WeightFigures): Picture[] {
  const tasks = [...new Set(bundles.map(({ task }) => task))];
  // A task that ours has no name in is one that only ours has.
  const isCompared = (task: string): boolean =>
    bundles.some((bundle) => bundle.task === task && bundle.library === ours);
  const panelOf = (task: string): BarPanel => ({
    title: task,
    bars: bundles
      .filter((bundle) => bundle.task === task)
      .sort((one, other) => one.gzip - other.gzip)
      .map(({ library, gzip }) => {
        const strong = library === ours || !isCompared(task);
        return barOf(library, gzip, formatWeight(gzip), strong);
      }),
  });
  const compared = tasks.filter(isCompared).map(panelOf);
  const own = tasks.filter((task) => !isCompared(task)).map(panelOf);
  const entries = [...imports]
    .sort((one, other) => one.ms - other.ms)
    .map(({ entry, ms }) => barOf(entry, ms * 1e6, formatTime(ms * 1e6), isEntry(entry)));
  const started = entries.length === 0 ? [] : [{ title: "", bars: entries }];
  const size = "What a browser loads, minified and gzipped";
  return [
    ...picturesOf("bundles", `${size}: by task`, compared, 2, formatWeight),
    ...picturesOf("entries", `${size}: our entries`, own, 1, formatWeight),
    ...picturesOf("imports", "What an import costs: cold process", started, 1, formatTime),
  ];
}

/** True for a subpath of our package. */
function isEntry(name: string): boolean {
  return name === "." || name.startsWith("./");
}

function barOf(name: string, value: number, label: string, strong: boolean): Bar {
  const kind = strong ? "ours" : "protobuf";
  return { name, pieces: [{ value, color: (theme) => theme.kinds[kind] }], label, strong };
}

function picturesOf(
  name: string,
  title: string,
  panels: readonly BarPanel[],
  columns: 1 | 2,
  format: (value: number) => string,
): Picture[] {
  if (panels.length === 0) return [];
  const picture: BarPicture = {
    title,
    keys: (theme: Theme) => [
      { title: kindTitles.ours, color: theme.kinds.ours },
      { title: "others", color: theme.kinds.protobuf },
    ],
    panels,
    columns,
    format,
  };
  const words = panels.map(({ title: part, bars }) => {
    const each = bars.map((bar) => `${bar.name} ${bar.label}`).join(", ");
    return part === "" ? each : `${part}: ${each}`;
  });
  return [
    {
      name,
      alt: `Bars: ${title}. ${words.join("; ")}.`,
      height: barsHeight(picture),
      option: (theme) => barsOption(picture, theme),
    },
  ];
}
